import { goalRows } from './goals.ts';
import type { Figures } from './measure.ts';

export interface Circumstances {
  readonly processors: number;
  readonly gigabytes: number;
  readonly node: string;
  readonly pinned: boolean;
  /** Processes that wanted to run in the minute before: 0 is a machine of one's own. */
  readonly loadBefore: number;
  readonly ratePerSecond: number;
  readonly groupRatePerSecond: number;
}

const names = { raw: 'raw `ws`, a ready text', mercurius: 'Mercurius, compiled', acorn: 'Acorn' } as const;

const thousands = (value: number): string => `${(value / 1_000).toFixed(value < 10_000 ? 1 : 0)}k`;
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const head = (cells: readonly string[]): string => `${row(cells)}\n${row(cells.map(() => '---'))}`;

/** The figures as a page. */
export function report(
  figures: readonly Figures[],
  batched: readonly Figures[],
  failures: readonly string[],
  about: Circumstances,
): string {
  const alone = figures.filter(({ questions }) => questions === 1);
  const smallest = Math.min(...figures.map(({ listeners }) => listeners));
  const grouped = figures.filter(({ server, listeners }) => server === 'acorn' && listeners === smallest);
  return `# What it costs to tell many

Made by \`npm run bench:feed\`, which writes this page. ${about.processors} processors, ${about.gigabytes} GB of memory, Node ${about.node}, load before the run
${about.loadBefore.toFixed(1)}. ${
    about.pinned
      ? 'What is measured has one processor; listeners, writer and PostgreSQL share the other.'
      : 'Nothing was bound to a processor: what measures takes time from what is measured.'
  }

**Acorn** is whole: a change is committed to PostgreSQL by the log's own statement, numbered by the sequencer, read behind
row security, executed with rights, and written to websockets with every limit as it comes; ${Math.max(...figures.map(({ listeners }) => listeners)) / 50} keys of 50 sockets each.
The others hear of a change by a message in memory, have no database, no rights and no cursor: (a) sends a text that is
ready to all sockets; (b) executes for each listener a resolver that has nothing to look up.

Acorn can be faster than (a) since messages that are there together leave in one write for each socket, as they do at full
speed; (a) writes each by itself, as a broadcast does. It does not show that one message alone costs less here.

- **messages/s**: as fast as it goes, 8 changes on their way at any time, one change in each message
- **CPU/message**: all of the server's processor time in that
- **p50, p99**: from before the transaction begins until a listener has the message, at ${about.ratePerSecond.toLocaleString('en')} messages a second, one
  listener in 50 looked at, without the first second; for the others from before the message to the server
- **came to**: the messages a second that this stream came to, in which the last change has reached everybody; with less
  than was offered the machine was full, and p50 and p99 say how long the queue was
- **kB/connection**: memory of the process with all listeners, less that with none, over listeners; and of that what
  the program holds. The first falls, even below nothing, when memory of the start is given back meanwhile: for the
  goal the larger counts

## Everybody asks the same

${head(['listeners', 'server', 'messages/s', 'of (a)', 'of (b)', 'CPU/message', 'came to', 'p50', 'p99', 'kB/connection (heap)'])}
${alone
  .map((one) =>
    row([
      one.listeners.toLocaleString('en'),
      names[one.server],
      thousands(one.messagesPerSecond),
      ratio(one, 'raw', alone),
      ratio(one, 'mercurius', alone),
      ...costs(one),
    ]),
  )
  .join('\n')}

### Goals

${head(['listeners', 'goal', 'found', ''])}
${goalRows(figures, about.ratePerSecond).map(row).join('\n')}

## They ask different things

${smallest.toLocaleString('en')} listeners of Acorn that ask as many different questions, all of which every change answers: each question is an
execution of its own. Latency at ${about.groupRatePerSecond.toLocaleString('en')} messages a second (with one question, at ${about.ratePerSecond.toLocaleString('en')}).

${head(['questions', 'messages/s', 'CPU/message', 'came to', 'p50', 'p99', 'kB/connection (heap)'])}
${grouped
  .map((one) => row([one.questions.toLocaleString('en'), thousands(one.messagesPerSecond), ...costs(one)]))
  .join('\n')}

## Changes that land together come together

${head(['listeners', 'most in one message', 'changes/s delivered', 'messages/s', 'CPU/message'])}
${batched
  .map((one) =>
    row([
      one.listeners.toLocaleString('en'),
      100,
      thousands(one.changesPerSecond),
      thousands(one.messagesPerSecond),
      `${one.microsPerMessage.toFixed(1)} µs`,
    ]),
  )
  .join('\n')}

${lostLines([...figures, ...batched], failures)}
`;
}

const memory = ({ rssPerConnection, heapPerConnection }: Figures): string =>
  `${(rssPerConnection / 1_000).toFixed(1)} (${(heapPerConnection / 1_000).toFixed(1)})`;

function ratio(one: Figures, other: Figures['server'], all: readonly Figures[]): string {
  const found = all.find(({ server, listeners }) => server === other && listeners === one.listeners);
  if (found === undefined || found === one) return '';
  return (one.messagesPerSecond / found.messagesPerSecond).toFixed(2);
}

const costs = (one: Figures): readonly string[] => [
  `${one.microsPerMessage.toFixed(1)} µs`,
  thousands(one.steadyPerSecond),
  `${one.p50.toFixed(0)} ms`,
  `${one.p99.toFixed(0)} ms`,
  memory(one),
];

/** What did not go as it should: nobody is closed, and everything reaches everybody. */
function lostLines(all: readonly Figures[], failures: readonly string[]): string {
  const closed = all.reduce((sum, one) => sum + one.closed, 0);
  const missing = all.reduce((sum, one) => sum + one.missing, 0);
  return [
    closed === 0 ? 'No listener was closed in any run.' : `${closed} listeners were closed meanwhile.`,
    missing === 0
      ? 'Every change reached every listener.'
      : `${missing} times a change had not reached a listener ten seconds after the last.`,
    ...failures.map((failure) => `Not measured: ${failure}.`),
  ].join('\n');
}
