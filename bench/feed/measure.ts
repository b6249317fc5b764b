import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FromServer, heard, startChild, type ToServer } from './child.ts';
import type { FromListeners, ToListeners } from './listeners.ts';
import { path } from './question.ts';

/** One server with one crowd of listeners. */
export interface Case {
  readonly server: 'raw' | 'mercurius' | 'acorn';
  readonly listeners: number;
  readonly apiKeys: readonly string[];
  /** Variables of each different question; listeners take them in turns. */
  readonly questions: readonly Readonly<Record<string, unknown>>[];
  readonly environment: Readonly<Record<string, string>>;
  /** Make change `n` happen. Absent: the server is told by message. */
  readonly commit: ((n: number) => Promise<void>) | undefined;
  /** The number of the last change so far. */
  readonly begin: number;
}

export interface Effort {
  readonly ratePerSecond: number;
  readonly rateSeconds: number;
  readonly fullSeconds: number;
}

export interface Figures {
  readonly server: Case['server'];
  readonly listeners: number;
  readonly questions: number;
  readonly connectSeconds: number;
  /** Of the whole process, as the system counts it. */
  readonly rssPerConnection: number;
  /** Of what the program holds, without what it let go and the system did not get back. */
  readonly heapPerConnection: number;
  /** At the fixed rate, milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Messages a second that the steady stream came to: less than was offered when it was too much. */
  readonly steadyPerSecond: number;
  /** At full speed. */
  readonly messagesPerSecond: number;
  readonly changesPerSecond: number;
  readonly microsPerMessage: number;
  /** Changes that did not reach somebody in time, counted for each listener: none should be. */
  readonly missing: number;
  /** Listeners that were closed meanwhile: none should be. */
  readonly closed: number;
}

/** Events on their way at full speed: enough that nobody waits for the next one. */
const window = 8;
/** How long the last changes may take to reach everybody, before the figures are written without them. */
const patienceMillis = 10_000;
/** One processor for what is measured, the other for what measures and for PostgreSQL. */
export const processors = { measured: 0, measuring: 1 } as const;

const nowNanos = () => Number(process.hrtime.bigint());

/** Measure one case, from nothing to nothing. */
export async function measure(one: Case, effort: Effort, pinned: boolean): Promise<Figures> {
  const server = startChild(`./${one.server}.ts`, pinned ? processors.measured : undefined, one.environment);
  const crowd = startChild('./listeners.ts', pinned ? processors.measuring : undefined, {});
  try {
    const { port } = await heard<FromServer, 'listening'>(server, 'listening');
    const after = await headOf(port, one.apiKeys[0]);
    const variables = one.questions.map((question) => ({ ...question, after }));
    const { begin } = one;
    const connect = (count: number) =>
      ask<'connected'>(crowd, { kind: 'connect', port, count, apiKeys: one.apiKeys, variables, begin }, 'connected');
    // Everything is loaded and compiled once before memory is counted.
    await connect(Math.min(50, one.listeners));
    await ask<'disconnected'>(crowd, { kind: 'disconnect' }, 'disconnected');
    await settle(server);
    const empty = await statsOf(server);
    const { seconds: connectSeconds } = await connect(one.listeners);
    await settle(server);
    const full = await statsOf(server);
    const publisher = publisherOf(one, server);
    await ask<'counted'>(crowd, { kind: 'count' }, 'counted');
    const steady = await atRate(one, effort, crowd, publisher);
    const speed = await atFullSpeed(one, effort, crowd, server, publisher);
    return {
      server: one.server,
      listeners: one.listeners,
      questions: one.questions.length,
      connectSeconds,
      rssPerConnection: (full.rssBytes - empty.rssBytes) / one.listeners,
      heapPerConnection: (full.heapBytes - empty.heapBytes) / one.listeners,
      p50: percentile(steady.millis, 0.5),
      p99: percentile(steady.millis, 0.99),
      steadyPerSecond: steady.messagesPerSecond,
      ...speed,
      missing: steady.missing + speed.missing,
      closed: steady.closed + speed.closed,
    };
  } finally {
    await stop(server, crowd);
  }
}

/** Where the log ends, so that listeners begin there. Nothing for servers without a log. */
async function headOf(port: number, apiKey: string | undefined): Promise<string | null> {
  if (apiKey === undefined) return null;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
    body: '{"query":"{ changeHead }"}',
  });
  const { data } = (await response.json()) as { readonly data: { readonly changeHead: string } };
  return data.changeHead;
}

interface Publisher {
  /** Make the next change happen; its number. */
  next(): Promise<number>;
  /** When each was begun, nanoseconds. */
  readonly begun: ReadonlyMap<number, number>;
}

function publisherOf({ commit, begin }: Case, server: ChildProcess): Publisher {
  let n = begin;
  const begun = new Map<number, number>();
  return {
    begun,
    next: async () => {
      n += 1;
      const number = n;
      begun.set(number, nowNanos());
      if (commit === undefined) server.send({ kind: 'publish', n: number } satisfies ToServer);
      else await commit(number);
      return number;
    },
  };
}

/** A steady stream of changes: how long each takes from before its commit to a listener, and the rate it came to. */
async function atRate({ listeners }: Case, effort: Effort, crowd: ChildProcess, publisher: Publisher) {
  const perSecond = effort.ratePerSecond / listeners;
  const events = Math.max(10, Math.round(perSecond * effort.rateSeconds));
  const progress = progressOf(crowd);
  const started = performance.now();
  const latest = started + 2_000 * (events / perSecond);
  // Counting memory throws compiled code away, and it is not the first second of a server's life that is asked for.
  const warming = Math.ceil(perSecond);
  const counted = new Set<number>();
  let sent = 0;
  while (sent < events && performance.now() < latest) {
    await sleep(Math.max(0, started + (sent * 1_000) / perSecond - performance.now()));
    const n = await publisher.next();
    if (sent >= warming) counted.add(n);
    sent += 1;
  }
  await inTime(() => progress.delivered() >= sent);
  const seconds = Math.max((performance.now() - started) / 1_000, sent / perSecond);
  progress.stop();
  const { samples, messages, changes, closed } = await ask<'counted'>(crowd, { kind: 'count' }, 'counted');
  const millis = samples.flatMap(([n, at]) => {
    const begun = publisher.begun.get(n);
    return begun === undefined || !counted.has(n) ? [] : [(at - begun) / 1e6];
  });
  return { millis, messagesPerSecond: messages / seconds, missing: sent * listeners - changes, closed };
}

/** As fast as it goes: a few changes always on their way, the next when the oldest has reached everybody. */
async function atFullSpeed(
  { listeners }: Case,
  effort: Effort,
  crowd: ChildProcess,
  server: ChildProcess,
  publisher: Publisher,
) {
  const before = await statsOf(server);
  const started = performance.now();
  const until = started + effort.fullSeconds * 1_000;
  let sent = 0;
  let trouble: unknown;
  const fill = (delivered: number) => {
    while (performance.now() < until && sent - delivered < window) {
      sent += 1;
      publisher.next().catch((thrown) => {
        trouble ??= thrown;
      });
    }
  };
  const progress = progressOf(crowd, fill);
  fill(0);
  await sleep(until - performance.now());
  await inTime(() => trouble !== undefined || progress.delivered() >= sent);
  const seconds = (performance.now() - started) / 1_000;
  progress.stop();
  if (trouble !== undefined) throw trouble;
  const after = await statsOf(server);
  const { messages, changes, closed } = await ask<'counted'>(crowd, { kind: 'count' }, 'counted');
  return {
    messagesPerSecond: messages / seconds,
    changesPerSecond: changes / seconds,
    microsPerMessage: (after.cpuMicros - before.cpuMicros) / messages,
    missing: sent * listeners - changes,
    closed,
  };
}

/** How many changes have reached everybody since the last count. */
function progressOf(crowd: ChildProcess, onProgress: (delivered: number) => void = () => {}) {
  let delivered = 0;
  const look = (message: FromListeners) => {
    if (message.kind !== 'progress') return;
    delivered = message.delivered;
    onProgress(delivered);
  };
  crowd.on('message', look);
  return { delivered: () => delivered, stop: () => crowd.off('message', look) };
}

/** A benchmark that hangs shows nothing: what takes too long is counted as missing. */
async function inTime(isDone: () => boolean): Promise<void> {
  const latest = performance.now() + patienceMillis;
  while (!isDone() && performance.now() < latest) await sleep(2);
}

function ask<Kind extends FromListeners['kind']>(crowd: ChildProcess, message: ToListeners, answer: Kind) {
  const answered = heard<FromListeners, Kind>(crowd, answer);
  crowd.send(message);
  return answered;
}

/** Let what is over be forgotten, and the system have its memory back. */
async function settle(server: ChildProcess): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await sleep(250);
    await statsOf(server);
  }
}

function statsOf(server: ChildProcess) {
  const answered = heard<FromServer, 'stats'>(server, 'stats');
  server.send({ kind: 'stats' } satisfies ToServer);
  return answered;
}

/** The listeners first, so that the server has nobody to say goodbye to. */
async function stop(server: ChildProcess, crowd: ChildProcess): Promise<void> {
  await gone(crowd, () => crowd.disconnect());
  await gone(server, () => server.send({ kind: 'stop' } satisfies ToServer));
}

async function gone(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const deadline = setTimeout(() => child.kill('SIGKILL'), 10_000);
  if (child.connected) end();
  await exited;
  clearTimeout(deadline);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
