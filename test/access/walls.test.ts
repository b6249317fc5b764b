import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eaches } from '../../src/base/eaches.ts';
import { walledKinds } from '../../src/store/database.ts';
import { aLine, anInvoice, anOrder } from '../builders/facts.ts';
import { recordFacts } from '../support/record.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let account: TestAccount;
beforeAll(async () => {
  world = await testWorld();
  account = await world.account('Walls');
  await recordFacts(world, account, [anOrder({ lines: [aLine({ ordered: eaches(10) })] }), anInvoice({})]);
});
afterAll(() => world.close());

/** What a transaction of this tenant can count, whatever a resolver asks for. */
const seen = (only: TestAccount['tenant']['only']) =>
  world.database.read({ ...account.tenant, ...(only === undefined ? {} : { only }) }, async (db) => ({
    orders: await db.purchaseOrder.count(),
    lines: await db.orderLine.count(),
    invoices: await db.invoice.count(),
    invoiceLines: await db.invoiceLine.count(),
    facts: await db.fact.count(),
    changes: (await db.change.groupBy({ by: ['subjectKind'], _count: true, orderBy: { subjectKind: 'asc' } })).map(
      ({ subjectKind }) => subjectKind,
    ),
  }));

describe('S1 · the database keeps apart what a role may not read, whatever a resolver asks for', () => {
  test('everything, without a wall', async () => {
    expect(await seen(undefined)).toEqual({
      orders: 1,
      lines: 1,
      invoices: 1,
      invoiceLines: 1,
      facts: 2,
      changes: ['invoice', 'purchase-order'],
    });
  });

  test('no invoices, for who may not read them, and no change that tells of one', async () => {
    expect(await seen({ invoice: [] })).toMatchObject({
      orders: 1,
      invoices: 0,
      invoiceLines: 0,
      changes: ['purchase-order'],
    });
  });

  test('orders of some accounts only', async () => {
    const other = await world.account('Elsewhere');
    expect(await seen({ order: [other.accountId] })).toMatchObject({ orders: 0, lines: 0, changes: ['invoice'] });
  });

  test('nothing, for whom every kind is walled', async () => {
    expect(await seen(Object.fromEntries(walledKinds.map((kind) => [kind, []])))).toEqual({
      orders: 0,
      lines: 0,
      invoices: 0,
      invoiceLines: 0,
      facts: 0,
      changes: [],
    });
  });

  test('a wall is of its transaction: the next one on the same connection has none', async () => {
    for (let i = 0; i < 12; i += 1) {
      expect((await seen(i % 2 === 0 ? { order: [] } : undefined)).orders).toBe(i % 2);
    }
  });
});

test('S2 · a table of a tenant is behind the wall of its kind, or says why it is not', async () => {
  const rows = await world.database.work((sql) =>
    sql.query<{ table: string; wall: string | null }>(
      `select p.tablename::text as "table", substring(p.qual from 'acorn_accounts_of\\(''([a-z]+)''') as wall
         from pg_policies p
        where p.policyname = 'tenant' and exists (
          select from pg_attribute a where a.attrelid = format('public.%I', p.tablename)::regclass and a.attname = 'accountId') order by 1`,
    ),
  );
  /** Which anybody with an account may know of it. */
  const open = ['ConnectorCursor', 'FeedHead', 'PluginCursor', 'PluginEvent', 'Product', 'VendorAccount'];
  expect(rows.filter(({ wall }) => wall === null).map(({ table }) => table)).toEqual(open);
  expect(new Set(rows.flatMap(({ wall }) => wall ?? []))).toEqual(new Set(walledKinds));
});
