import type { Figures } from './measure.ts';

/** What telling many is to cost at most. */
const leastOfRaw = 0.8;
const leastOfMercurius = 4;
const mostBytes = 25_000;
const mostMillis = 100;
/** A steady stream that comes to less than this share of what was offered was too much. */
const leastOfOffered = 0.95;

/** Each goal with what was measured, one row for each crowd, reached or not. */
export function goalRows(figures: readonly Figures[], ratePerSecond: number): (readonly string[])[] {
  return figures
    .filter(({ server, questions }) => server === 'acorn' && questions === 1)
    .flatMap((acorn) => {
      const speedOf = (server: Figures['server']) =>
        figures.find((one) => one.server === server && one.listeners === acorn.listeners)?.messagesPerSecond;
      const [raw, mercurius] = [speedOf('raw'), speedOf('mercurius')];
      const ofRaw = raw === undefined ? undefined : acorn.messagesPerSecond / raw;
      const ofMercurius = mercurius === undefined ? undefined : acorn.messagesPerSecond / mercurius;
      // What the system counts goes up and down with what was let go before; what the program holds does not.
      const bytes = Math.max(acorn.rssPerConnection, acorn.heapPerConnection);
      const wasSteady = acorn.steadyPerSecond >= leastOfOffered * ratePerSecond;
      const offered = ratePerSecond.toLocaleString('en');
      const rows: (readonly [goal: string, found: string, reached: boolean])[] = [
        [
          `at least ${leastOfRaw} of (a)`,
          ofRaw === undefined ? 'not measured' : ofRaw.toFixed(2),
          ofRaw !== undefined && ofRaw >= leastOfRaw,
        ],
        [
          `at least ${leastOfMercurius} × (b)`,
          ofMercurius === undefined ? 'not measured' : ofMercurius.toFixed(1),
          ofMercurius !== undefined && ofMercurius >= leastOfMercurius,
        ],
        [`at most ${mostBytes / 1_000} kB/connection`, `${(bytes / 1_000).toFixed(1)} kB`, bytes <= mostBytes],
        [
          `p99 below ${mostMillis} ms at ${offered} messages/s`,
          `${acorn.p99.toFixed(0)} ms${wasSteady ? '' : `, at ${Math.round(acorn.steadyPerSecond).toLocaleString('en')}`}`,
          acorn.p99 < mostMillis && wasSteady,
        ],
      ];
      return rows.map(([goal, found, reached]) => [
        acorn.listeners.toLocaleString('en'),
        goal,
        found,
        reached ? 'reached' : '**not reached**',
      ]);
    });
}
