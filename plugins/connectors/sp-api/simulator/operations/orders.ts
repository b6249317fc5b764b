// getPurchaseOrders, getPurchaseOrder and getPurchaseOrdersStatus.
import { invalidInput, notFound } from '../api-error.ts';
import { dayLength } from '../calendar.ts';
import { type Json, toJson } from '../json.ts';
import { bookmarkOf, type Position, tokenAfter } from '../paging.ts';
import { flagOf, limitOf, type Range, rangeOf, within, wordOf } from '../query.ts';
import { type OrderState, orderAt } from '../state.ts';
import { confirmationOf, openOrClosed, orderStatusView, receiptOf } from '../views/order-status.ts';
import { orderHeadView, orderView } from '../views/orders.ts';
import { type Asked, faultyPage, isLost, shown, sixMonthsBefore } from './context.ts';

const positionOf = (state: OrderState): Position => [state.order.placedAt, state.order.number];

/** Everything created in the range that Amazon would still show at this instant, oldest first. */
function visible(asked: Asked, created: Range | undefined): OrderState[] {
  const oldest = sixMonthsBefore(asked.now);
  return asked.chronicle.orders
    .filter(
      ({ placedAt }) =>
        placedAt <= asked.now && placedAt >= oldest && within(created, placedAt) && !isLost(asked, placedAt),
    )
    .map((order) => orderAt(order, asked.now));
}

/** Without any range Amazon's answer is about the last seven days. */
const lastWeek = (now: number): Range => ({ after: now - 7 * dayLength, before: now + 1 });

/** GET /vendor/orders/v1/purchaseOrders. @source vendorOrders.json */
export function getPurchaseOrders(asked: Asked): string {
  const { query, account } = asked;
  const bookmark = bookmarkOf(query, `orders ${account.name}`, asked.now);
  const limit = limitOf(query, 100);
  const descending = wordOf(query, 'sortOrder', ['ASC', 'DESC']) === 'DESC';
  const changed = rangeOf(query, 'changed', bookmark.asOf, 7);
  const created = rangeOf(query, 'created', bookmark.asOf, 7) ?? (changed ? undefined : lastWeek(bookmark.asOf));
  const onlyChanged = flagOf(query, 'isPOChanged', false);
  const state = wordOf(query, 'purchaseOrderState', ['New', 'Acknowledged', 'Closed']);
  const cancelled = wordOf(query, 'poItemState', ['Cancelled']) !== undefined;
  const vendorCode = query.get('orderingVendorCode');
  const details = flagOf(query, 'includeDetails', true);

  const found = visible(asked, created).filter(
    (order) =>
      within(changed, order.changedAt) &&
      (!onlyChanged || order.changedAt !== undefined) &&
      (!state || order.state === state) &&
      (!cancelled || order.lines.some((line) => line.cancelled)) &&
      (!vendorCode || order.order.vendorCode === vendorCode),
  );
  if (descending) found.reverse();
  const page = faultyPage(asked, found, positionOf, bookmark, limit, descending);
  const orders = page.items.map((order) =>
    details
      ? shown(asked, 'order', order.order.number, order.order, order.version, () => orderView(account, order))
      : orderHeadView(order),
  );
  const nextToken = page.next && tokenAfter(query, `orders ${account.name}`, bookmark.asOf, page.next);
  return listing('orders', orders, nextToken);
}

/** GET /vendor/orders/v1/purchaseOrders/{purchaseOrderNumber} */
export function getPurchaseOrder(asked: Asked, purchaseOrderNumber: string): string {
  if (!/^[A-Z0-9]{1,16}$/i.test(purchaseOrderNumber)) throw invalidInput('purchaseOrderNumber is not an order number.');
  const order = asked.chronicle.orderByNumber.get(purchaseOrderNumber);
  if (
    !order ||
    order.placedAt > asked.now ||
    order.placedAt < sixMonthsBefore(asked.now) ||
    isLost(asked, order.placedAt)
  ) {
    throw notFound(`No purchase order ${purchaseOrderNumber}.`);
  }
  const state = orderAt(order, asked.now);
  return toJson({
    payload: shown(asked, 'order', order.number, order, state.version, () => orderView(asked.account, state)),
  });
}

/** GET /vendor/orders/v1/purchaseOrdersStatus. @source vendorOrders.json */
export function getPurchaseOrdersStatus(asked: Asked): string {
  const { query, account } = asked;
  const bookmark = bookmarkOf(query, `status ${account.name}`, asked.now);
  const limit = limitOf(query, 100);
  const descending = wordOf(query, 'sortOrder', ['ASC', 'DESC']) === 'DESC';
  const number = query.get('purchaseOrderNumber');
  const asksUpdated = rangeOf(query, 'updated', bookmark.asOf, 7);
  const updated = asked.faults.ignoreUpdatedFilter ? undefined : asksUpdated;
  const created =
    rangeOf(query, 'created', bookmark.asOf, 7) ?? (asksUpdated || number ? undefined : lastWeek(bookmark.asOf));
  const status = wordOf(query, 'purchaseOrderStatus', ['OPEN', 'CLOSED']);
  const confirmation = wordOf(query, 'itemConfirmationStatus', [
    'ACCEPTED',
    'PARTIALLY_ACCEPTED',
    'REJECTED',
    'UNCONFIRMED',
  ]);
  const receipt = wordOf(query, 'itemReceiveStatus', ['NOT_RECEIVED', 'PARTIALLY_RECEIVED', 'RECEIVED']);
  const vendorCode = query.get('orderingVendorCode');
  const shipTo = query.get('shipToPartyId');

  const found = visible(asked, created).filter(
    (order) =>
      within(updated, order.updatedAt) &&
      (!number || order.order.number === number) &&
      (!status || openOrClosed(order) === status) &&
      (!confirmation || order.lines.some((line) => confirmationOf(line) === confirmation)) &&
      (!receipt || order.lines.some((line) => receiptOf(line) === receipt)) &&
      (!vendorCode || order.order.vendorCode === vendorCode) &&
      (!shipTo || order.shipTo.code === shipTo),
  );
  if (descending) found.reverse();
  const page = faultyPage(asked, found, positionOf, bookmark, limit, descending);
  const statuses = page.items.map((order) =>
    shown(asked, 'status', order.order.number, order.order, order.version, () => orderStatusView(account, order)),
  );
  const nextToken = page.next && tokenAfter(query, `status ${account.name}`, bookmark.asOf, page.next);
  return listing('ordersStatus', statuses, nextToken);
}

/** The envelope of the vendor listings: no `pagination` on the last page. */
export function listing(name: string, items: readonly Json[], nextToken: string | undefined): string {
  return toJson({ payload: { pagination: nextToken === undefined ? undefined : { nextToken }, [name]: items } });
}
