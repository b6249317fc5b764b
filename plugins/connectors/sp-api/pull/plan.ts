import type { Instant, Window } from 'acorn/plugin';
import type { Query } from './client.ts';
import type { Operation, Run } from './cursor.ts';
import { asked, longestRange, wholeSecond, windows } from './windows.ts';

/** Paths, and where an answer keeps its list. @source Selling Partner API models of 2026-08 */
export const operations: Readonly<Record<Operation, { readonly path: string; readonly list: string }>> = {
  getPurchaseOrders: { path: '/vendor/orders/v1/purchaseOrders', list: 'orders' },
  getPurchaseOrdersStatus: { path: '/vendor/orders/v1/purchaseOrdersStatus', list: 'ordersStatus' },
  getShipmentDetails: { path: '/vendor/shipping/v1/shipments', list: 'shipments' },
  getInvoiceHeaders: { path: '/finances/invoices/2026-06-25/invoices', list: 'invoices' },
};

/** One question, asked page by page until its pages end. */
export interface Step {
  readonly operation: Operation;
  readonly query: Query;
  /** What is listed and then fetched one by one. */
  readonly details?: Details;
}

export interface Details {
  readonly of: 'invoices' | 'orders';
  /** Only those that changed at or after this; all when absent. */
  readonly since?: Instant;
}

/**
 * Everything a run asks, in order; the same run gives the same plan, so a place in it can be stored as a number.
 *
 * What changed comes first, since people wait for it. Reading by creation then covers an import, or finds what was
 * missing when it was read before. Filters are not relied upon: facts that are known already change nothing.
 */
export function planOf(run: Run, marketplaceId: string): Step[] {
  const changes = run.since === undefined ? [] : changesSince(run.since, run, marketplaceId);
  const again = run.from === undefined ? [] : createdSince(run.from, run, marketplaceId);
  const missing =
    run.missing.length === 0
      ? []
      : createdSince(run.oldest, run, marketplaceId).filter(({ operation }) => run.missing.includes(operation));
  return [...changes, ...again, ...missing];
}

/**
 * Amazon grants orders, shipments and invoices one by one, and not every store has them all. An account without orders
 * is no account; one without the others still has its orders.
 */
export const canDoWithout = (operation: Operation): boolean =>
  operation === 'getShipmentDetails' || operation === 'getInvoiceHeaders';

function createdSince(from: Instant, run: Run, marketplaceId: string): Step[] {
  const weeks = windows(from, run.through, longestRange.orders);
  return [
    ...weeks.flatMap((window) => orders(run, range('created', window))),
    ...weeks.flatMap((window) => statuses(run, range('created', window))),
    ...weeks.map((window) => shipments(range('created', window))),
    ...windows(from, run.through, longestRange.invoices).map((window) => invoices(marketplaceId, window)),
  ];
}

/**
 * Orders can be asked for by a change of what is ordered, but not of their state: that shows in their status, so each
 * order whose status changed is fetched by its number. Shipments cannot be asked for by change at all: their own dates
 * stand in, and reading again finds the rest.
 */
function changesSince(since: Instant, run: Run, marketplaceId: string): Step[] {
  const weeks = windows(since, run.through, longestRange.orders);
  const shipmentDates = ['created', 'shipmentConfirmed', 'shipped', 'shipmentDelivery'];
  return [
    ...weeks.flatMap((window) => orders(run, range('created', window))),
    ...weeks.flatMap((window) => orders(run, range('changed', window))),
    ...weeks.flatMap((window) => statuses(run, range('created', window))),
    ...weeks
      .flatMap((window) => statuses(run, range('updated', window)))
      .map((step) => ({ ...step, details: { of: 'orders' as const, since } })),
    ...weeks.flatMap((window) => shipmentDates.map((date) => shipments(range(date, window)))),
    ...windows(run.oldest, run.through, longestRange.invoices).map((window) => invoices(marketplaceId, window, since)),
  ];
}

const range = (date: string, window: Window): Query => {
  const { after, before } = asked(window);
  return { [`${date}After`]: after, [`${date}Before`]: before };
};

const orders = (run: Run, dates: Query): Step[] =>
  perVendorCode(run, 'getPurchaseOrders', { ...dates, includeDetails: 'true', limit: '100', sortOrder: 'ASC' });

const statuses = (run: Run, dates: Query): Step[] =>
  perVendorCode(run, 'getPurchaseOrdersStatus', { ...dates, limit: '100', sortOrder: 'ASC' });

const shipments = (dates: Query): Step => ({
  operation: 'getShipmentDetails',
  query: { ...dates, limit: '50', sortOrder: 'ASC' },
});

function invoices(marketplaceId: string, window: Window, since?: Instant): Step {
  const { after, before } = asked(window);
  const query = { marketplaceId, fromIssueDate: after, toIssueDate: before };
  if (since === undefined) return { operation: 'getInvoiceHeaders', query, details: { of: 'invoices' } };
  return {
    operation: 'getInvoiceHeaders',
    query: { ...query, invoicesModifiedAfter: wholeSecond(since) },
    details: { of: 'invoices', since },
  };
}

const perVendorCode = (run: Run, operation: Operation, query: Query): Step[] =>
  run.vendorCodes?.map((orderingVendorCode) => ({ operation, query: { ...query, orderingVendorCode } })) ?? [
    { operation, query },
  ];
