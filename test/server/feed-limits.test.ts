import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { PurchaseOrderNumber } from '../../src/base/ids.ts';
import { openReplayMeter } from '../../src/server/replay-meter.ts';
import { anOrder } from '../builders/facts.ts';
import { recordFacts } from '../support/record.ts';
import type { TestAccount } from '../support/world.ts';
import { type FeedServer, type Heard, Listening, startFeedServer, until, upTo } from './support/feed.ts';
import { events } from './support/transports.ts';

let server: FeedServer;
let account: TestAccount;

beforeAll(async () => {
  server = await startFeedServer({
    socketsPerKey: 3,
    subscriptionsPerKey: 6,
    subscriptionsPerSocket: 2,
    replayPerMinute: 1_200,
    lagChanges: 60,
  });
  account = await server.world.account('Limited');
});
afterAll(() => server?.stop());

const ask = async (key: string, query: string, variables: Readonly<Record<string, unknown>> = {}) => {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
  };
};
const limitsQuery = `{ rateLimit {
  sockets { used limit } subscriptions { used limit } subscriptionsPerSocket replay { used limit } } }`;

test('S7 · sockets and subscriptions of a key are counted, shown, and refused beyond the limit by a code', async () => {
  const key = await server.makeKey(account);
  const clients = upTo(3).map(() => server.client(key));
  const listeners = clients.flatMap((client) => upTo(2).map(() => new Listening(client)));
  await until(() => listeners.every(({ batches }) => batches.length > 0), 'six feeds');
  expect((await ask(key, limitsQuery)).data).toEqual({
    rateLimit: {
      sockets: { used: 3, limit: 3 },
      subscriptions: { used: 6, limit: 6 },
      subscriptionsPerSocket: 2,
      replay: { used: 0, limit: 1_200 },
    },
  });
  const third = new Listening(clients[0] ?? server.client(key));
  await until(() => third.ended !== undefined, 'a refusal');
  expect(JSON.stringify(third.ended)).toContain('TOO_MANY_SUBSCRIPTIONS');
  const fourth = new Listening(server.client(key));
  await until(() => fourth.ended !== undefined, 'a socket too many to be closed');
  expect(fourth.ended).toMatchObject({ code: 4403, reason: 'TOO_MANY_SOCKETS' });
  const stream = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-api-key': key },
    body: JSON.stringify({ query: 'subscription { changes { cursor } }' }),
  });
  expect(await stream.text()).toContain('TOO_MANY_SUBSCRIPTIONS');

  await Promise.all(clients.map((client) => client.dispose()));
  const used = async () =>
    (await ask(key, limitsQuery)).data as { rateLimit: Record<'sockets' | 'subscriptions', { used: number }> };
  let now = await used();
  for (let n = 0; n < 200 && now.rateLimit.sockets.used > 0; n += 1) now = await used();
  expect(now.rateLimit).toMatchObject({ sockets: { used: 0 }, subscriptions: { used: 0 } });
});

test('reading too much of the past is refused on pages by a code, and only slows a feed down', async () => {
  const key = await server.makeKey(account);
  const numbered = new Listening(server.client(await server.makeKey(account)));
  for (const n of upTo(40)) await server.bump(account, n, 'PAST');
  await until(() => numbered.sequences.length === 40, 'the log to be numbered');
  await numbered.stop();
  const page = 'query { changes(first: 250) { changes { sequence } caughtUp } }';
  let answer = await ask(key, page);
  expect(answer.data).toMatchObject({ changes: { caughtUp: true, changes: { length: 40 } } });
  for (let n = 0; n < 200 && answer.errors === undefined; n += 1) answer = await ask(key, page);
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'REPLAY_LIMIT_REACHED', limit: 1_200, retryable: true });
  const retryAfter = answer.errors?.[0]?.extensions.retryAfterSeconds;
  expect(retryAfter).toBeGreaterThanOrEqual(1);
  const feed = new Listening(server.client(key));
  await until(() => feed.sequences.length === 40, 'the feed to go on by itself');
  expect(feed.sequences).toEqual(upTo(40));
  await feed.stop();
});

test('a meter fills evenly, lets in as long as anything is left, and counts what was read', () => {
  let now = 0;
  const meter = openReplayMeter(600, () => now);
  expect([meter.used('a'), meter.waitMillis('a')]).toEqual([0, 0]);
  meter.spend('a', 500);
  expect([meter.used('a'), meter.waitMillis('a'), meter.used('b')]).toEqual([500, 0, 0]);
  meter.spend('a', 250);
  expect([meter.used('a'), meter.waitMillis('a')]).toEqual([750, 15_100]);
  now += 15_100;
  expect(meter.waitMillis('a')).toBe(0);
  now += 60_000;
  expect(meter.used('a')).toBe(0);
});

/** Every change thousands of bytes, so that what the system itself keeps for a socket is soon full. */
const large = `subscription ($after: Cursor) { changes(after: $after, maxBatch: 100) { cursor changes { sequence ${upTo(
  180,
)
  .map((n) => `${'wide'.repeat(30)}${n}: cursor`)
  .join(' ')} } } }`;

/** Twenty-five new orders in one document: soon enough that a socket is not cut for leaving pings unanswered. */
async function placeOrders(to: TestAccount, written: number): Promise<number> {
  const numbers = upTo(25).map((n) => `MUCH${written + n}` as PurchaseOrderNumber);
  await recordFacts(
    server.world,
    to,
    numbers.map((orderNumber) => anOrder({ orderNumber })),
  );
  return written + numbers.length;
}

test('P3 · a socket that stops reading gets a last batch with its cursor and 4429, others do not notice, and it resumes', async () => {
  const own = await server.world.account('Stalled');
  const [key, others] = [await server.makeKey(own), await server.makeKey(own)];
  const healthy = new Listening(server.client(others));
  const socket = new WebSocket(server.url.replace('http', 'ws'), 'graphql-transport-ws');
  const messages: { type: string; payload?: { data?: unknown; extensions?: unknown } }[] = [];
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  socket.on('message', (text) => messages.push(JSON.parse(String(text))));
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { 'x-api-key': key } })));
  await until(() => messages.some(({ type }) => type === 'connection_ack'), 'to be let in');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: large } }));
  await until(() => messages.some(({ type }) => type === 'next'), 'the first batch');
  socket.pause();

  let written = 0;
  const goesOn = async () => {
    written = await placeOrders(own, written);
  };
  // As much as it takes to fill what the system keeps for a socket, and the budget on top.
  const used = async () => (await ask(others, limitsQuery)).data as { rateLimit: { sockets: { used: number } } };
  const ofStalled = async () =>
    (await ask(key, limitsQuery)).data as { rateLimit: { subscriptions: { used: number } } };
  while ((await ofStalled()).rateLimit.subscriptions.used > 0 && written < 3_000) await goesOn();
  expect((await used()).rateLimit.sockets.used).toBe(1);
  await until(() => healthy.sequences.length === written, 'the healthy one to hear all');
  expect(healthy.sequences).toEqual(upTo(written));

  socket.resume();
  expect(await closed).toEqual({ code: 4429, reason: 'LAGGING' });
  const batches = messages
    .filter(({ type }) => type === 'next')
    .map(({ payload }) => payload as { data: { changes: { cursor: string; changes: { sequence: string }[] } } });
  const got = batches.flatMap(({ data }) => data.changes.changes.map(({ sequence }) => Number(sequence)));
  expect(got).toEqual(upTo(got.length));
  expect(got.length).toBeLessThan(written);
  expect(batches.at(-1)).toMatchObject({ data: { changes: { changes: [] } }, extensions: { lagging: true } });
  const rest = new Listening(server.client(key), { after: batches.at(-1)?.data.changes.cursor });
  await until(() => got.length + rest.sequences.length === written, 'the rest');
  expect([...got, ...rest.sequences]).toEqual(upTo(written));
  await Promise.all([rest.stop(), healthy.stop()]);
}, 60_000);

test('P3, S7 · an event stream that stops being read ends the same way: a last batch with its cursor, and it resumes', async () => {
  const own = await server.world.account('Stalled stream');
  const key = await server.makeKey(own);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(
      server.url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-api-key': key },
      },
      resolve,
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ query: large }));
  });
  const watching = await server.makeKey(own);
  const healthy = new Listening(server.client(watching));
  const open = async () => {
    const { data } = await ask(key, limitsQuery);
    return (data as { rateLimit: { subscriptions: { used: number } } }).rateLimit.subscriptions.used;
  };
  // Nobody reads: a response that is not listened to is paused.
  let written = 0;
  while ((await open()) > 0 && written < 3_000) written = await placeOrders(own, written);
  await until(() => healthy.sequences.length === written, 'the healthy one to hear all');

  const told: { readonly data: { readonly changes: Heard }; readonly extensions?: unknown }[] = [];
  let completed = false;
  for await (const { name, data } of events(new Response(Readable.toWeb(response) as unknown as ReadableStream))) {
    if (name === 'next') told.push(JSON.parse(data));
    if (name === 'complete') completed = true;
  }
  expect(completed).toBe(true);
  const got = told.flatMap(({ data }) => data.changes.changes.map(({ sequence }) => Number(sequence)));
  expect(got).toEqual(upTo(got.length));
  expect(got.length).toBeLessThan(written);
  expect(told.at(-1)).toMatchObject({ data: { changes: { changes: [] } }, extensions: { lagging: true } });
  const rest = new Listening(server.client(watching), { after: told.at(-1)?.data.changes.cursor });
  await until(() => got.length + rest.sequences.length === written, 'the rest');
  expect([...got, ...rest.sequences]).toEqual(upTo(written));
  await Promise.all([rest.stop(), healthy.stop()]);
}, 60_000);
