import type { Currency } from '../base/currency.ts';
import type { AccountId, InvoiceNumber } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import { add, type Money, negate, sum } from '../base/money.ts';
import type { Change } from '../domain/changes.ts';
import { type DeductionState, deductionChanges, foldDeduction } from '../domain/deduction.ts';
import type { DeductionStated, ShipmentStated, Subject } from '../domain/facts.ts';
import { creditsOf, foldInvoice, type InvoiceFact, type InvoiceState } from '../domain/invoice.ts';
import { invoiceChanges } from '../domain/invoice-changes.ts';
import type { PlacedFact } from '../domain/order.ts';
import { foldPurchaseOrder, type PurchaseOrderFact, type PurchaseOrderState } from '../domain/purchase-order.ts';
import { purchaseOrderChanges } from '../domain/purchase-order-changes.ts';
import { foldShipment, type ShipmentState, shipmentChanges } from '../domain/shipment.ts';
import { deductionRows, invoiceRows, purchaseOrderRows, type SubjectRows, shipmentRows } from '../store/chain-rows.ts';

/** A subject's state, whichever subject it is. */
export type SubjectState =
  | { readonly kind: 'purchase-order'; readonly state: PurchaseOrderState }
  | { readonly kind: 'shipment'; readonly state: ShipmentState }
  | { readonly kind: 'invoice'; readonly state: InvoiceState }
  | { readonly kind: 'deduction'; readonly state: DeductionState };

/** Fold a subject's facts. Facts of other kinds are never among them: the subject decides the kind. */
export function foldSubject(subject: Subject, facts: readonly PlacedFact[]): SubjectState | undefined {
  switch (subject.kind) {
    case 'purchase-order': {
      const state = foldPurchaseOrder(facts as readonly PlacedFact<PurchaseOrderFact>[]);
      return state && { kind: subject.kind, state };
    }
    case 'shipment': {
      const state = foldShipment(facts as readonly PlacedFact<ShipmentStated>[]);
      return state && { kind: subject.kind, state };
    }
    case 'invoice': {
      const state = foldInvoice(facts as readonly PlacedFact<InvoiceFact>[]);
      return state && { kind: subject.kind, state };
    }
    case 'deduction': {
      const state = foldDeduction(facts as readonly PlacedFact<DeductionStated>[]);
      return state && { kind: subject.kind, state };
    }
  }
}

/** The same invoice with what credit notes take off it, or with what of a credit note is used up. */
export function foldCreditedInvoice(
  facts: readonly PlacedFact[],
  credited: Money | undefined,
): SubjectState | undefined {
  const own = facts as readonly PlacedFact<InvoiceFact>[];
  const plain = foldInvoice(own);
  if (plain === undefined) return undefined;
  const used = creditsOf(plain);
  const amount =
    used.length > 0
      ? negate(
          sum(
            used.map((u) => u.amount),
            plain.currency,
          ),
        )
      : credited;
  const state = amount === undefined || amount.currency !== plain.currency ? plain : foldInvoice(own, amount);
  return state && { kind: 'invoice', state };
}

export function changesBetween(before: SubjectState | undefined, after: SubjectState, occurredAt: Instant): Change[] {
  switch (after.kind) {
    case 'purchase-order':
      return purchaseOrderChanges(before?.kind === after.kind ? before.state : undefined, after.state, occurredAt);
    case 'shipment':
      return shipmentChanges(before?.kind === after.kind ? before.state : undefined, after.state, occurredAt);
    case 'invoice':
      return invoiceChanges(before?.kind === after.kind ? before.state : undefined, after.state, occurredAt);
    case 'deduction':
      return deductionChanges(before?.kind === after.kind ? before.state : undefined, after.state, occurredAt);
  }
}

export function rowsOf(accountId: AccountId, subject: SubjectState, currency: Currency): SubjectRows {
  switch (subject.kind) {
    case 'purchase-order':
      return purchaseOrderRows(accountId, subject.state, currency);
    case 'shipment':
      return shipmentRows(accountId, subject.state);
    case 'invoice':
      return invoiceRows(accountId, subject.state);
    case 'deduction':
      return deductionRows(accountId, subject.state);
  }
}

/** The orders whose lines a subject has a part in. */
export function ordersTouched(subject: SubjectState | undefined): readonly string[] {
  switch (subject?.kind) {
    case 'purchase-order':
      return [subject.state.number];
    case 'shipment':
    case 'invoice':
      return subject.state.lines.flatMap((line) => (line.orderNumber === undefined ? [] : [line.orderNumber]));
    default:
      return [];
  }
}

/** What the credit notes among these take off each invoice, on top of what others do. */
export function addCredits(
  states: readonly (SubjectState | undefined)[],
  elsewhere: ReadonlyMap<InvoiceNumber, Money>,
): Map<InvoiceNumber, Money> {
  const credits = new Map(elsewhere);
  for (const subject of states) {
    if (subject?.kind !== 'invoice') continue;
    for (const { invoiceNumber, amount } of creditsOf(subject.state)) {
      const other = credits.get(invoiceNumber);
      credits.set(
        invoiceNumber,
        other === undefined || other.currency !== amount.currency ? amount : add(other, amount),
      );
    }
  }
  return credits;
}
