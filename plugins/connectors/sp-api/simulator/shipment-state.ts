// What a shipment looks like at an instant.
import type { Instant } from './clock.ts';
import type { Carton, ShipmentLife, ShipmentStatus, ShippedItem } from './life.ts';
import { happened } from './state.ts';

export interface ShipmentState {
  readonly shipment: ShipmentLife;
  readonly version: number;
  readonly status: ShipmentStatus;
  readonly history: readonly { readonly at: Instant; readonly status: ShipmentStatus }[];
  readonly deliveredAt: Instant | undefined;
  readonly cancelledAt: Instant | undefined;
  readonly updatedAt: Instant;
  readonly items: readonly ShippedItem[];
  readonly cartons: readonly Carton[];
}

/** The shipment as it is at `now`; ask only for shipments that are created by then. */
export function shipmentAt(shipment: ShipmentLife, now: Instant): ShipmentState {
  const version = happened(shipment.events, now);
  const past = shipment.events.slice(0, version);
  const history = past.flatMap((event) => (event.kind === 'status' ? [{ at: event.at, status: event.status }] : []));
  const replaced = past.findLast((event) => event.kind === 'replaced');
  return {
    shipment,
    version,
    status: history.at(-1)?.status ?? 'Created',
    history,
    deliveredAt: past.find((event) => event.kind === 'delivered')?.at,
    cancelledAt: past.find((event) => event.kind === 'cancelled')?.at,
    updatedAt: past.at(-1)?.at ?? shipment.createdAt,
    items: replaced?.kind === 'replaced' ? replaced.items : shipment.items,
    cartons: replaced?.kind === 'replaced' ? replaced.cartons : shipment.cartons,
  };
}

/** When it reached a status, if it has. */
export const reached = (state: ShipmentState, status: ShipmentStatus): Instant | undefined =>
  state.history.find((step) => step.status === status)?.at;
