import { Listener } from './listener.ts';

/** What the process of listeners is told. */
export type ToListeners =
  | {
      readonly kind: 'connect';
      readonly port: number;
      readonly count: number;
      /** Taken in turns; none for servers that ask for none. */
      readonly apiKeys: readonly string[];
      /** Taken in turns: as many different questions. */
      readonly variables: readonly Readonly<Record<string, unknown>>[];
      /** The number of the last change so far. */
      readonly begin: number;
    }
  | { readonly kind: 'count' }
  | { readonly kind: 'disconnect' };

export type FromListeners =
  | { readonly kind: 'connected'; readonly seconds: number }
  /** So many changes have reached everybody on average, since the last `count`. */
  | { readonly kind: 'progress'; readonly delivered: number }
  | {
      readonly kind: 'counted';
      /** Since the last time. */
      readonly messages: number;
      readonly changes: number;
      /** Change number and nanoseconds of the system's steady clock, of one listener in fifty. */
      readonly samples: readonly (readonly [n: number, at: number])[];
      readonly closed: number;
    }
  | { readonly kind: 'disconnected' };

const sampleOneIn = 50;
/** Listeners that knock at the same time. */
const atOnce = 50;

let listeners: Listener[] = [];
let counted = { messages: 0, changes: 0, samples: [] as (readonly [number, number])[], closed: 0 };
let told = 0;
const say = (message: FromListeners) => process.send?.(message);
const nowNanos = () => Number(process.hrtime.bigint());

async function connectAll({ port, count, apiKeys, variables, begin }: Extract<ToListeners, { kind: 'connect' }>) {
  const started = performance.now();
  const one = async (index: number) => {
    const isSampled = index % sampleOneIn === 0;
    const listener = new Listener({
      port,
      apiKey: apiKeys[index % apiKeys.length],
      variables: variables[index % variables.length] ?? {},
      begin,
      onChanges: (changes, last) => {
        counted.messages += 1;
        counted.changes += changes;
        if (isSampled) counted.samples.push([last, nowNanos()]);
        const delivered = Math.floor(counted.changes / count);
        if (delivered > told) {
          told = delivered;
          say({ kind: 'progress', delivered });
        }
      },
      onClose: () => {
        counted.closed += 1;
      },
    });
    listeners.push(listener);
    await listener.listening;
  };
  for (let begun = 0; begun < count; begun += atOnce) {
    const group = Array.from({ length: Math.min(atOnce, count - begun) }, (_, index) => one(begun + index));
    await Promise.all(group);
  }
  say({ kind: 'connected', seconds: (performance.now() - started) / 1_000 });
}

process.on('message', (message: ToListeners) => {
  if (message.kind === 'connect') void connectAll(message);
  if (message.kind === 'count') {
    say({ kind: 'counted', ...counted });
    counted = { messages: 0, changes: 0, samples: [], closed: 0 };
    told = 0;
  }
  if (message.kind === 'disconnect') {
    for (const listener of listeners) listener.end();
    listeners = [];
    setTimeout(() => say({ kind: 'disconnected' }), 200);
  }
});
process.on('disconnect', () => process.exit(0));
