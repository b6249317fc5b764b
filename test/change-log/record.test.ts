import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Currency } from '../../src/base/currency.ts';
import { decimal } from '../../src/base/decimal.ts';
import { eaches } from '../../src/base/eaches.ts';
import { instant } from '../../src/base/instant.ts';
import { aLine, anInvoice, anOrder, aProgress } from '../builders/facts.ts';
import { recordFacts } from '../support/record.ts';
import { dumpState } from '../support/state.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const kinds = (recorded: Awaited<ReturnType<typeof recordFacts>>) =>
  recorded.changes.map(({ difference }) => difference.kind);
const line = (account: TestAccount) =>
  world.database.read(account.tenant, (db) =>
    db.orderLine.findFirstOrThrow({
      where: { lineNumber: '1' },
      include: { receipts: { orderBy: { position: 'asc' } } },
    }),
  );

test('an order is placed once, and the same order again is nothing', async () => {
  const account = await world.account('Once');
  expect(kinds(await recordFacts(world, account, [anOrder()]))).toEqual(['purchase-order-placed']);
  expect(await recordFacts(world, account, [anOrder()])).toEqual({ facts: 0, changes: [] });
  expect(await recordFacts(world, account, [anOrder()], '2026-10-02T00:00:00Z')).toEqual({ facts: 0, changes: [] });
});

test('each version of an order is kept, with exactly what changed', async () => {
  const account = await world.account('Versions');
  const later = { asOf: instant('2026-09-02T09:00:00Z') };
  await recordFacts(world, account, [anOrder()]);
  const changed = anOrder({
    ...later,
    shipTo: { id: 'ONT8' },
    deliveryWindow: { from: instant('2026-09-12T07:00:00Z'), to: instant('2026-09-20T07:00:00Z') },
    lines: [
      aLine({ ordered: eaches(80), unitCost: { cost: decimal('12.25'), currency: 'USD' as Currency } }),
      aLine({ number: '2' }),
    ],
  });
  expect(kinds(await recordFacts(world, account, [changed]))).toEqual([
    'delivery-window-changed',
    'ship-to-changed',
    'quantity-changed',
    'cost-changed',
    'line-added',
  ]);
  const cancelled = anOrder({
    asOf: instant('2026-09-03T09:00:00Z'),
    shipTo: { id: 'ONT8' },
    deliveryWindow: changed.deliveryWindow ?? { from: later.asOf, to: later.asOf },
    lines: (changed.lines ?? []).map((l) => ({ ...l, ordered: eaches(0) })),
  });
  expect(kinds(await recordFacts(world, account, [cancelled]))).toEqual([
    'purchase-order-cancelled',
    'line-cancelled',
    'line-cancelled',
  ]);
  const back = { ...changed, asOf: instant('2026-09-04T09:00:00Z') };
  expect(kinds(await recordFacts(world, account, [back]))).toEqual([
    'purchase-order-uncancelled',
    'line-uncancelled',
    'line-uncancelled',
  ]);

  const versions = await world.database.read(account.tenant, (db) =>
    db.purchaseOrderVersion.findMany({ orderBy: { version: 'asc' } }),
  );
  expect(
    versions.map((v) => (v.differences as { difference: { kind: string } }[]).map((d) => d.difference.kind)),
  ).toEqual([
    [],
    ['delivery-window-changed', 'ship-to-changed', 'quantity-changed', 'cost-changed', 'line-added'],
    ['purchase-order-cancelled', 'line-cancelled', 'line-cancelled'],
    ['purchase-order-uncancelled', 'line-uncancelled', 'line-uncancelled'],
  ]);
});

test('receipts are the differences of running totals: 5, 12, 10 are +5, +7, -2', async () => {
  const account = await world.account('Receipts');
  await recordFacts(world, account, [anOrder()]);
  expect(kinds(await recordFacts(world, account, [aProgress([{ received: 5 }], '2026-09-12T12:00:00Z')]))).toContain(
    'goods-received',
  );
  await recordFacts(world, account, [aProgress([{ received: 12 }], '2026-09-13T12:00:00Z')]);
  expect(kinds(await recordFacts(world, account, [aProgress([{ received: 10 }], '2026-09-14T12:00:00Z')]))).toEqual([
    'receipt-corrected',
  ]);
  expect((await line(account)).receipts.map((r) => r.quantity)).toEqual([5, 7, -2]);
});

test('an invoice that arrives before its order finds its line when the order comes', async () => {
  const [early, late] = [await world.account('Early'), await world.account('Late')];
  await recordFacts(world, early, [anInvoice({ paid: 100_000n, payments: ['8812345'] })]);
  await recordFacts(world, early, [anOrder()]);
  await recordFacts(world, late, [anOrder()]);
  await recordFacts(world, late, [anInvoice({ paid: 100_000n, payments: ['8812345'] })]);
  expect(await line(early)).toMatchObject({
    state: 'PARTIALLY_PAID',
    invoiced: 100,
    paidMinor: 100_000n,
    openMinor: 25_000n,
  });
  expect(await dumpState(world.database, early.accountId)).toEqual(await dumpState(world.database, late.accountId));
});

test('money that comes in two remittances, and money taken back, are allocations of their own', async () => {
  const account = await world.account('Payments');
  await recordFacts(world, account, [anOrder(), anInvoice()]);
  const at = (day: number) => ({ asOf: instant(`2026-11-${day}T08:00:00Z`) });
  expect(
    kinds(
      await recordFacts(world, account, [
        anInvoice({ ...at(12), status: 'PARTIALLY_PAID', paid: 60_000n, payments: ['R1'] }),
      ]),
    ),
  ).toEqual(['invoice-status-changed', 'payment-received']);
  await recordFacts(world, account, [anInvoice({ ...at(19), status: 'PAID', paid: 125_000n, payments: ['R1', 'R2'] })]);
  expect((await line(account)).state).toBe('PAID');
  expect(
    kinds(
      await recordFacts(world, account, [
        anInvoice({ ...at(20), status: 'PARTIALLY_PAID', paid: 60_000n, payments: ['R1'] }),
      ]),
    ),
  ).toContain('payment-reversed');
  const payments = await world.database.read(account.tenant, (db) =>
    db.payment.findMany({ orderBy: { number: 'asc' } }),
  );
  expect(payments.map(({ number, amountMinor, status }) => [number, amountMinor, status])).toEqual([
    ['R1', 60_000n, 'RECEIVED'],
    ['R2', 0n, 'VOIDED'],
  ]);
});

test('an amount withheld is a deduction with its reason, and the line closes only when nothing is open', async () => {
  const account = await world.account('Deductions');
  await recordFacts(world, account, [anOrder()]);
  expect(
    kinds(await recordFacts(world, account, [anInvoice({ paid: 120_000n, short: 5_000n, payments: ['R1'] })])),
  ).toEqual(['invoice-issued', 'payment-received', 'deduction-taken']);
  expect(await line(account)).toMatchObject({
    state: 'CLOSED',
    paidMinor: 120_000n,
    deductedMinor: 5_000n,
    openMinor: 0n,
  });
});

describe('walls', () => {
  test('CHANGE_IS_APPEND_ONLY: update, delete and truncate are refused, even to the owner', async () => {
    const account = await world.account('Log');
    await recordFacts(world, account, [anOrder()]);
    const { default: pg } = await import('pg');
    const owner = new pg.Client({ connectionString: world.url });
    await owner.connect();
    for (const attempt of [`update "Change" set "kind" = 'x'`, 'delete from "Change"', 'truncate "Change"']) {
      await expect(owner.query(attempt)).rejects.toThrow(/CHANGE_IS_APPEND_ONLY/);
    }
    await owner.end();
  });

  test('S2 · no context, no rows; a foreign row cannot be written', async () => {
    const [mine, theirs] = [await world.account('Mine'), await world.account('Theirs')];
    await recordFacts(world, theirs, [anOrder()]);
    const none = await world.database.read({ organisationId: undefined, accountIds: [] }, (db) =>
      db.purchaseOrder.count(),
    );
    expect(none).toBe(0);
    expect(await world.database.read(mine.tenant, (db) => db.purchaseOrder.count())).toBe(0);
    await expect(
      world.database.ingest(mine.accountId, (sql) =>
        sql.query(`insert into "FeedHead" ("accountId", "sequence") values ($1, 1)`, [mine.accountId]),
      ),
    ).rejects.toThrow(/permission denied/);
    await expect(
      world.database.ingest(mine.accountId, (sql) =>
        sql.query(`insert into "Product" ("accountId", "asin") values ($1, 'B0ACORN001')`, [theirs.accountId]),
      ),
    ).rejects.toThrow(/row-level security/);
  });

  test('a query transaction cannot write', async () => {
    const account = await world.account('ReadOnly');
    await expect(
      world.database.read(account.tenant, (db) =>
        db.product.create({ data: { accountId: account.accountId, asin: 'B0ACORN001' } }),
      ),
    ).rejects.toThrow(/read-only/);
  });
});

test('edge 24 · a duplicate number, rejected under another payee, does not replace the invoice that is paid', async () => {
  const account = await world.account('Duplicate');
  const paid = anInvoice({ payeeCode: 'NORTH', status: 'PAID', paid: 125_000n, payments: ['R1'] });
  const duplicate = anInvoice({ payeeCode: 'NRTHW', status: 'REJECTED', asOf: instant('2026-11-20T08:00:00Z') });
  await recordFacts(world, account, [anOrder(), paid]);
  await recordFacts(world, account, [duplicate]);
  expect(await line(account)).toMatchObject({ state: 'PAID', openMinor: 0n });
});
