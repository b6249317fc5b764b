import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '../../src/base/instant.ts';
import { servicesOf } from '../../src/plugin-runtime/services.ts';
import type { Plugin, PluginServices } from '../../src/seams/plugin.ts';
import { openPluginTables, type PluginTables } from '../../src/store/plugin-tables.ts';
import { anInvoice } from '../builders/facts.ts';
import { recordFacts } from '../support/record.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';
import { aPlugin, migrateOf, migrations, notes, removeFolders } from './support/plugins.ts';

let world: TestWorld;
let tables: PluginTables;
let [a, b]: TestAccount[] = [];
const mine = aPlugin({
  id: 'test-mine',
  migrations: migrations(notes),
  capabilities: { reads: ['Invoice'] },
});
const other = aPlugin({ id: 'test-other', migrations: migrations(notes) });
const reader = aPlugin({ id: 'test-reader', capabilities: { reads: ['PurchaseOrder'] } });

const services = (plugin: Plugin, from = tables): PluginServices =>
  servicesOf(plugin, {
    database: world.database,
    tables: from,
    configOf: () => ({}),
    log: { info: () => {}, warn: () => {} },
    now: () => instant('2026-11-23T12:00:00Z'),
  });

beforeAll(async () => {
  world = await testWorld();
  a = await world.account('A');
  b = await world.account('B');
  await migrateOf(world.url, mine, other, reader);
  tables = openPluginTables(world.url, { deadlineMillis: 2_000 });
  for (const account of [a, b]) {
    await recordFacts(world, account, [anInvoice()]);
    await services(mine).tables(account.accountId, (query) =>
      query('insert into note values ($1, $2, $3)', [account.accountId, 'n', account.name]),
    );
  }
});
afterAll(async () => {
  await tables.close();
  await world.close();
  removeFolders();
});

const ask = (text: string, plugin = mine, account = a) =>
  services(plugin).tables(account?.accountId ?? ('' as never), (query) => query(text));

test("a plugin sees its rows of one account, and of the core only that account's rows of what it named", async () => {
  expect(await ask('select body from note')).toEqual([{ body: 'A' }]);
  expect(await ask('select body from note', mine, b)).toEqual([{ body: 'B' }]);
  expect(await ask('select "accountId" from "Invoice"')).toEqual([{ accountId: a?.accountId }]);
  expect(await ask('select count(*)::int as n from "PurchaseOrder"', reader)).toEqual([{ n: 0 }]);
});

describe('what a plugin may not', () => {
  test.each([
    [
      "write another account's row",
      `insert into note values ('${crypto.randomUUID()}', 'x', 'y')`,
      /row-level security|foreign key/,
    ],
    ['see a core table it did not name', 'select * from "PurchaseOrder"', /permission denied for table PurchaseOrder/],
    ['write a core table', `update "Invoice" set "totalMinor" = 0`, /permission denied for table Invoice/],
    ['lock a core row', 'select * from "Invoice" for update', /permission denied for table Invoice/],
    [
      "see another plugin's rows",
      'select * from plugin_test_other.note',
      /permission denied for schema plugin_test_other/,
    ],
    ['see the bookkeeping', 'select * from "PluginCursor"', /permission denied for table PluginCursor/],
    [
      'switch row security off',
      'alter table note disable row level security',
      /reads or writes rows, and this does not: alter/,
    ],
    ['take another role', 'reset role', /reads or writes rows, and this does not: reset/],
    ['take another account', `select set_config('app.account_ids', '{}', true)`, /does not change its session/],
    ['end its transaction', 'commit', /reads or writes rows, and this does not: commit/],
    ['hide one statement behind another', 'select 1; reset role', /cannot insert multiple commands/],
    ['hide it behind a comment', '/* a */ -- b\n reset role', /this does not: reset role/],
  ])('%s', async (_what, text, said) => {
    await expect(ask(text)).rejects.toThrow(said);
  });
});

test('a transaction is all or nothing, and is over when it is over', async () => {
  let kept: ((text: string) => Promise<unknown>) | undefined;
  await expect(
    services(mine).tables(a?.accountId ?? ('' as never), async (query) => {
      kept = query;
      await query(`update note set body = 'lost'`);
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await ask('select body from note')).toEqual([{ body: 'A' }]);
  await expect(kept?.('select 1')).rejects.toThrow('the transaction is over');
});

test('a plugin without tables and without models to read is told so', async () => {
  await expect(ask('select 1', aPlugin({ id: 'test-none' }))).rejects.toThrow(
    'the plugin "test-none" has no tables: give it migrations, or name core models in capabilities.reads',
  );
});

test('transactions that hang are cut, and meanwhile other plugins find connections', async () => {
  const hanging = Array.from({ length: 12 }, () =>
    services(mine).tables(a?.accountId ?? ('' as never), async (query) => {
      await query(`update note set body = 'held' where id = 'n'`).catch(() => {});
      return new Promise<never>(() => {});
    }),
  );
  const cut = Promise.allSettled(hanging);
  const before = performance.now();
  expect(await ask('select 1 as one', other)).toEqual([{ one: 1 }]);
  expect(performance.now() - before).toBeLessThan(1_500);
  expect((await cut).map(({ status }) => status)).toEqual(hanging.map(() => 'rejected'));
  // What they held is free again.
  await ask(`update note set body = 'A'`);
});
