import type { FreightTerm } from './changes.ts';
import type { PurchaseOrderStated, Window } from './facts.ts';

export const sameWindow = (a: Window | undefined, b: Window | undefined): boolean =>
  a?.from === b?.from && a?.to === b?.to;

/**
 * An order does not say who pays the freight; which window it fills does. When it fills both, the ship window is the
 * vendor's promise to Amazon's carrier, so it is collect.
 * @source Vendor Retail Procurement guide: prepaid orders use the delivery window, collect orders the ship window
 */
export function freightTermOf(
  order: Pick<PurchaseOrderStated, 'shipWindow' | 'deliveryWindow'>,
): FreightTerm | undefined {
  if (order.shipWindow !== undefined) return 'COLLECT';
  return order.deliveryWindow === undefined ? undefined : 'PREPAID';
}
