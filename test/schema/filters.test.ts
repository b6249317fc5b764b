import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask } from './support/ask.ts';
import { aStory } from './support/story.ts';
import { accountRef, aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let tenant: Tenant;
let us: AccountRow;
let jp: AccountRow;

beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  us = await world.account(larkfield);
  jp = await world.account(larkfield, {
    name: 'Larkfield JP',
    site: 'JP',
    currency: 'JPY' as AccountRow['currency'],
    vendorCodes: ['LARKJ'],
  });
  tenant = tenantOf(larkfield, [us, jp]);
  // Placed one day after the other, each one step further.
  await world.tell(us, aStory({ number: '1ORDERED', until: 'ordered', orderedAt: '2026-09-01T10:00:00Z' }));
  await world.tell(us, aStory({ number: '1ACKNOWL', until: 'acknowledged', orderedAt: '2026-09-02T10:00:00Z' }));
  await world.tell(us, aStory({ number: '1SHIPPED', until: 'shipped', orderedAt: '2026-09-03T10:00:00Z', shipped: 7 }));
  await world.tell(
    us,
    aStory({ number: '1RECEIVE', until: 'received', orderedAt: '2026-09-04T10:00:00Z', received: 9 }),
  );
  await world.tell(
    us,
    aStory({
      number: '1INVOICE',
      until: 'invoiced',
      orderedAt: '2026-09-05T10:00:00Z',
      received: 8,
      asins: ['B0SPECIAL1'],
    }),
  );
  await world.tell(
    us,
    aStory({ number: '1PAIDOFF', until: 'paid', orderedAt: '2026-09-06T10:00:00Z', dueOn: '2026-11-10' }),
  );
  await world.tell(
    jp,
    aStory({
      number: '1PAIDYEN',
      until: 'invoiced',
      orderedAt: '2026-09-07T10:00:00Z',
      currency: 'JPY',
      unitCost: '1000',
    }),
  );
});
afterAll(() => world.close());

const found = async (list: string, filter: string, pick: string): Promise<string[]> => {
  const { data, errors } = await ask(
    world,
    tenant,
    `query { ${list}(first: 250, filter: { ${filter} }) { nodes { ${pick} } } }`,
  );
  expect(errors).toEqual([]);
  return data[list].nodes.map((node: Record<string, string>) => node[pick]).sort();
};

describe('orders', () => {
  test.each([
    ['states: [NEW]', ['1ORDERED']],
    ['states: [ACKNOWLEDGED, SHORT]', ['1ACKNOWL', '1RECEIVE']],
    ['states: []', []],
    ['numbers: ["1ORDERED", "1PAIDYEN", "1NOBODYS"]', ['1ORDERED', '1PAIDYEN']],
    ['sites: ["JP"]', ['1PAIDYEN']],
    ['asins: ["B0SPECIAL1"]', ['1INVOICE']],
    ['vendorCodes: ["NOBODY"]', []],
    ['orderedSince: "2026-09-06T10:00:00Z"', ['1PAIDOFF', '1PAIDYEN']],
    ['orderedBefore: "2026-09-02T10:00:00Z"', ['1ORDERED']],
    ['orderedSince: "2026-09-02T10:00:00Z", orderedBefore: "2026-09-03T10:00:00Z"', ['1ACKNOWL']],
    ['shipWindow: { to: "2026-09-03T10:00:00Z" }', ['1ORDERED']],
    ['shipWindow: { from: "2026-09-11T10:00:00Z" }', ['1PAIDYEN']],
    ['shipWindow: { from: "2026-09-05T10:00:00Z", to: "2026-09-05T10:00:00Z" }', ['1ACKNOWL', '1ORDERED', '1SHIPPED']],
    ['deliveryWindow: { to: "2030-01-01T00:00:00Z" }', []],
    ['windowEndsBefore: "2026-09-06T10:00:00Z"', ['1ORDERED']],
    ['windowEndsBefore: "2026-12-01T00:00:00Z", notFullyShipped: true', ['1ACKNOWL', '1SHIPPED']],
    ['notFullyReceived: true', ['1INVOICE', '1RECEIVE', '1SHIPPED']],
    ['notFullyInvoiced: true', ['1RECEIVE']],
    ['openOver: { amount: "0", currency: "USD" }', ['1INVOICE']],
    ['openOver: { amount: "246.89", currency: "USD" }', ['1INVOICE']],
    ['openOver: { amount: "246.90", currency: "USD" }', []],
    ['openOver: { amount: "19999", currency: "JPY" }', ['1PAIDYEN']],
    ['openOver: { amount: "20000", currency: "JPY" }', []],
    ['openOver: { amount: "99999999999999999999999999", currency: "USD" }', []],
    ['states: [NEW], sites: ["JP"]', []],
  ])('%s', async (filter, expected) => {
    expect(await found('purchaseOrders', filter, 'number')).toEqual(expected);
  });
  test('of accounts by id', async () => {
    expect(await found('purchaseOrders', `accounts: ["${accountRef(jp)}"]`, 'number')).toEqual(['1PAIDYEN']);
    expect(await found('purchaseOrders', `accounts: ["${accountRef(us)}"], sites: ["JP"]`, 'number')).toEqual([]);
  });
});

describe('lines', () => {
  test.each([
    ['receivedNotInvoiced: true', ['1RECEIVE', '1RECEIVE']],
    ['invoicedNotReceived: true', ['1INVOICE', '1INVOICE']],
    ['shippedNotReceived: true, states: [PARTIALLY_SHIPPED]', ['1SHIPPED', '1SHIPPED']],
    ['unpaid: true, sites: ["US"]', ['1INVOICE', '1INVOICE']],
    ['asins: ["B0SPECIAL1"]', ['1INVOICE']],
    ['orderedSince: "2026-09-06T00:00:00Z", vendorCodes: ["LARK1"]', ['1PAIDOFF', '1PAIDOFF', '1PAIDYEN', '1PAIDYEN']],
  ])('%s', async (filter, expected) => {
    expect(await found('orderLines', filter, 'orderNumber')).toEqual(expected);
  });
});

describe('shipments', () => {
  test.each([
    ['orderNumbers: ["1SHIPPED"]', ['ASN-1SHIPPED']],
    ['lateOn: "2026-09-08T05:00:00Z"', ['ASN-1RECEIVE', 'ASN-1SHIPPED']],
    ['shipped: { from: "2026-09-09T00:00:00Z" }', ['ASN-1PAIDYEN']],
    ['sscc: "003456789012345678", sites: ["JP"]', ['ASN-1PAIDYEN']],
    ['cancelled: true', []],
  ])('%s', async (filter, expected) => {
    expect(await found('shipments', filter, 'identifier')).toEqual(expected);
  });
});

describe('invoices', () => {
  test.each([
    ['unpaid: true', ['INV-1INVOICE', 'INV-1PAIDYEN']],
    ['unpaid: false', ['INV-1PAIDOFF']],
    ['dueBefore: "2026-11-11"', ['INV-1PAIDOFF']],
    ['dueBefore: "2026-11-10"', []],
    ['dueBefore: "2026-11-23", unpaid: true', []],
    ['documents: [CREDIT_NOTE]', []],
    ['orderNumbers: ["1INVOICE"]', ['INV-1INVOICE']],
    ['openOver: { amount: "246.89", currency: "USD" }', ['INV-1INVOICE']],
  ])('%s', async (filter, expected) => {
    expect(await found('invoices', filter, 'number')).toEqual(expected);
  });
});

test('payments by the invoice they settle', async () => {
  expect(await found('payments', 'invoiceNumbers: ["INV-1PAIDOFF"]', 'number')).toEqual(['PAY-1PAIDOFF']);
  expect(await found('payments', 'amountOver: { amount: "246.90", currency: "USD" }', 'number')).toEqual([]);
});

test('receipts by order and day', async () => {
  expect(await found('receipts', 'receivedSince: "2026-09-10T00:00:01Z", sites: ["US"]', 'orderNumber')).toEqual([
    '1PAIDOFF',
    '1PAIDOFF',
  ]);
  expect(await found('receipts', 'corrections: true', 'orderNumber')).toEqual([]);
});

test('products by ASIN', async () => {
  expect(await found('products', 'asins: ["B0SPECIAL1"]', 'asin')).toEqual(['B0SPECIAL1']);
});

test('accounts by site and vendor code', async () => {
  expect(await found('accounts', 'vendorCodes: ["LARKJ"]', 'name')).toEqual(['Larkfield JP']);
});

test.each([
  ['purchaseOrders(first: 1, filter: { accounts: ["nonsense"] })', 'accounts'],
  ['purchaseOrders(first: 1, filter: { openOver: { amount: "0.5", currency: "JPY" } })', 'amount'],
])('%s is refused by name', async (field, argument) => {
  const { errors } = await ask(world, tenant, `{ ${field} { nodes { number } } }`);
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining(argument) }]);
});

test.each([
  ['Decimal', 'purchaseOrders(first: 1, filter: { openOver: { amount: 12.5, currency: "USD" } })'],
  ['Date', 'invoices(first: 1, filter: { dueBefore: "2026-02-30" })'],
  ['Instant', 'purchaseOrders(first: 1, filter: { orderedSince: "2026-09-01" })'],
  ['CurrencyCode', 'purchaseOrders(first: 1, filter: { openOver: { amount: "1", currency: "dollars" } })'],
])('a %s that is none does not validate', async (_scalar, field) => {
  await expect(ask(world, tenant, `{ ${field} { nodes { __typename } } }`)).rejects.toThrow(/expected/);
});
