// A deliberate life, and the ends that many of them share.
import type { SiteName } from '../accounts.ts';
import {
  close,
  type InvoiceDraft,
  invoice,
  match,
  type OrderDraft,
  type OrderWish,
  pay,
  place,
  receive,
  type Scene,
  type ShipmentDraft,
  ship,
} from '../build/index.ts';
import type { InvoiceWish } from '../build/invoices.ts';
import type { ShipWish } from '../build/shipments.ts';

/** One edge case of the vendor chain, told from placing to payment. */
export interface Story {
  /** Its number in the connector's list of edge cases. */
  readonly edgeCase: number;
  /** Unique: it also decides on which day the story is told. */
  readonly title: string;
  /** Sites where it can happen; everywhere when absent. */
  readonly sites?: readonly SiteName[];
  readonly tell: (scene: Scene) => void;
}

/** Place an order under the account's first vendor code, whose terms let half a year hold the whole story. */
export const order = (scene: Scene, wish: OrderWish = {}): OrderDraft =>
  place(scene, { vendorCode: scene.account.vendorCodes[0], type: 'RegularOrder', ...wish });

/** Ship, count, close, bill and pay as usual what an order has become. */
export function runOn(
  scene: Scene,
  orders: readonly OrderDraft[],
  wish: { readonly ship?: ShipWish; readonly invoice?: InvoiceWish } = {},
): { readonly shipment: ShipmentDraft; readonly bill: InvoiceDraft } {
  const shipment = ship(scene, orders, wish.ship);
  receive(scene, shipment);
  for (const each of orders) close(scene, each);
  const bill = invoice(scene, [shipment], wish.invoice);
  match(scene, bill);
  pay(scene, bill);
  return { shipment, bill };
}
