// GetShipmentDetails.

import { invalidInput } from '../api-error.ts';
import { hour } from '../calendar.ts';
import { bookmarkOf, type Position, tokenAfter } from '../paging.ts';
import { limitOf, rangeOf, within, wordOf } from '../query.ts';
import { reached, type ShipmentState, shipmentAt } from '../shipment-state.ts';
import { shipmentView } from '../views/shipments.ts';
import { type Asked, faultyPage, shown, sixMonthsBefore } from './context.ts';
import { listing } from './orders.ts';

const positionOf = (state: ShipmentState): Position => [state.shipment.createdAt, state.shipment.identifier];

/** The moment each pair of dates asks about; undefined while it has not come. */
const momentOf: { readonly [name: string]: (state: ShipmentState) => number | undefined } = {
  created: (state) => state.shipment.createdAt,
  shipmentConfirmed: (state) => reached(state, 'Shipped'),
  packageLabelCreated: (state) => {
    const shippedAt = reached(state, 'Shipped');
    return shippedAt === undefined || state.shipment.mode !== 'SmallParcel' ? undefined : shippedAt - hour;
  },
  shipped: (state) => reached(state, 'Shipped'),
  estimatedDelivery: (state) => state.shipment.estimatedDeliveryAt,
  shipmentDelivery: (state) => state.deliveredAt,
  requestedPickUp: (state) => (state.shipment.freight === 'Collect' ? state.shipment.createdAt + 24 * hour : undefined),
  scheduledPickUp: (state) => {
    const assigned = reached(state, 'CarrierAssigned');
    return assigned === undefined ? undefined : assigned + 20 * hour;
  },
};

/**
 * GET /vendor/shipping/v1/shipments. Unlike orders, no longest range is published, so none is enforced.
 * @source vendorShipments.json
 */
export function getShipmentDetails(asked: Asked): string {
  const { query, account, now } = asked;
  const scope = `shipments ${account.name}`;
  const bookmark = bookmarkOf(query, scope, now);
  const limit = limitOf(query, 50);
  const descending = wordOf(query, 'sortOrder', ['ASC', 'DESC']) === 'DESC';
  const ranges = Object.entries(momentOf).map(([name, moment]) => ({
    range: rangeOf(query, name, bookmark.asOf),
    moment,
  }));
  const status = statusOf(query.get('currentShipmentStatus'));
  const wanted = (name: string, value: string | undefined) => !query.get(name) || query.get(name) === value;

  // The usual question is about creation: asked first, it spares looking at every other shipment.
  const created = rangeOf(query, 'created', bookmark.asOf);
  const oldest = sixMonthsBefore(now);
  const found = asked.chronicle.shipments
    .filter((shipment) => shipment.createdAt <= now && shipment.createdAt >= oldest)
    .filter((shipment) => within(created, shipment.createdAt))
    .map((shipment) => shipmentAt(shipment, now))
    .filter(
      (state) =>
        ranges.every(({ range, moment }) => within(range, moment(state))) &&
        (!status || state.status === status) &&
        wanted('vendorShipmentIdentifier', state.shipment.identifier) &&
        wanted('buyerReferenceNumber', state.shipment.referenceNumber) &&
        wanted('buyerWarehouseCode', state.shipment.to.code) &&
        wanted('sellerWarehouseCode', state.shipment.vendorCode),
    );
  if (descending) found.reverse();
  const page = faultyPage(asked, found, positionOf, bookmark, limit, descending);
  const shipments = page.items.map((state) =>
    shown(asked, 'shipment', state.shipment.identifier, state.shipment, state.version, () =>
      shipmentView(account, state),
    ),
  );
  return listing('shipments', shipments, page.next && tokenAfter(query, scope, bookmark.asOf, page.next));
}

/** Both spellings that Amazon documents: `CarrierAssigned` and `Carrier assigned`. */
function statusOf(text: string | null): string | undefined {
  if (!text) return undefined;
  const known = ['Created', 'TransportationRequested', 'CarrierAssigned', 'Shipped'];
  const status = known.find((candidate) => candidate.toLowerCase() === text.replaceAll(' ', '').toLowerCase());
  if (!status) throw invalidInput('currentShipmentStatus is not a shipment status.');
  return status;
}
