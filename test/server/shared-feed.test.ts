import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiKeyText } from '../../src/server/api-key.ts';
import type { TestAccount } from '../support/world.ts';
import { changesQuery, type FeedServer, type Heard, Listening, startFeedServer, until, upTo } from './support/feed.ts';
import { events } from './support/transports.ts';

let server: FeedServer;
let us: TestAccount;
let theirs: TestAccount;
let key: ApiKeyText;

beforeAll(async () => {
  server = await startFeedServer();
  us = await server.world.account('Sharing');
  theirs = await server.world.account('Others');
  key = await server.makeKey(us);
});
afterAll(() => server?.stop());

/** The same by event stream. */
async function stream(
  given: ApiKeyText,
  variables: Readonly<Record<string, unknown>>,
  query = changesQuery,
  url = server.url,
) {
  const leaving = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-api-key': given },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal,
  });
  const heard = { batches: [] as Heard[], ended: false, completed: false, leave: () => leaving.abort() };
  const reading = async () => {
    for await (const { name, data } of events(response)) {
      if (name === 'next') heard.batches.push((JSON.parse(data) as { data: { changes: Heard } }).data.changes);
      if (name === 'complete') heard.completed = true;
    }
  };
  void reading()
    .catch(() => {})
    .finally(() => {
      heard.ended = true;
    });
  return heard;
}

const sequencesOf = (batches: readonly Heard[]) =>
  batches.flatMap(({ changes }) => changes.map(({ sequence }) => Number(sequence)));

test('those who ask the same share one reading and one execution, by websocket and event stream alike', async () => {
  // It asks for rows, so that every execution is seen among the statements.
  const query = changesQuery.replace('kind }', 'kind account { name } }');
  await server.bump(us, 1);
  const { statements } = server.acorn.platform.database;
  const cost = async (n: number, order: string): Promise<number> => {
    const before = statements.count;
    for (const quantity of upTo(n)) {
      await server.bump(us, quantity, order);
      await until(() => everybody().every((many) => many >= 1 + told + quantity), 'everybody to hear of it');
    }
    told += n;
    return statements.count - before;
  };
  let told = 0;
  const sockets = [new Listening(server.client(key), {}, query)];
  const streams: Awaited<ReturnType<typeof stream>>[] = [];
  const everybody = () => [
    ...sockets.map(({ sequences }) => sequences.length),
    ...streams.map(({ batches }) => sequencesOf(batches).length),
  ];
  await until(() => everybody().every((many) => many === 1), 'the first to catch up');
  const alone = await cost(5, 'ALONE');

  const other = await server.makeKey(us);
  for (const by of [key, other]) {
    for (let n = 0; n < 10; n += 1) {
      // Half of them stand elsewhere at first.
      const after = n % 2 === 0 ? null : sockets[0]?.batches[0]?.cursor;
      sockets.push(new Listening(server.client(by), { after }, query));
    }
    for (let n = 0; n < 5; n += 1) streams.push(await stream(by, {}, query));
  }
  const standing = () =>
    [...sockets.slice(1), ...streams].every(({ batches }) => (batches.at(-1)?.caughtUp ?? false) === true);
  await until(standing, 'everybody to catch up');
  const base = everybody();
  expect(new Set(base)).toEqual(new Set([told + 1, told]));
  // Whoever began after the first change has heard one less; count from where each stands.
  const heard = sockets.map(({ sequences }) => sequences.length);
  const before = statements.count;
  for (const quantity of upTo(5)) {
    await server.bump(us, quantity, 'TOGETHER');
    await until(
      () => everybody().every((many, index) => many >= (base[index] ?? 0) + quantity),
      'everybody to hear of it',
    );
  }
  const together = statements.count - before;
  // Thirty-one of them; a look of the clock's own may come between.
  expect(heard.length + streams.length).toBe(31);
  expect(together).toBeLessThanOrEqual(alone * 2);
  for (const { batches } of streams) {
    const sequences = sequencesOf(batches);
    expect(sequences).toEqual(upTo(sequences.length));
    streams.map(({ leave }) => leave());
  }
  await Promise.all(sockets.map((listening) => listening.stop()));
});

test('a batch that asks for no rows takes one statement: that which reads the log', async () => {
  const account = await server.world.account('Few statements');
  const listening = new Listening(server.client(await server.makeKey(account)));
  await until(() => listening.batches.length > 0, 'the feed to begin');
  const { statements } = server.acorn.platform.database;
  const before = statements.count;
  for (const n of upTo(10)) {
    await server.bump(account, n);
    await until(() => listening.sequences.length === n, 'the change');
  }
  // A look of the clock's own may come between.
  expect(statements.count - before).toBeLessThanOrEqual(15);
  await listening.stop();
});

test('S1 · what is shared never crosses rights, accounts or variables', async () => {
  const few = await server.makeKey(us, ['change:read', 'order:read']);
  const foreign = await server.makeKey(theirs);
  const query = changesQuery.replace('kind }', 'kind account { name } }');
  const from = new Listening(server.client(key), {}, query);
  await until(() => from.batches.at(-1)?.caughtUp === true, 'the place to begin');
  const after = from.cursor;
  const placed = { filter: { kinds: ['PURCHASE_ORDER_PLACED'] }, after };
  const listening = {
    all: new Listening(server.client(key), { after }, query),
    placed: new Listening(server.client(key), placed, query),
    less: new Listening(server.client(few), { after }, query),
    others: new Listening(server.client(foreign), { after }, query),
  };
  await until(() => Object.values(listening).every(({ batches }) => batches.length > 0), 'all to begin');
  await server.bump(us, 1, 'MINE');
  await server.bump(us, 2, 'MINE');
  await server.bump(theirs, 1, 'THEIRS');
  const names = (listener: Listening) =>
    listener.messages.flatMap(({ data }) =>
      ((data as { changes: { changes: { account: { name: string } | null }[] } }).changes.changes ?? []).map(
        ({ account }) => account?.name ?? null,
      ),
    );
  await until(() => names(listening.all).length === 2 && names(listening.others).length === 1, 'both to hear');
  await until(() => names(listening.placed).length === 1 && names(listening.less).length === 2, 'the others to hear');
  expect(names(listening.all)).toEqual(['Sharing', 'Sharing']);
  expect(names(listening.placed)).toEqual(['Sharing']);
  expect(names(listening.less)).toEqual([null, null]);
  expect(JSON.stringify(listening.less.messages)).toContain('FORBIDDEN');
  expect(names(listening.others)).toEqual(['Others']);
  await Promise.all([from, ...Object.values(listening)].map((listener) => listener.stop()));
});

test('R5 · whoever joins while it flows, wherever they begin, misses nothing and hears nothing twice', async () => {
  const account = await server.world.account('Joining');
  const own = await server.makeKey(account);
  const total = 90;
  const first = new Listening(server.client(own), { maxBatch: 3 });
  await until(() => first.batches.length > 0, 'the first to begin');
  const places: { readonly cursor: string; readonly sequence: number }[] = [];
  const socketsJoined: { readonly from: number; readonly listening: Listening }[] = [];
  const streamsJoined: { readonly from: number; readonly heard: Awaited<ReturnType<typeof stream>> }[] = [];
  let written = 0;
  const writing = (async () => {
    for (const n of upTo(total)) {
      await server.bump(account, n, `ORDER${n % 3}`);
      written = n;
    }
  })();
  // The same on every run, and unlike each other.
  for (let n = 0; n < 18; n += 1) {
    await until(() => written >= Math.min(total, n * 5), 'the writer');
    places.push(
      ...first.batches
        .flatMap(({ changes }) => changes)
        .slice(places.length)
        .map(({ cursor, sequence }) => ({ cursor, sequence: Number(sequence) })),
    );
    const place = n % 4 === 0 ? undefined : places[(n * 7919) % places.length];
    const variables = { after: place?.cursor ?? null, maxBatch: [1, 7, 100, 3][n % 4] };
    const from = place?.sequence ?? 0;
    if (n % 3 === 0) streamsJoined.push({ from, heard: await stream(own, variables) });
    else socketsJoined.push({ from, listening: new Listening(server.client(own), variables) });
  }
  await writing;
  const expected = (from: number) => upTo(total).slice(from);
  const all = () => [
    { from: 0, sequences: first.sequences },
    ...socketsJoined.map(({ from, listening }) => ({ from, sequences: listening.sequences })),
    ...streamsJoined.map(({ from, heard }) => ({ from, sequences: sequencesOf(heard.batches) })),
  ];
  await until(() => all().every(({ from, sequences }) => sequences.length >= total - from), 'everybody to hear all');
  for (const { from, sequences } of all()) expect(sequences).toEqual(expected(from));
  for (const { heard } of streamsJoined) heard.leave();
  await Promise.all([first, ...socketsJoined.map(({ listening }) => listening)].map((listening) => listening.stop()));
});

test('many changes that land together come in few batches, one change comes at once', async () => {
  const account = await server.world.account('Batches');
  const listening = new Listening(server.client(await server.makeKey(account)));
  await until(() => listening.batches.length > 0, 'the feed to begin');
  const writers = upTo(8).map(async (order) => {
    for (const n of upTo(12)) await server.bump(account, n, `BATCH${order}`);
  });
  await Promise.all(writers);
  await until(() => listening.sequences.length === 96, 'all of them');
  expect(listening.sequences).toEqual(upTo(96));
  await listening.stop();
});

test('R14 · a drain completes every feed, and the cursor each holds leads on at another gateway, without a gap', async () => {
  const leaving = await startFeedServer({}, server.world);
  const account = await server.world.account('Drain');
  const own = await server.makeKey(account);
  const listeners = upTo(6).map((n) => new Listening(leaving.client(own), { maxBatch: n }));
  const streams = await Promise.all(upTo(2).map((n) => stream(own, { maxBatch: n }, changesQuery, leaving.url)));
  const total = 30;
  const writing = (async () => {
    for (const n of upTo(total)) await server.bump(account, n);
  })();
  await until(() => listeners.every(({ sequences }) => sequences.length > 3), 'the feeds to flow');
  await leaving.acorn.stop();
  await until(() => listeners.every(({ ended }) => ended !== undefined), 'all sockets to end');
  await until(() => streams.every(({ ended }) => ended), 'all streams to end');
  expect(listeners.map(({ ended }) => ended)).toEqual(listeners.map(() => 'complete'));
  expect(streams.map(({ completed }) => completed)).toEqual([true, true]);
  await writing;

  const left = [
    ...listeners.map(({ sequences, cursor }) => ({ sequences, cursor })),
    ...streams.map(({ batches }) => ({ sequences: sequencesOf(batches), cursor: batches.at(-1)?.cursor })),
  ];
  for (const { sequences, cursor } of left) {
    expect(cursor).toBeDefined();
    const rest = new Listening(server.client(own), { after: cursor });
    await until(() => sequences.length + rest.sequences.length >= total, 'the rest');
    expect([...sequences, ...rest.sequences]).toEqual(upTo(total));
    await rest.stop();
  }
  await Promise.all(listeners.map((listener) => listener.stop()));
});
