import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eaches } from '../../src/base/eaches.ts';
import type { PurchaseOrderNumber } from '../../src/base/ids.ts';
import { fromMillis } from '../../src/base/instant.ts';
import type { LoggedChange } from '../../src/change-log/change-log.ts';
import { cursorCodec } from '../../src/change-log/cursor.ts';
import { type OpenChangeLog, openChangeLog } from '../../src/change-log/open.ts';
import { startSequencer } from '../../src/change-log/sequencer.ts';
import { aLine, anOrder } from '../builders/facts.ts';
import { recordFacts } from '../support/record.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let log: OpenChangeLog;
beforeAll(async () => {
  world = await testWorld();
  log = await openChangeLog(world.database, { pollMillis: 200, heartbeatMillis: 300 });
});
afterAll(async () => {
  await log.close();
  await world.close();
});

/** One more change to one order: its quantity becomes `n`. */
const bump = (account: TestAccount, order: string, n: number) =>
  recordFacts(world, account, [
    anOrder({
      orderNumber: order as PurchaseOrderNumber,
      asOf: fromMillis(Date.UTC(2026, 8, 1) + n * 60_000),
      lines: [aLine({ ordered: eaches(n) })],
    }),
  ]);

async function collect(account: TestAccount, until: number, after?: LoggedChange['cursor']): Promise<LoggedChange[]> {
  const feed = log.follow(account.tenant, { ...(after !== undefined && { after }), limit: 7 });
  if (!feed.ok) throw new Error('a cursor of ours is read');
  const changes: LoggedChange[] = [];
  for await (const batch of feed.value) {
    changes.push(...batch.changes);
    if (changes.length >= until) break;
  }
  return changes;
}

test('R4 · numbers are dense and in order, through rollbacks, concurrent writers and a long foreign transaction', async () => {
  const accounts = [await world.account('A'), await world.account('B'), await world.account('C')];
  const sequencer = startSequencer(world.database);
  const foreign = new pg.Client({ connectionString: world.url });
  await foreign.connect();
  await foreign.query('begin; create table someone_elses (id int)');

  const writers = accounts.flatMap((account, a) =>
    ['ORDERAAA', 'ORDERBBB'].map(async (order) => {
      for (let n = 1; n <= 25; n += 1) {
        if (n % 6 === 0) {
          await world.database
            .ingest(account.accountId, async (sql) => {
              await sql.query(
                `insert into "Change" ("accountId", "kind", "severity", "subjectKind", "subjectKey", "occurredAt", "data") values ($1, 'x', 'INFO', 'y', 'z', now(), '{}')`,
                [account.accountId],
              );
              throw new Error('changed my mind');
            })
            .catch(() => {});
        }
        await bump(account, order, n + a);
      }
    }),
  );
  const [read] = await Promise.all([
    Promise.all(accounts.map((account) => collect(account, 50))),
    Promise.all(writers),
  ]);
  await foreign.query('rollback');
  await foreign.end();

  for (const changes of read) {
    expect(changes).toHaveLength(50);
    expect(changes.map((c) => Number(c.sequence))).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    for (const order of ['ORDERAAA', 'ORDERBBB']) {
      const quantities = changes
        .filter((c) => c.orderNumber === order)
        .map((c) =>
          c.difference.kind === 'quantity-changed'
            ? c.difference.after
            : c.difference.kind === 'purchase-order-placed'
              ? c.difference.ordered
              : 0,
        );
      expect(quantities).toEqual([...quantities].sort((x, y) => x - y));
    }
  }
  const { rows } = await ownerQuery(`select "position" from "Change" order by 1`);
  expect(rows.map((r) => Number(r.position))).toEqual(rows.map((_, i) => i + 1));
  await sequencer.stop();
}, 60_000);

test('R5 · a follower cut off again and again sees every change exactly once, in order', async () => {
  const account = await world.account('Cut');
  const sequencer = startSequencer(world.database);
  const seen: bigint[] = [];
  const writing = (async () => {
    for (let n = 1; n <= 60; n += 1) await bump(account, 'CUTORDER', n);
  })();
  let cursor: LoggedChange['cursor'] | undefined;
  for (let cut = 0; seen.length < 60; cut += 1) {
    const changes = await collect(account, Math.min(1 + (cut % 4), 60 - seen.length), cursor);
    // A consumer stores what it got of a batch with the cursor of the last one it got.
    const taken = changes.slice(0, 1 + (cut % 3));
    seen.push(...taken.map((c) => c.sequence));
    cursor = taken.at(-1)?.cursor ?? cursor;
  }
  await writing;
  expect(seen.map(Number)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  await sequencer.stop();
}, 60_000);

test('a standby takes over within seconds when the leader goes', async () => {
  const account = await world.account('Failover');
  const first = startSequencer(world.database);
  await until(() => first.leading);
  const second = startSequencer(world.database);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(second.leading).toBe(false);
  // The leader's session is killed, as when its process is.
  await ownerQuery(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 7270737001 % 4294967296 and granted and database = (select oid from pg_database where datname = current_database())`,
  );
  await bump(account, 'FAILOVER', 1);
  await until(() => first.leading || second.leading);
  expect(await collect(account, 1)).toHaveLength(1);
  await Promise.all([first.stop(), second.stop()]);
}, 30_000);

test('an idle feed beats with an advancing cursor, and ends at once when told to', async () => {
  const [watched, busy] = [await world.account('Watched'), await world.account('Busy')];
  const sequencer = startSequencer(world.database);
  const feed = log.follow(watched.tenant, { limit: 10 });
  if (!feed.ok) throw new Error('no cursor was given');
  const first = await feed.value.next();
  await bump(busy, 'BUSYBUSY', 1);
  const beat = await feed.value.next();
  expect(beat.value?.changes).toEqual([]);
  expect(beat.value?.cursor).not.toBe(first.value?.cursor);

  const waiting = feed.value.next();
  const before = performance.now();
  await feed.value.return?.();
  expect((await waiting).done).toBe(true);
  expect(performance.now() - before).toBeLessThan(250);
  await sequencer.stop();
});

test('a filtered feed beats with an advancing cursor while others of its account change, and goes on from a beat', async () => {
  const account = await world.account('Filtered', 'JP');
  const sequencer = startSequencer(world.database);
  const filter = { sites: ['JP'], orderNumbers: ['RARERARE'] };
  const feed = log.follow(account.tenant, { limit: 10, filter });
  if (!feed.ok) throw new Error('no cursor was given');
  const first = await feed.value.next();
  await bump(account, 'OFTENOFT', 1);
  let beat = await feed.value.next();
  while (beat.value?.cursor === first.value?.cursor) beat = await feed.value.next();
  expect(beat.value?.changes).toEqual([]);
  await feed.value.return?.();

  await bump(account, 'OFTENOFT', 2);
  await bump(account, 'RARERARE', 3);
  const again = log.follow(account.tenant, { limit: 10, filter, after: beat.value?.cursor });
  if (!again.ok) throw new Error('a beat carries a cursor of ours');
  for await (const { changes } of again.value) {
    if (changes.length === 0) continue;
    expect(changes.map(({ orderNumber, sequence }) => [orderNumber, sequence])).toEqual([['RARERARE', 3n]]);
    break;
  }
  const elsewhere = await world.database.read(account.tenant, (db) =>
    log.page(db, { limit: 10, filter: { sites: ['US'] } }),
  );
  expect(elsewhere).toMatchObject({ ok: true, value: { changes: [], caughtUp: true } });
  await sequencer.stop();
});

test('the head read beside other data is a place from which nothing is missed', async () => {
  const account = await world.account('Head');
  const sequencer = startSequencer(world.database);
  await bump(account, 'HEADHEAD', 1);
  await collect(account, 1);
  const { head, orders } = await world.database.read(account.tenant, async (db) => ({
    head: await log.head(db),
    orders: await db.purchaseOrder.count(),
  }));
  await bump(account, 'HEADHEAD', 2);
  const after = await collect(account, 1, head);
  expect([orders, after.map((c) => c.difference.kind)]).toEqual([1, ['quantity-changed']]);
  await sequencer.stop();
});

test('a cursor is opaque, the same for the same place, and refused when it is not ours', () => {
  const codec = cursorCodec('feed', 'secret');
  for (const position of [0n, 1n, 2n ** 40n, 2n ** 62n])
    expect(codec.decode(codec.encode(position))).toEqual({ ok: true, value: position });
  expect(codec.encode(5n)).toBe(codec.encode(5n));
  expect(codec.encode(5n)).not.toContain('5');
  const foreign = cursorCodec('feed', 'another secret').encode(5n);
  for (const bad of [foreign, '', 'x', `${codec.encode(5n)}A`, codec.encode(5n).slice(0, -1), '💥']) {
    expect(codec.decode(bad)).toEqual({ ok: false, refusal: { code: 'CURSOR_NOT_OURS' } });
  }
});

async function ownerQuery(text: string) {
  const owner = new pg.Client({ connectionString: world.url });
  await owner.connect();
  try {
    return await owner.query<Record<string, string>>(text);
  } finally {
    await owner.end();
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(condition()).toBe(true);
}
