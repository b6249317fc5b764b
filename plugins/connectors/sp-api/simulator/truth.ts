// Everything that is so at an instant, without Amazon's forgetting: what tests compare a reader's work with.
import type { SimulatedAccount } from './accounts.ts';
import { isoInstant } from './calendar.ts';
import type { Instant } from './clock.ts';
import {
  discountOf,
  invoiceAt,
  paidOf,
  priceVarianceOf,
  quantityVarianceOf,
  statusOf,
  withheldOf,
} from './invoice-state.ts';
import type { Json } from './json.ts';
import type { InvoiceLife, OrderChange, OrderEvent, OrderLife } from './life.ts';
import { costText, minorText } from './money.ts';
import { shipmentAt } from './shipment-state.ts';
import { happened, orderAt } from './state.ts';
import type { Chronicle, ToldStory } from './world.ts';

/** All money is text in the account's currency; all quantities are eaches. */
export function truthOf(account: SimulatedAccount, chronicle: Chronicle, now: Instant): Json {
  const invoices = chronicle.invoices.filter((invoice) => invoice.createdAt <= now);
  const shipments = chronicle.shipments.filter((shipment) => shipment.createdAt <= now).map((s) => shipmentAt(s, now));
  const tally = tallyOf(invoices, shipments);
  return {
    account: account.name,
    currency: account.currency,
    now: isoInstant(now),
    orders: chronicle.orders
      .filter((order) => order.placedAt <= now)
      .map((order) => orderTruth(account, order, now, tally)),
    shipments: shipments.map((state) => ({
      identifier: state.shipment.identifier,
      status: state.status,
      cancelled: state.cancelledAt !== undefined,
      deliveredAt: state.deliveredAt === undefined ? null : isoInstant(state.deliveredAt),
      billOfLading: state.shipment.billOfLading,
      cartons: state.cartons.length,
      items: state.items.map((item) => ({
        purchaseOrderNumber: item.order.number,
        sequence: item.line.sequence,
        eaches: item.eaches,
      })),
    })),
    invoices: invoices.map((invoice) => invoiceTruth(account, invoice, now)),
    payments: paymentTruth(account, invoices, now),
  };
}

interface Tally {
  readonly shipped: ReadonlyMap<string, number>;
  readonly invoiced: ReadonlyMap<string, number>;
}

function tallyOf(invoices: readonly InvoiceLife[], shipments: readonly ReturnType<typeof shipmentAt>[]): Tally {
  const shipped = new Map<string, number>();
  const invoiced = new Map<string, number>();
  const add = (to: Map<string, number>, order: OrderLife, sequence: string, eaches: number) => {
    const key = `${order.number} ${sequence}`;
    to.set(key, (to.get(key) ?? 0) + eaches);
  };
  for (const state of shipments) {
    if (state.cancelledAt !== undefined || state.status !== 'Shipped') continue;
    for (const item of state.items) add(shipped, item.order, item.line.sequence, item.eaches);
  }
  for (const line of invoices.flatMap((invoice) => invoice.lines)) {
    if (line.order && line.line) {
      add(invoiced, line.order, line.line.sequence, line.quantity / (line.line.product.weight?.perEach ?? 1));
    }
  }
  return { shipped, invoiced };
}

function orderTruth(account: SimulatedAccount, order: OrderLife, now: Instant, tally: Tally): Json {
  const state = orderAt(order, now);
  return {
    number: order.number,
    placedAt: isoInstant(order.placedAt),
    state: state.state,
    vendorCode: order.vendorCode,
    type: state.type,
    freight: state.freight,
    shipTo: state.shipTo.code,
    window: { from: isoInstant(state.window.from), until: isoInstant(state.window.until) },
    lines: state.lines.map((line) => {
      const answer = line.answers.at(-1);
      const key = `${order.number} ${line.line.sequence}`;
      return {
        sequence: line.line.sequence,
        asin: line.line.product.asin,
        cost: costText(line.cost, account.minorDigits),
        ordered: line.ordered,
        accepted: answer?.accepted ?? 0,
        backordered: answer?.backordered ?? 0,
        rejected: answer?.rejected ?? 0,
        shipped: tally.shipped.get(key) ?? 0,
        received: line.received,
        invoiced: tally.invoiced.get(key) ?? 0,
      };
    }),
    history: order.events.slice(0, happened(order.events, now)).map((event) => eventTruth(account, event)),
  };
}

function eventTruth(account: SimulatedAccount, event: OrderEvent): Json {
  const at = isoInstant(event.at);
  switch (event.kind) {
    case 'changed':
      return {
        at,
        kind: event.kind,
        changes: event.changes.map((change) => changeTruth(account, change)),
      };
    case 'acknowledged':
      return { at, kind: event.kind, lines: event.lines.map((line) => ({ ...line })) };
    case 'received':
      return { at, kind: event.kind, sequence: event.sequence, eaches: event.eaches, place: event.place };
    case 'closed':
      return { at, kind: event.kind };
  }
}

function changeTruth(account: SimulatedAccount, change: OrderChange): Json {
  switch (change.field) {
    case 'quantity':
      return { field: change.field, sequence: change.sequence, ordered: change.ordered };
    case 'cost':
      return {
        field: change.field,
        sequence: change.sequence,
        cost: costText(change.cost, account.minorDigits),
      };
    case 'window':
      return {
        field: change.field,
        from: isoInstant(change.window.from),
        until: isoInstant(change.window.until),
      };
    case 'ship-to':
      return { field: change.field, shipTo: change.place.code };
    case 'line-added':
      return { field: change.field, sequence: change.line.sequence, ordered: change.line.ordered };
    case 'line-removed':
      return { field: change.field, sequence: change.sequence };
    case 'type':
      return { field: change.field, type: change.type };
    case 'freight':
      return { field: change.field, freight: change.freight };
    case 'cancelled':
    case 'uncancelled':
      return { field: change.field };
  }
}

function invoiceTruth(account: SimulatedAccount, invoice: InvoiceLife, now: Instant): Json {
  const state = invoiceAt(invoice, now);
  const money = (amount: bigint) => minorText(amount, account.minorDigits);
  return {
    identifier: invoice.identifier,
    number: invoice.number,
    kind: invoice.kind,
    claim: invoice.claim ?? null,
    parent: invoice.parent ?? null,
    status: statusOf(invoice, state),
    issuedAt: isoInstant(invoice.issuedAt),
    dueAt: isoInstant(invoice.dueAt),
    terms: invoice.terms,
    total: money(state.total),
    paid: money(paidOf(state)),
    queued: money(state.queued),
    discount: money(discountOf(state)),
    withheld: money(withheldOf(state)),
    quantityVariance: money(quantityVarianceOf(state)),
    priceVariance: money(priceVarianceOf(state)),
    withheldFromParent: money(state.withheldFromParent),
    rejected: state.rejected ?? null,
    purchaseOrders: invoice.orders.map((order) => order.number),
    remittances: state.allocations.map((allocation) => ({
      remittance: allocation.remittance,
      at: isoInstant(allocation.at),
      amount: money(allocation.amount),
    })),
  };
}

/** Per remittance: what it paid of payables less what it took for receivables. */
function paymentTruth(account: SimulatedAccount, invoices: readonly InvoiceLife[], now: Instant): Json[] {
  const payments = new Map<string, { at: Instant; paid: bigint; deducted: bigint; documents: string[] }>();
  for (const invoice of invoices) {
    for (const allocation of invoiceAt(invoice, now).allocations) {
      const payment = payments.get(allocation.remittance) ?? {
        at: allocation.at,
        paid: 0n,
        deducted: 0n,
        documents: [],
      };
      if (invoice.kind === 'payable') payment.paid += allocation.amount;
      else payment.deducted += allocation.amount;
      payment.documents.push(invoice.identifier);
      payments.set(allocation.remittance, payment);
    }
  }
  const money = (amount: bigint) => minorText(amount, account.minorDigits);
  return [...payments].map(([remittance, payment]) => ({
    remittance,
    at: isoInstant(payment.at),
    paid: money(payment.paid),
    deducted: money(payment.deducted),
    net: money(payment.paid - payment.deducted),
    documents: payment.documents,
  }));
}

export const storyTruth = (story: ToldStory): Json => ({
  edgeCase: story.edgeCase,
  title: story.title,
  account: story.account,
  startsAt: isoInstant(story.startsAt),
  purchaseOrders: [...story.purchaseOrders],
  shipments: [...story.shipments],
  invoices: [...story.invoices],
});
