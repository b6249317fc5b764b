// The vocabulary in which lives are written.

export {
  addInvoice,
  type BilledLine,
  chargeLine,
  invoice,
  receivable,
  startOfDay,
  totalOf,
  writeInvoice,
} from './invoices.ts';
export { acknowledge, anotherLine, change, close, type OrderWish, place, soFar } from './orders.ts';
export {
  arrange,
  clockTime,
  type InvoiceDraft,
  lastOf,
  later,
  type OrderDraft,
  openScene,
  type Scene,
  type ShipmentDraft,
  serial,
} from './scene.ts';
export { dayAfter, deduct, match, paidOn, pay, payable, payRun, remittanceOf } from './settlement.ts';
export { count, deliveredAt, receive, repack, ship, shippedAt } from './shipments.ts';
