import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoAccounts, type Simulator } from '../../../../../plugins/connectors/sp-api/simulator/index.ts';
import { notShown, stories } from '../../../../../plugins/connectors/sp-api/simulator/stories/index.ts';
import { start } from './client.ts';
import { minor, storiesOf, type Told, type TrueInvoice, type TrueOrder, type Truth, truthOf } from './truth.ts';

let simulator: Simulator;
let told: readonly Told[];
const truths = new Map<string, Truth>();

beforeAll(async () => {
  simulator = await start();
  told = await storiesOf(simulator);
  for (const account of demoAccounts) truths.set(account.name, await truthOf(simulator, account.name));
});
afterAll(() => simulator.close());

test('each of the fifty edge cases is told or honestly left out', () => {
  const shown = new Set(told.map((story) => story.edgeCase));
  const left = new Set(notShown.map((one) => one.edgeCase));
  expect(Array.from({ length: 50 }, (_, i) => i + 1).filter((n) => shown.has(n) === left.has(n))).toEqual([]);
  expect(stories.filter((story) => !told.some((one) => one.title === story.title))).toEqual([]);
  expect(new Set(stories.map((story) => story.title)).size).toBe(stories.length);
});

test('most lives are normal', () => {
  const orders = [...truths.values()].flatMap((truth) => truth.orders).length;
  expect(told.flatMap((story) => story.purchaseOrders).length).toBeLessThan(orders / 3);
});

test('some stories are still unfolding when the world is opened', () => {
  const unfinished = told.filter((story) => Date.parse(story.startsAt) > Date.parse('2026-02-10T00:00:00Z'));
  expect(unfinished.length).toBeGreaterThan(8);
});

test('at three hundred times real speed, something visible happens every few seconds', () => {
  const [from, days] = [simulator.clock.now(), 14];
  const until = from + days * 86_400_000;
  let visible = 0;
  for (const account of simulator.world.accounts) {
    const { orders, shipments, invoices } = simulator.world.chronicle(account, until);
    for (const document of [...orders, ...shipments, ...invoices]) {
      visible += new Set(document.events.map((event) => event.at).filter((at) => at > from && at <= until)).size;
    }
  }
  const realSecondsPerDay = 86_400 / 300;
  expect(realSecondsPerDay / (visible / days)).toBeLessThan(4);
});

interface Seen {
  readonly orders: readonly TrueOrder[];
  readonly invoices: readonly TrueInvoice[];
  readonly truth: Truth;
  readonly story: Told;
}

/** The oldest telling of a story: what of it is true at the end of half a year. */
function seen(title: string): Seen {
  const [story] = told.filter((one) => one.title === title).sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  const truth = truths.get(story?.account ?? '');
  if (!story || !truth) throw new Error(`not told: ${title}`);
  return {
    story,
    truth,
    orders: truth.orders.filter((order) => story.purchaseOrders.includes(order.number)),
    invoices: truth.invoices.filter((invoice) => story.invoices.includes(invoice.identifier)),
  };
}
const changed = (order: TrueOrder | undefined) =>
  order?.history.flatMap((event) => event.changes?.map((change) => change.field) ?? []);
const receipts = (order: TrueOrder | undefined) => order?.history.filter((event) => event.kind === 'received') ?? [];
const answers = (order: TrueOrder | undefined) =>
  order?.history.filter((event) => event.kind === 'acknowledged').length;
const cost = (of: Seen) => of.orders.flatMap((order) => order.lines.map((line) => line.cost));

// What must be true of each story once it has been told; one line for every one there is.
const proofs: { readonly [title: string]: (of: Seen) => unknown } = {
  'One line partly accepted, partly backordered, partly rejected': ({ orders: [order] }) =>
    order?.lines[0]?.accepted === 24 && order.lines[0].backordered === 10 && order.lines[0].rejected === 6,
  'Acknowledgement taken back in part within 48 hours': ({ orders: [order] }) =>
    answers(order) === 2 && order?.lines[0]?.accepted === 9 && order.lines[0].rejected === 21,
  'Acknowledgement taken back in full within 48 hours': ({ orders: [order] }) =>
    answers(order) === 2 && order?.state === 'Closed' && order.lines[0]?.rejected === 12,
  'A line left out of the acknowledgement counts as rejected': ({ orders: [order] }) =>
    order?.lines[1]?.accepted === 0 &&
    order.lines[1].rejected === order.lines[1].ordered &&
    order.lines[1].shipped === 0,
  'Quantities raised and lowered after the acknowledgement': ({ orders: [order] }) =>
    answers(order) === 2 && order?.lines[0]?.ordered === 48 && order.lines[1]?.ordered === 20,
  'A line added and another removed': ({ orders: [order] }) =>
    order?.lines.map((line) => line.sequence).join() === '1,3,4' && order.lines[2]?.ordered === 18,
  'Type and freight changed before shipping': ({ orders: [order] }) =>
    order?.type === 'RushOrder' && order.freight === 'Collect',
  'Cancelled, then un-cancelled': ({ orders: [order] }) =>
    changed(order)?.join() === 'cancelled,uncancelled' && order?.lines.every((line) => line.received > 0),
  'Cancelled while the truck is on the road': ({ orders: [order], invoices: [bill] }) =>
    order?.state === 'Closed' &&
    order.lines.every((line) => line.ordered === 0 && line.shipped > 0 && line.received === 0) &&
    bill?.paid === (bill?.total.includes('.') ? '0.00' : '0'),
  'Fulfilment centre changed after the shipment left': ({ orders: [order] }) =>
    changed(order)?.includes('ship-to') && receipts(order).every((event) => event.place === order?.shipTo),
  'Window extended, shipped after the first window': ({ orders: [order] }) =>
    changed(order)?.join() === 'window' && order?.state === 'Closed',
  'Cost lowered after shipping, billed at the cost of the ship date': ({ orders: [order], invoices: [bill] }) =>
    changed(order)?.includes('cost') && minor(bill?.priceVariance ?? '0') > 0n,
  'One line sent in three shipments': ({ orders: [order], story }) =>
    story.shipments.length === 3 && order?.lines[0]?.shipped === 90,
  'Three orders in one shipment': ({ story, truth }) =>
    new Set(
      truth.shipments
        .find((one) => one.identifier === story.shipments[0])
        ?.items.map((item) => item.purchaseOrderNumber),
    ).size === 3,
  'Shipment notice replaced by one with less in it': ({ orders: [order] }) =>
    order?.lines[0]?.shipped === 18 && order.lines[0].received === 18,
  'Three shipments under one bill of lading': ({ story, truth }) =>
    new Set(truth.shipments.filter((one) => story.shipments.includes(one.identifier)).map((one) => one.billOfLading))
      .size === 1 && story.shipments.length === 3,
  'Transport cancelled and requested anew': ({ story, truth }) =>
    truth.shipments
      .filter((one) => story.shipments.includes(one.identifier))
      .map((one) => one.cancelled)
      .sort()
      .join() === 'false,true',
  'Counted in without any shipment notice': ({ orders: [order], story }) =>
    story.shipments.length === 0 && order?.lines.every((line) => line.shipped === 0 && line.received === line.ordered),
  'Counted in over six days': ({ orders: [order] }) =>
    new Set(receipts(order).map((event) => event.at.slice(0, 10))).size >= 5,
  'More counted than sent': ({ orders: [order] }) => order?.lines[0]?.received === 33 && order.lines[0].shipped === 30,
  'Received total corrected downwards': ({ orders: [order] }) =>
    receipts(order).some((event) => event.eaches === -5) && order?.lines[0]?.received === 19,
  'Counted in at another fulfilment centre than ordered': ({ orders: [order] }) =>
    receipts(order).every((event) => event.place && event.place !== order?.shipTo),
  'Counted in under the ASIN of the neighbouring line': ({ orders: [order] }) =>
    order?.lines[0]?.received === 0 && order.lines[1]?.received === 40,
  'Ten cases of five ordered, fifty pieces counted': ({ orders: [order] }) =>
    order?.lines[0]?.ordered === 50 && order.lines[0].received === 50,
  'A line priced by weight': ({ orders: [order] }) => order?.lines[0]?.invoiced === 40,
  'One invoice for three orders': ({ invoices: [bill] }) => bill?.purchaseOrders.length === 3,
  'One invoice of 660 lines over six orders': ({ invoices: [bill], orders }) =>
    bill?.purchaseOrders.length === 6 && orders.flatMap((order) => order.lines).length === 660,
  'Two invoices for one line': ({ invoices, orders: [order] }) =>
    invoices.length === 2 && order?.lines.length === 1 && order.lines[0]?.invoiced === 60,
  'The same invoice number sent twice': ({ invoices: [a, b] }) =>
    a?.number === b?.number && [a, b].some((one) => one?.rejected === 'DUPLICATE_INVOICE_DEFECT'),
  'Billed before anything was shipped: rejected, then sent under a new number': ({ invoices }) =>
    invoices
      .map((one) => one.status === 'REJECTED')
      .sort()
      .join() === 'false,true',
  'Billed above the cost of the order': ({ invoices: [bill] }) => minor(bill?.priceVariance ?? '0') > 0n,
  'Credit note that names its invoice': ({ invoices }) =>
    invoices.some((one) => minor(one.total) < 0n && one.parent !== null && one.status === 'PAID'),
  'Credit note for a return, without any invoice': ({ invoices }) =>
    invoices.some((one) => minor(one.total) < 0n && one.parent === null && one.status === 'PAID'),
  'A negative line on one invoice, a total of zero on the next': ({ invoices, orders: [order] }) =>
    invoices.some((one) => minor(one.total) === 0n && one.status === 'REJECTED') && order?.lines[0]?.invoiced === 22,
  'Freight charge and allowance in the header': ({ invoices: [bill] }) =>
    bill?.status === 'PAID' || bill?.status === 'PARTIALLY_PAID',
  'One payment for three invoices': ({ invoices }) =>
    invoices.length === 3 && new Set(invoices.flatMap((one) => one.remittances.map((r) => r.remittance))).size === 1,
  'One invoice over three payments': ({ invoices: [bill] }) =>
    bill?.status === 'PAID' && new Set(bill.remittances.map((r) => r.remittance)).size === 3,
  'A payment net of a claim on another invoice': ({ invoices }) =>
    new Set(invoices.flatMap((one) => one.remittances.map((r) => r.remittance))).size === 1 &&
    invoices.some((one) => one.status === 'DEDUCTED'),
  'Claims exceed a payment; the rest is carried to the next run': ({ invoices, truth }) => {
    const claim = invoices.find((one) => one.kind === 'receivable');
    const carried = truth.payments.find((one) => one.remittance === claim?.remittances[0]?.remittance);
    return claim?.remittances.length === 2 && claim.status === 'DEDUCTED' && minor(carried?.net ?? '1') === 0n;
  },
  'Payment voided and made again': ({ invoices: [bill] }) => bill?.status === 'PAID' && bill.remittances.length === 1,
  'Quick-pay discount taken two weeks too late': ({ invoices: [bill] }) => minor(bill?.discount ?? '0') > 0n,
  'Discount taken from the net amount on one invoice, from the gross on another': ({ invoices }) =>
    invoices.length === 2 && invoices.every((one) => minor(one.discount) > 0n),
  'Provision for receivables and its reversal': ({ invoices }) =>
    invoices.filter((one) => one.claim === 'provision').reduce((sum, one) => sum + minor(one.paid), 0n) === 0n &&
    invoices.filter((one) => one.status === 'DEDUCTED').length === 2,
  'Tax withheld from a payment': ({ invoices: [bill] }) => minor(bill?.withheld ?? '0') > 0n && bill?.status === 'PAID',
  'Month-end terms on the 31st, due on a weekend or a bank day as it falls': ({ invoices: [bill] }) =>
    bill?.status === 'PAID',
  'Due on a Sunday and paid five runs late': ({ invoices: [bill] }) =>
    Date.parse(bill?.remittances[0]?.at ?? '') - Date.parse(bill?.dueAt ?? '') > 34 * 86_400_000,
  'Shortage claim, reversal, revised claim, second reversal': ({ invoices }) =>
    chain(invoices, ['', 'SC', 'SCR', 'SCRSC', 'SCRSCR']),
  'Shortage claim reversed in part and left there': ({ invoices }) => chain(invoices, ['', 'SC', 'SCR', 'SCRSC']),
  'Chargeback that names no line': ({ invoices }) =>
    invoices.some((one) => one.claim === 'chargeback' && one.purchaseOrders.length === 0 && one.status === 'DEDUCTED'),
  'Co-op accrual for a month of purchases': ({ invoices }) =>
    invoices.some((one) => /^\d{4}-\d{8}$/.test(one.number) && one.status === 'DEDUCTED'),
  'Price protection and damage allowance': ({ invoices }) =>
    invoices.filter((one) => one.status === 'DEDUCTED').length === 2,
  'Return deducted months after its line was paid': ({ invoices }) =>
    invoices.some((one) => one.claim === 'return' && one.status === 'DEDUCTED'),
  'Consigned stock, billed only as it sells': ({ orders: [order], invoices }) =>
    order?.type === 'ConsignedOrder' && invoices.length === 2 && order.lines[0]?.invoiced === 36,
  'Import order in an ocean container': (of) => of.orders[0]?.freight === 'Collect' && cost(of).length === 4,
};

/** The chain balances: each child's amount is its parent's less what the parent was paid. */
function chain(invoices: readonly TrueInvoice[], suffixes: readonly string[]): boolean {
  const first = invoices.reduce((a, b) => (a.number.length < b.number.length ? a : b));
  const documents = suffixes.map((suffix) => invoices.find((one) => one.number === first.number + suffix));
  return documents.every((document) => {
    if (!document) return false;
    const parent = invoices.find((one) => one.number === document.parent);
    if (document === first) return true;
    return parent !== undefined && minor(document.total) === minor(parent.total) - minor(parent.paid);
  });
}

test('every story has a proof', () => {
  expect(Object.keys(proofs).sort()).toEqual(stories.map((story) => story.title).sort());
});

test.each(Object.entries(proofs))('%s', (title, holds) => {
  const of = seen(title);
  expect(holds(of) === true, JSON.stringify({ orders: of.orders, invoices: of.invoices }, null, 1).slice(0, 6000)).toBe(
    true,
  );
});
