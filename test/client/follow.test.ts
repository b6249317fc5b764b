import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FollowOptions, follow, type Transport, wholeChange } from 'acorn/client';
import { parse, validate } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../schema/index.ts';
import { instant } from '../../src/base/instant.ts';
import { failureOfClose, Interrupted } from '../../src/client/failure.ts';
import { feedOperation } from '../../src/client/operation.ts';
import { apiKeyPrefix } from '../../src/server/api-key.ts';
import { revokeApiKey } from '../../src/store/access.ts';
import type { TestAccount } from '../support/world.ts';
import { bump, type Served, served, until } from './support/served.ts';

/** What it takes to hear of everything. */
const everyChange = ['change:read', 'order:read', 'shipment:read', 'invoice:read', 'deduction:read'];

let acorn: Served;
let account: TestAccount;
let apiKey: string;
const transports: readonly Transport[] = ['websocket', 'event-stream'];

beforeAll(async () => {
  acorn = await served();
  account = await acorn.world.account('Followed');
  apiKey = await acorn.key(account, everyChange);
  await acorn.start();
}, 60_000);
afterAll(() => acorn.close());

/** Follow in the background; what came, what went wrong on the way, and how it ended. */
function follower(options: Partial<FollowOptions>) {
  const leaving = new AbortController();
  const sequences: number[] = [];
  const interruptions: string[] = [];
  let cursor: string | undefined;
  const ended = (async () => {
    const feed = follow({
      url: acorn.url,
      apiKey,
      signal: leaving.signal,
      onInterruption: (reason) => interruptions.push(reason),
      ...options,
    });
    for await (const batch of feed) {
      sequences.push(...batch.changes.map(({ sequence }) => Number(sequence)));
      cursor = batch.cursor;
    }
  })();
  ended.catch(() => {});
  return {
    sequences,
    interruptions,
    cursor: () => cursor,
    ended,
    leave: async () => {
      leaving.abort();
      await ended;
    },
  };
}
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('through kills and restarts of the gateway, by either transport, each change comes once and in order', async () => {
  const followers = transports.map((transport) => follower({ transport, maxBatch: 3 }));
  let n = 0;
  const write = async (times: number) => {
    for (let i = 0; i < times; i += 1) {
      n += 1;
      await bump(acorn.world, account, 'FOLLOWED', n);
    }
  };
  await write(5);
  await until(() => followers.every(({ sequences }) => sequences.length >= 5));
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    await acorn.end(signal);
    await write(4);
    await until(() => followers.every(({ interruptions }) => interruptions.length > 0));
    await acorn.start();
    await write(4);
    await until(() => followers.every(({ sequences }) => sequences.length >= n));
  }
  for (const { sequences, interruptions } of followers) {
    expect(sequences).toEqual(upTo(n));
    expect(interruptions.length).toBeGreaterThan(0);
  }
  const began = performance.now();
  await Promise.all(followers.map(({ leave }) => leave()));
  expect(performance.now() - began).toBeLessThan(2_000);
}, 120_000);

test('whoever takes batches slowly gets them all, and a new follower goes on from the cursor it is given', async () => {
  const slow = await acorn.world.account('Slow');
  const key = await acorn.key(slow, everyChange);
  for (let n = 1; n <= 60; n += 1) await bump(acorn.world, slow, 'SLOWSLOW', n);
  for (const transport of transports) {
    const sequences: number[] = [];
    let after: string | undefined;
    for (let part = 0; part < 2; part += 1) {
      // A batch of one at a time: more of them than are held for a caller who is not ready.
      for await (const batch of follow({ url: acorn.url, apiKey: key, after, maxBatch: 1, transport })) {
        await new Promise((resolve) => setTimeout(resolve, 3));
        sequences.push(...batch.changes.map(({ sequence }) => Number(sequence)));
        after = batch.cursor;
        if (sequences.length === 30 + part * 30) break;
      }
    }
    expect(sequences).toEqual(upTo(60));
  }
}, 60_000);

test('where websockets do not get through, the feed goes on as an event stream', async () => {
  const target = new URL(acorn.url);
  let upgrades = 0;
  const proxy = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const onwards = forward({ host: target.hostname, port: target.port, path: url, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    outgoing.on('close', () => onwards.destroy());
    onwards.on('error', () => outgoing.destroy());
    incoming.pipe(onwards);
  });
  proxy.on('upgrade', (_request, socket) => {
    upgrades += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const feed = follower({ url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/graphql` });
  await until(() => feed.sequences.length > 0);
  expect(upgrades).toBe(3);
  expect(feed.sequences.slice(0, 5)).toEqual(upTo(5));
  await feed.leave();
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
}, 30_000);

describe.each(transports)('by %s, what cannot be mended ends the feed with its code', (transport) => {
  test('no key, a revoked key, a missing right, a foreign cursor, a selection that does not exist', async () => {
    const ends = async (options: Partial<FollowOptions>) => follower({ transport, ...options }).ended;
    await expect(ends({ apiKey: 'nonsense' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(ends({ after: 'R1BDOkQ6MTc' })).rejects.toMatchObject({ code: 'CURSOR_NOT_OURS' });
    await expect(ends({ select: 'nothingLikeThis' })).rejects.toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
    const rightless = await acorn.key(account, ['order:read']);
    await expect(ends({ apiKey: rightless })).rejects.toMatchObject({ code: 'FORBIDDEN' });

    const revoked = await acorn.key(account, everyChange);
    const open = follower({ transport, apiKey: revoked });
    await until(() => open.sequences.length > 0);
    await revokeApiKey(acorn.world.database, apiKeyPrefix(revoked), instant('2026-11-23T12:00:00Z'));
    await expect(open.ended).rejects.toMatchObject({ code: 'UNAUTHENTICATED', cursor: open.cursor() });
  }, 30_000);
});

test('a hole in the numbers is seen by whoever reads all, and an expired cursor is told by either transport', async () => {
  const holed = await acorn.world.account('Holed');
  const key = await acorn.key(holed, everyChange);
  for (let n = 1; n <= 6; n += 1) await bump(acorn.world, holed, 'HOLEHOLE', n);
  const whole = follower({ apiKey: key });
  await until(() => whole.sequences.length === 6);
  await whole.leave();
  let oldest: string | undefined;
  for await (const { cursor } of follow({ url: acorn.url, apiKey: key, maxBatch: 1 })) {
    oldest = cursor;
    break;
  }

  const owner = new pg.Client({ connectionString: acorn.world.url });
  await owner.connect();
  // Nothing of ours can do this; somebody with a database's powers can.
  await owner.query('alter table "Change" disable trigger change_is_append_only');
  await owner.query(`delete from "Change" where "accountId" = $1 and "sequence" = 4`, [holed.accountId]);
  await owner.query('alter table "Change" enable trigger change_is_append_only');
  await expect(follower({ apiKey: key }).ended).rejects.toMatchObject({
    code: 'SEQUENCE_BROKEN',
    message: expect.stringMatching(/change 5 came after change 3/),
  });
  const filtered = follower({ apiKey: key, filter: { severities: ['ALERT', 'NOTICE'] } });
  await until(() => filtered.sequences.length === 5);
  await filtered.leave();

  await owner.query(`select change_retention_mark(now() + interval '1 day', 100000)`);
  await owner.end();
  for (const transport of transports) {
    const expired = await follower({ apiKey: key, transport, after: oldest }).ended.catch((e) => e);
    expect(expired).toMatchObject({ code: 'CURSOR_EXPIRED', oldestCursor: expect.any(String) });
    const onwards = follower({ apiKey: key, transport, after: expired.oldestCursor });
    await until(() => onwards.cursor() !== undefined);
    expect(onwards.sequences).toEqual([]);
    await onwards.leave();
  }
}, 60_000);

test('the default selection fits the schema and asks every kind for all it says', () => {
  expect(validate(schema, parse(feedOperation()))).toEqual([]);
  const kinds = schema.getPossibleTypes(schema.getType('Change') as never);
  const ofEach = (type: (typeof kinds)[number]) =>
    Object.keys(type.getFields()).filter((name) => !['account', 'node'].includes(name));
  for (const type of kinds) {
    for (const field of ofEach(type))
      expect(wholeChange, `${type.name}.${field}`).toMatch(new RegExp(`\\b${field}\\b`));
  }
});

test('a reader who was too slow comes back at once, a restart after a while, and nobody who is not let in', () => {
  expect(failureOfClose(4429, 'LAGGING')).toMatchObject({ atOnce: true });
  for (const code of [1006, 1012, 1013]) {
    expect(failureOfClose(code, '')).toBeInstanceOf(Interrupted);
    expect(failureOfClose(code, '')).toMatchObject({ atOnce: false });
  }
  expect(failureOfClose(4403, 'TOO_MANY_SOCKETS')).toBeInstanceOf(Interrupted);
  expect(failureOfClose(4403, 'token expired')).toMatchObject({ code: 'UNAUTHENTICATED' });
});
