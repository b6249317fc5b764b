import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eaches } from '../../src/base/eaches.ts';
import type { PurchaseOrderNumber } from '../../src/base/ids.ts';
import { addMillis, fromMillis, type Instant } from '../../src/base/instant.ts';
import { CursorExpired, type FeedCursor } from '../../src/change-log/change-log.ts';
import { type OpenChangeLog, openChangeLog } from '../../src/change-log/open.ts';
import { startRetention } from '../../src/change-log/retention.ts';
import { sequenceStatement } from '../../src/change-log/sequencer.ts';
import { purgeSomeChanges } from '../../src/store/purge-changes.ts';
import { aLine, anOrder } from '../builders/facts.ts';
import { recordFacts } from '../support/record.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let log: OpenChangeLog;
let owner: pg.Client;
let account: TestAccount;
let between: Instant;

/** Ten old entries and ten young ones, and the moment between them. */
beforeAll(async () => {
  world = await testWorld();
  log = await openChangeLog(world.database, { pollMillis: 100, heartbeatMillis: 200 });
  owner = new pg.Client({ connectionString: world.url });
  await owner.connect();
  account = await world.account('Kept');
  await bump(1, 10);
  const { rows } = await owner.query<{ now: Date }>('select clock_timestamp() as now');
  between = addMillis(fromMillis(rows[0]?.now.getTime() ?? 0), 1);
  await owner.query('select pg_sleep(0.01)');
  await bump(11, 20);
});
afterAll(async () => {
  await owner.end();
  await log.close();
  await world.close();
});

async function bump(from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n += 1) {
    await recordFacts(world, account, [
      anOrder({
        orderNumber: 'KEEPKEEP' as PurchaseOrderNumber,
        asOf: fromMillis(Date.UTC(2026, 8, 1) + n * 60_000),
        lines: [aLine({ ordered: eaches(n) })],
      }),
    ]);
  }
  await world.database.work((sql) => sql.query(sequenceStatement));
}

const page = (after?: FeedCursor) =>
  world.database.read(account.tenant, (db) => log.page(db, { ...(after !== undefined && { after }), limit: 100 }));
const sequences = async (after?: FeedCursor) => {
  const batch = await page(after);
  return batch.ok ? batch.value.changes.map(({ sequence }) => Number(sequence)) : batch.refusal;
};
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('nobody removes an entry by another path: not the owner, not the roles, not the role of retention beyond its mark', async () => {
  const tries: [role: string | undefined, statement: string][] = [
    [undefined, 'delete from "Change"'],
    [undefined, 'truncate "Change"'],
    ['acorn_app', 'delete from "Change"'],
    ['acorn_worker', 'delete from "Change"'],
    ['acorn_retention', 'delete from "Change"'],
    ['acorn_app', `select change_retention_mark(now(), 10)`],
    ['acorn_worker', `update "Change" set "recordedAt" = '2020-01-01'`],
    ['acorn_retention', `update "Change" set "recordedAt" = '2020-01-01'`],
  ];
  for (const [role, statement] of tries) {
    await owner.query('begin');
    if (role !== undefined) await owner.query(`set local role ${role}`);
    await expect(owner.query(statement), `${role}: ${statement}`).rejects.toThrow(
      /CHANGE_IS_APPEND_ONLY|permission denied/,
    );
    await owner.query('rollback');
  }
  expect(await sequences()).toEqual(upTo(1, 20));
});

test('a log that is kept for ever, or whose entries are young, keeps them all', async () => {
  await startRetention({ database: world.database, keepDays: 0, now: () => between })();
  const stop = startRetention({ database: world.database, keepDays: 1, now: () => between });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await stop();
  expect(await sequences()).toEqual(upTo(1, 20));
});

test('the mark moves first: between it and the removal, and if nobody came back to remove, an older cursor has expired', async () => {
  const all = await page();
  if (!all.ok) throw new Error('the log is whole');
  const cursorOf = (sequence: number) => all.value.changes[sequence - 1]?.cursor;
  await world.database.work((sql) => sql.query('select change_retention_mark($1, 4)', [between]));
  expect(await sequences(cursorOf(3))).toEqual({ code: 'CURSOR_EXPIRED', oldestCursor: cursorOf(4) });
  expect(await sequences(cursorOf(4))).toEqual(upTo(5, 20));
  expect(await count()).toBe(20);

  // The rest, by two at once.
  await Promise.all(
    [1, 2].map(async () => {
      for (let turn = 0; turn < 50; turn += 1) await purgeSomeChanges(world.database, between, 3);
    }),
  );
  expect(await count()).toBe(10);
  expect(await sequences()).toEqual(upTo(11, 20));
  expect(await sequences(cursorOf(10))).toEqual(upTo(11, 20));
  expect(await sequences(cursorOf(9))).toEqual({ code: 'CURSOR_EXPIRED', oldestCursor: cursorOf(10) });

  const feed = log.follow(account.tenant, { after: cursorOf(9) as FeedCursor, limit: 5 });
  if (!feed.ok) throw new Error('the cursor is ours');
  const refused = await feed.value.next().catch((thrown: unknown) => thrown);
  expect(refused).toBeInstanceOf(CursorExpired);
  expect(refused).toMatchObject({ oldestCursor: cursorOf(10) });

  expect(await purgeSomeChanges(world.database, between, 100)).toBe(false);
  await bump(21, 22);
  expect(await sequences(cursorOf(20))).toEqual([21, 22]);
});

async function count(): Promise<number> {
  const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from "Change"');
  return rows[0]?.n ?? -1;
}
