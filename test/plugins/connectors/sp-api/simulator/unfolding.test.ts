// Stories watched through the API while the clock turns: what a poller would really see, step by step.
import { afterEach, expect, test } from 'vitest';
import { demoAccounts, type Simulator } from '../../../../../plugins/connectors/sp-api/simulator/index.ts';
import { get, login, paths, start } from './client.ts';

let simulator: Simulator | undefined;
afterEach(() => simulator?.close());

/** The oldest telling of a story, and a look at one of its documents at any instant. */
async function watch(title: string) {
  const running = await start();
  simulator = running;
  const now = running.clock.now();
  const [found] = demoAccounts
    .flatMap((account) => running.world.chronicle(account, now).stories.map((story) => ({ account, story })))
    .filter(({ story }) => story.title === title)
    .sort((a, b) => a.story.startsAt - b.story.startsAt);
  if (!found) throw new Error(`not told: ${title}`);
  const { account, story } = found;
  const chronicle = running.world.chronicle(account, now);
  const look = async (at: number, path: string, query: { readonly [name: string]: string } = {}) => {
    running.clock.set({ now: at });
    return get(running, account, await login(running, account), path, query);
  };
  return { account, story, chronicle, look };
}

test('a voided payment takes its remittance number with it, and comes back under another', async () => {
  const { account, story, chronicle, look } = await watch('Payment voided and made again');
  const identifier = story.invoices[0] ?? '';
  const events = chronicle.invoiceByIdentifier.get(identifier)?.events ?? [];
  const seen: { text: string; status: string; payments: string[] }[] = [];
  for (const kind of ['paid', 'payment-voided'] as const) {
    const path = `${paths.invoices}/${encodeURIComponent(identifier)}`;
    const at = events.find((event) => event.kind === kind)?.at ?? 0;
    const { text } = await look(at, path, { marketplaceId: account.marketplaceId });
    seen.push(read(text));
  }
  const last = events.findLast((event) => event.kind === 'paid')?.at ?? 0;
  seen.push(
    read(
      (
        await look(last, `${paths.invoices}/${encodeURIComponent(identifier)}`, {
          marketplaceId: account.marketplaceId,
        })
      ).text,
    ),
  );
  const [paid, voided, again] = seen;
  expect(paid?.status).toBe('PAID');
  expect(paid?.text).toContain('AmountPaid');
  expect(voided?.status).toBe('IN_PROGRESS');
  expect(voided?.text).not.toContain('AmountPaid');
  expect(voided?.payments).toEqual([]);
  expect(again?.status).toBe('PAID');
  expect(again?.payments).toHaveLength(1);
  expect(again?.payments).not.toEqual(paid?.payments);
});

function read(text: string): { text: string; status: string; payments: string[] } {
  const { invoiceHeader } = JSON.parse(text) as {
    invoiceHeader: {
      invoiceStatus: string;
      relatedIdentifiers: { relatedIdentifierName: string; relatedIdentifierValue: string[] }[];
    };
  };
  const payments = invoiceHeader.relatedIdentifiers.find((one) => one.relatedIdentifierName === 'UNIQUE_PAYMENT_IDS');
  return { text, status: invoiceHeader.invoiceStatus, payments: payments?.relatedIdentifierValue ?? [] };
}

test('an order is cancelled, reads as zero and closed, and then stands again as it was', async () => {
  const { story, chronicle, look } = await watch('Cancelled, then un-cancelled');
  const number = story.purchaseOrders[0] ?? '';
  const changes = chronicle.orderByNumber.get(number)?.events.filter((event) => event.kind === 'changed') ?? [];
  const [cancelledAt = 0, backAt = 0] = changes.map((event) => event.at);
  const at = async (instant: number) => {
    const order = JSON.parse((await look(instant, `${paths.orders}/${number}`)).text).payload;
    return [
      order.purchaseOrderState,
      order.orderDetails.items.every(
        (item: { orderedQuantity: { amount: number } }) => item.orderedQuantity.amount === 0,
      ),
      order.orderDetails.purchaseOrderChangedDate !== undefined,
    ];
  };
  expect(await at(cancelledAt - 1000)).toEqual(['Acknowledged', false, false]);
  expect(await at(cancelledAt)).toEqual(['Closed', true, true]);
  expect(await at(backAt)).toEqual(['Acknowledged', false, true]);
});

test('a received total goes up, and then down', async () => {
  const { story, chronicle, look } = await watch('Received total corrected downwards');
  const number = story.purchaseOrders[0] ?? '';
  const counts =
    chronicle.orderByNumber
      .get(number)
      ?.events.filter((event) => event.kind === 'received' && event.sequence === '1') ?? [];
  const totals: number[] = [];
  for (const { at } of counts) {
    const answer = await look(at, paths.status, { purchaseOrderNumber: number });
    const received = answer.json.payload.ordersStatus[0]?.itemStatus[0]?.receivingStatus.receivedQuantity;
    totals.push((received?.amount ?? 0) * (received?.unitSize ?? 0));
  }
  expect(totals.at(-2)).toBe(24);
  expect(totals.at(-1)).toBe(19);
});
