// Goods leave the vendor, in cartons with numbers, and are counted in.
import { dayLength, minute } from '../calendar.ts';
import { withCheckDigit } from '../check-digit.ts';
import type { Instant } from '../clock.ts';
import type { Carton, Eaches, ShipmentStatus, ShippedItem } from '../life.ts';
import { digits } from '../random.ts';
import type { Place } from '../sites.ts';
import { type LineState, offered } from '../state.ts';
import { soFar } from './orders.ts';
import { clockTime, lastOf, later, type OrderDraft, type Scene, type ShipmentDraft, serial } from './scene.ts';

export interface ShipWish {
  /** When the transport is first announced. */
  readonly createdAt?: Instant;
  /** Eaches to send of a line; by default everything promised and not yet sent. */
  readonly quantity?: (line: LineState, index: number) => Eaches;
  readonly to?: Place;
  readonly billOfLading?: string;
  readonly perishable?: boolean;
  readonly transitDays?: number;
}

/** Ship one or more orders to one place, together. Nothing is sent of a line with quantity 0. */
export function ship(scene: Scene, orders: readonly OrderDraft[], wish: ShipWish = {}): ShipmentDraft {
  const first = orders[0];
  if (!first) throw new Error('a shipment needs an order');
  const { random, site } = scene;
  const state = soFar(first);
  const answered = orders.reduce((latest, order) => lastOf(order.events, latest), first.placedAt);
  // Announced when the window is about to open, so that few trucks arrive before they may.
  const opening = clockTime(scene, state.window.from - 2 * dayLength, 0, random.int(8 * 60, 12 * 60));
  const createdAt = wish.createdAt ?? Math.max(later(scene, answered, 1, 2), opening);
  const nth = scene.shipments.length;
  const collect = state.freight === 'Collect';
  const items = itemsToShip(scene, orders, wish.quantity);
  const cartonCount = items.reduce((sum, item) => sum + cartonsOf(item).length, 0);
  const mode = cartonCount <= 6 ? 'SmallParcel' : cartonCount <= 60 ? 'LessThanTruckLoad' : 'TruckLoad';
  const ocean = first.importTerms !== undefined;

  const at: Record<ShipmentStatus, Instant> = {
    Created: createdAt,
    TransportationRequested: 0,
    CarrierAssigned: 0,
    Shipped: 0,
  };
  at.TransportationRequested = createdAt + random.int(15, 90) * minute;
  at.CarrierAssigned = later(scene, at.TransportationRequested, collect ? 1 : 0);
  at.Shipped = later(scene, at.CarrierAssigned, 1, 2);
  const transit = wish.transitDays ?? (ocean ? random.int(18, 26) : random.int(1, 5));
  const deliveredAt = clockTime(scene, at.Shipped, transit, random.int(7 * 60, 15 * 60));

  const shipment: ShipmentDraft = {
    identifier: `${first.vendorCode}-${serial(scene, nth)}`,
    vendorCode: first.vendorCode,
    createdAt,
    freight: state.freight,
    referenceNumber: collect ? `${random.int(1, 9)}${random.text(digits, 9)}` : undefined,
    billOfLading: wish.billOfLading ?? `BOL${serial(scene, nth)}`,
    mode,
    carrier: random.pick(site.carriers),
    proNumber: random.text(digits, 10),
    from: site.warehouse,
    to: wish.to ?? state.shipTo,
    estimatedDeliveryAt: clockTime(scene, at.Shipped, transit, 17 * 60),
    ocean: ocean
      ? {
          seal: `SL${random.text(digits, 7)}`,
          port: first.importTerms?.portOfDelivery ?? '',
          container: `MSCU${random.text(digits, 7)}`,
        }
      : undefined,
    items,
    cartons: pack(scene, items, nth, mode, wish.perishable ? deliveredAt : undefined),
    pallets:
      cartonCount > 20 ? Array.from({ length: Math.ceil(cartonCount / 20) }, (_, i) => sscc(scene, nth, 900 + i)) : [],
    events: [
      ...(['Created', 'TransportationRequested', 'CarrierAssigned', 'Shipped'] as const)
        // A prepaid shipment asks Amazon for no truck.
        .filter((status) => collect || status === 'Created' || status === 'Shipped')
        .map((status) => ({ at: at[status], kind: 'status' as const, status })),
      { at: deliveredAt, kind: 'delivered' },
    ],
  };
  scene.shipments.push(shipment);
  return shipment;
}

function itemsToShip(scene: Scene, orders: readonly OrderDraft[], quantity: ShipWish['quantity']): ShippedItem[] {
  return orders.flatMap((order) => {
    const sent = sentOf(scene, order);
    return soFar(order).lines.flatMap((line, i): ShippedItem[] => {
      const rest = Math.min(offered(line), line.ordered) - (sent.get(line.line.sequence) ?? 0);
      const eaches = quantity ? quantity(line, i) : Math.max(0, rest);
      return eaches > 0 ? [{ order, line: line.line, eaches }] : [];
    });
  });
}

/** Eaches of each line that have been sent already; what a cancelled transport held was not. */
function sentOf(scene: Scene, order: OrderDraft): Map<string, Eaches> {
  const sent = new Map<string, Eaches>();
  for (const shipment of scene.shipments) {
    if (shipment.events.some((event) => event.kind === 'cancelled')) continue;
    for (const item of shipment.items) {
      if (item.order === order) sent.set(item.line.sequence, (sent.get(item.line.sequence) ?? 0) + item.eaches);
    }
  }
  return sent;
}

/** Eaches per carton: full cases first, at most eight cartons a line, so large lines use larger cartons. */
function cartonsOf(item: ShippedItem): Eaches[] {
  const perCarton = item.line.product.caseSize * Math.max(1, Math.ceil(item.eaches / item.line.product.caseSize / 8));
  const cartons: Eaches[] = [];
  for (let left = item.eaches; left > 0; left -= perCarton) cartons.push(Math.min(left, perCarton));
  return cartons;
}

function pack(
  scene: Scene,
  items: readonly ShippedItem[],
  nth: number,
  mode: string,
  perishableAt?: Instant,
): Carton[] {
  const cartons: Carton[] = [];
  for (const item of items) {
    for (const eaches of cartonsOf(item)) {
      cartons.push({
        sscc: sscc(scene, nth, cartons.length),
        tracking: mode === 'SmallParcel' ? `1Z${scene.random.text(digits, 16)}` : undefined,
        item,
        eaches,
        lot: perishableAt === undefined ? undefined : `L${scene.day}-${item.line.sequence}`,
        expiresAt: perishableAt === undefined ? undefined : perishableAt + 300 * 24 * 60 * minute,
      });
    }
  }
  return cartons;
}

/** Eighteen digits, unique for 999 days: extension, company, day, life, shipment and carton, check digit. */
function sscc(scene: Scene, shipment: number, carton: number): string {
  const number = [
    String(scene.day % 999).padStart(3, '0'),
    String(scene.index % 100).padStart(2, '0'),
    String((shipment % 10) * 1000 + carton).padStart(4, '0'),
  ].join('');
  return withCheckDigit(`0${scene.site.companyPrefix}${number}`);
}

/** The same cartons again for other quantities: what a replaced ASN carries. */
export function repack(scene: Scene, shipment: ShipmentDraft, items: readonly ShippedItem[]): Carton[] {
  return pack(scene, items, scene.shipments.indexOf(shipment), shipment.mode);
}

/** When the truck left; its creation for one that never did. */
export function shippedAt(shipment: ShipmentDraft): Instant {
  return shipment.events.reduce(
    (at, event) => (event.kind === 'status' && event.status === 'Shipped' ? event.at : at),
    shipment.createdAt,
  );
}

/** When the truck is at the door. */
export function deliveredAt(shipment: ShipmentDraft): Instant {
  return lastOf(
    shipment.events.filter((event) => event.kind === 'delivered'),
    shipment.createdAt,
  );
}

export interface ReceiveWish {
  /** Eaches counted of an item; by default all of it. */
  readonly counted?: (item: ShippedItem, index: number) => Eaches;
  /** Over how many business days the counting is spread; by default one to three. */
  readonly days?: number;
  /** The place that really counted, when it is not the one on the order. */
  readonly place?: string;
}

/** Amazon counts a shipment in, in as many steps as days. */
export function receive(scene: Scene, shipment: ShipmentDraft, wish: ReceiveWish = {}): void {
  const days =
    wish.days ??
    scene.random.weighted([
      [60, 1],
      [28, 2],
      [12, 3],
    ]);
  shipment.items.forEach((item, i) => {
    let left = wish.counted ? wish.counted(item, i) : item.eaches;
    const order = scene.orders.find((candidate) => candidate === item.order);
    for (let day = 0; day < days && left > 0; day += 1) {
      const eaches = day === days - 1 ? left : Math.ceil(left / 2);
      left -= eaches;
      const at = later(scene, deliveredAt(shipment), day === 0 ? 0 : day) + i * 2 * minute;
      order?.events.push({
        at,
        kind: 'received',
        sequence: item.line.sequence,
        eaches,
        ...(wish.place ? { place: wish.place } : {}),
      });
    }
  });
}

/** Count a line outside any shipment, or correct an earlier count with a negative number. */
export function count(order: OrderDraft, sequence: string, eaches: Eaches, at: Instant, place?: string): void {
  order.events.push({ at, kind: 'received', sequence, eaches, ...(place ? { place } : {}) });
}
