import { type Eaches, minus, none, plus } from '../base/eaches.ts';
import type { PurchaseOrderNumber, ShipmentIdentifier } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Change } from './changes.ts';
import type { Container, PackedItem, ShipmentStated, ShippedLine } from './facts.ts';
import { inOrder, type PlacedFact } from './order.ts';
import { differingMembers, pair } from './order-differences.ts';

/** A shipment as all its messages together describe it. */
export interface ShipmentState
  extends Omit<
    ShipmentStated,
    'kind' | 'asOf' | 'via' | 'transaction' | 'lines' | 'containers' | 'shipmentIdentifier'
  > {
  readonly identifier: ShipmentIdentifier;
  readonly cancelled: boolean;
  readonly lines: readonly ShippedLine[];
  readonly containers: readonly Container[];
}

/**
 * A shipment from everything said of it: a later message replaces what it repeats and keeps what it leaves out, since
 * the ASN and the transport each know half. Lines and containers are replaced as a whole.
 */
export function foldShipment(facts: readonly PlacedFact<ShipmentStated>[]): ShipmentState | undefined {
  let state: ShipmentState | undefined;
  for (const { fact } of inOrder(facts)) {
    const { kind: _kind, asOf: _asOf, via: _via, transaction, shipmentIdentifier, lines, containers, ...said } = fact;
    state = {
      ...state,
      ...said,
      identifier: shipmentIdentifier,
      cancelled: transaction === 'Cancel',
      lines: lines.length > 0 ? lines : (state?.lines ?? []),
      containers: containers.length > 0 ? containers : (state?.containers ?? []),
    };
  }
  return state && { ...state, lines: namedOrders(state.lines, state.containers) };
}

/**
 * An ASN may name the order only inside its cartons. A line without an order is split by what was packed of it for each;
 * what no carton explains stays a line without an order.
 */
function namedOrders(lines: readonly ShippedLine[], containers: readonly Container[]): ShippedLine[] {
  const items = containers.flatMap((container) => container.items);
  return lines.flatMap((line) => {
    if (line.orderNumber !== undefined) return [line];
    const packed = new Map<PurchaseOrderNumber, Eaches>();
    for (const item of items) {
      if (item.orderNumber === undefined || !packs(item, line)) continue;
      packed.set(item.orderNumber, plus(packed.get(item.orderNumber) ?? none, item.packed));
    }
    const split = [...packed].map(([orderNumber, shipped]) => ({ ...line, orderNumber, shipped }));
    const left = split.reduce((rest, part) => minus(rest, part.shipped), line.shipped);
    return left > 0 ? [...split, { ...line, shipped: left }] : split;
  });
}

function packs(item: PackedItem, line: ShippedLine): boolean {
  if (item.lineNumber !== undefined && line.lineNumber !== undefined) return item.lineNumber === line.lineNumber;
  if (item.asin !== undefined && line.asin !== undefined) return item.asin === line.asin;
  return item.vendorSku !== undefined && item.vendorSku === line.vendorSku;
}

/** One change per order the shipment touches, so that each order's history is whole; one without an order when it names none. */
export function shipmentChanges(
  before: ShipmentState | undefined,
  after: ShipmentState,
  occurredAt: Instant,
): Change[] {
  const orders = new Set([...(before?.lines ?? []), ...after.lines].map((line) => line.orderNumber));
  if (orders.size === 0) orders.add(undefined);
  return [...orders].flatMap((orderNumber) =>
    differences(before, after, orderNumber).map((change) => ({
      subject: { kind: 'shipment' as const, key: after.identifier },
      shipmentIdentifier: after.identifier,
      ...(orderNumber !== undefined && { orderNumber }),
      occurredAt,
      ...change,
    })),
  );
}

function differences(
  before: ShipmentState | undefined,
  after: ShipmentState,
  orderNumber: PurchaseOrderNumber | undefined,
): (Pick<Change, 'difference'> & { occurredAt?: Instant })[] {
  const shipped = shippedFor(after, orderNumber);
  if (before === undefined) {
    const at = after.shippedAt ?? after.createdAt;
    return [{ difference: { kind: 'shipment-announced', shipped }, ...(at !== undefined && { occurredAt: at }) }];
  }
  if (!before.cancelled && after.cancelled) return [{ difference: { kind: 'shipment-cancelled', shipped } }];
  const members = differingMembers(before, after);
  const changes: Pick<Change, 'difference'>[] = [];
  if (members.includes('status')) {
    changes.push({ difference: { kind: 'shipment-status-changed', ...pair(before.status, after.status) } });
  }
  const others = members.filter((name) => name !== 'status');
  if (others.length > 0) changes.push({ difference: { kind: 'shipment-amended', members: others } });
  return changes;
}

const shippedFor = (state: ShipmentState, orderNumber: PurchaseOrderNumber | undefined): Eaches =>
  state.lines.filter((line) => line.orderNumber === orderNumber).reduce((sum, line) => plus(sum, line.shipped), none);
