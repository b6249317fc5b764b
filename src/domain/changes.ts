import type { CalendarDate } from '../base/calendar-date.ts';
import type { Eaches } from '../base/eaches.ts';
import type {
  Asin,
  DeductionNumber,
  InvoiceNumber,
  LineNumber,
  PaymentNumber,
  PurchaseOrderNumber,
  ShipmentIdentifier,
} from '../base/ids.ts';
import { addMillis, type Instant } from '../base/instant.ts';
import type { Money, UnitCost } from '../base/money.ts';
import type { Subject, Window } from './facts.ts';

/** One thing that became different. `kind` says what; `before` and `after` are its values, absent when there was none. */
export type Difference =
  | { readonly kind: 'purchase-order-placed'; readonly lines: number; readonly ordered: Eaches }
  | { readonly kind: 'purchase-order-state-changed'; readonly before?: string; readonly after: string }
  | { readonly kind: 'purchase-order-type-changed'; readonly before?: string; readonly after?: string }
  | { readonly kind: 'purchase-order-cancelled'; readonly before: Eaches }
  | { readonly kind: 'purchase-order-uncancelled'; readonly after: Eaches }
  | { readonly kind: 'ship-window-changed'; readonly before?: Window; readonly after?: Window }
  | { readonly kind: 'delivery-window-changed'; readonly before?: Window; readonly after?: Window }
  | { readonly kind: 'ship-to-changed'; readonly before?: string; readonly after?: string }
  | { readonly kind: 'freight-term-changed'; readonly before?: FreightTerm; readonly after?: FreightTerm }
  | { readonly kind: 'purchase-order-amended'; readonly members: readonly string[] }
  | { readonly kind: 'line-added'; readonly ordered: Eaches }
  | { readonly kind: 'line-removed'; readonly before: Eaches }
  | { readonly kind: 'line-cancelled'; readonly before: Eaches }
  | { readonly kind: 'line-uncancelled'; readonly after: Eaches }
  | { readonly kind: 'quantity-changed'; readonly before: Eaches; readonly after: Eaches }
  | { readonly kind: 'cost-changed'; readonly before?: UnitCost; readonly after?: UnitCost }
  | { readonly kind: 'line-acknowledged'; readonly before: Acknowledged; readonly after: Acknowledged }
  | { readonly kind: 'goods-received'; readonly quantity: Eaches; readonly runningTotal: Eaches }
  | { readonly kind: 'receipt-corrected'; readonly quantity: Eaches; readonly runningTotal: Eaches }
  | { readonly kind: 'shipment-announced'; readonly shipped: Eaches }
  | { readonly kind: 'shipment-status-changed'; readonly before?: string; readonly after?: string }
  | { readonly kind: 'shipment-amended'; readonly members: readonly string[] }
  | { readonly kind: 'shipment-cancelled'; readonly shipped: Eaches }
  | { readonly kind: 'invoice-issued'; readonly total: Money; readonly document: 'INVOICE' | 'CREDIT_NOTE' }
  | { readonly kind: 'invoice-status-changed'; readonly before?: string; readonly after?: string }
  | { readonly kind: 'due-date-changed'; readonly before?: CalendarDate; readonly after?: CalendarDate }
  | { readonly kind: 'invoice-amended'; readonly members: readonly string[] }
  | { readonly kind: 'payment-received'; readonly amount: Money }
  | { readonly kind: 'payment-reversed'; readonly amount: Money }
  | { readonly kind: 'discount-taken'; readonly before: Money; readonly after: Money }
  | { readonly kind: 'deduction-taken'; readonly amount: Money; readonly reason: string }
  | { readonly kind: 'deduction-changed'; readonly before: Money; readonly after: Money; readonly reason: string }
  | { readonly kind: 'deduction-reversed'; readonly amount: Money; readonly reason: string };

export type ChangeKind = Difference['kind'];

/** Prepaid: the vendor ships and the delivery window counts. Collect: Amazon fetches and the ship window counts. */
export type FreightTerm = 'PREPAID' | 'COLLECT';

export interface Acknowledged {
  readonly accepted: Eaches;
  readonly backordered: Eaches;
  readonly rejected: Eaches;
}

/** How much it matters to whoever ships and gets paid. */
export type Severity = 'INFO' | 'NOTICE' | 'ALERT';

/** A difference with its place: what it is about, and when it happened. */
export interface Change {
  readonly subject: Subject;
  readonly difference: Difference;
  readonly occurredAt: Instant;
  readonly orderNumber?: PurchaseOrderNumber;
  readonly lineNumber?: LineNumber;
  readonly asin?: Asin;
  readonly shipmentIdentifier?: ShipmentIdentifier;
  readonly invoiceNumber?: InvoiceNumber;
  readonly paymentNumber?: PaymentNumber;
  readonly deductionNumber?: DeductionNumber;
}

/** An alert costs money if nobody acts; a notice changes somebody's plan; the rest is the chain doing its work. */
export function severityOf({ kind }: Difference): Severity {
  switch (kind) {
    case 'purchase-order-cancelled':
    case 'line-cancelled':
    case 'line-removed':
    case 'quantity-changed':
    case 'cost-changed':
    case 'ship-to-changed':
    case 'ship-window-changed':
    case 'delivery-window-changed':
    case 'receipt-corrected':
    case 'payment-reversed':
    case 'deduction-taken':
      return 'ALERT';
    case 'purchase-order-placed':
    case 'purchase-order-uncancelled':
    case 'purchase-order-type-changed':
    case 'freight-term-changed':
    case 'line-added':
    case 'line-uncancelled':
    case 'shipment-cancelled':
    case 'due-date-changed':
    case 'deduction-changed':
    case 'payment-received':
    case 'discount-taken':
      return 'NOTICE';
    case 'purchase-order-state-changed':
    case 'purchase-order-amended':
    case 'line-acknowledged':
    case 'goods-received':
    case 'shipment-announced':
    case 'shipment-status-changed':
    case 'shipment-amended':
    case 'invoice-issued':
    case 'invoice-status-changed':
    case 'invoice-amended':
    case 'deduction-reversed':
      return 'INFO';
  }
}

/**
 * The instant by which somebody must act, where the chain sets one.
 * A new order, or one with new lines or quantities, is to be acknowledged within 24 hours.
 * @source Vendor Retail Procurement guide, acknowledgement rules
 */
export function actBy(change: Change): Instant | undefined {
  switch (change.difference.kind) {
    case 'purchase-order-placed':
    case 'purchase-order-uncancelled':
    case 'line-added':
      return addMillis(change.occurredAt, 24 * 3_600_000);
    default:
      return undefined;
  }
}

/** Every kind, for schemas and filters; the compiler keeps it whole. */
export const changeKinds = Object.keys({
  'purchase-order-placed': 1,
  'purchase-order-state-changed': 1,
  'purchase-order-type-changed': 1,
  'purchase-order-cancelled': 1,
  'purchase-order-uncancelled': 1,
  'ship-window-changed': 1,
  'delivery-window-changed': 1,
  'ship-to-changed': 1,
  'freight-term-changed': 1,
  'purchase-order-amended': 1,
  'line-added': 1,
  'line-removed': 1,
  'line-cancelled': 1,
  'line-uncancelled': 1,
  'quantity-changed': 1,
  'cost-changed': 1,
  'line-acknowledged': 1,
  'goods-received': 1,
  'receipt-corrected': 1,
  'shipment-announced': 1,
  'shipment-status-changed': 1,
  'shipment-amended': 1,
  'shipment-cancelled': 1,
  'invoice-issued': 1,
  'invoice-status-changed': 1,
  'due-date-changed': 1,
  'invoice-amended': 1,
  'payment-received': 1,
  'payment-reversed': 1,
  'discount-taken': 1,
  'deduction-taken': 1,
  'deduction-changed': 1,
  'deduction-reversed': 1,
} satisfies Record<ChangeKind, 1>) as readonly ChangeKind[];
