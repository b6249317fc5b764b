import type { DeductionNumber, InvoiceNumber, PaymentNumber, PurchaseOrderNumber } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import { negate } from '../base/money.ts';
import type { Change, Difference } from './changes.ts';
import type { DeductionStated } from './facts.ts';
import { inOrder, type PlacedFact } from './order.ts';
import { differingMembers } from './order-differences.ts';

/** Why Amazon took money back. UNKNOWN stays unknown until somebody can say. */
export type DeductionKind =
  | 'SHORTAGE'
  | 'PRICE'
  | 'CHARGEBACK'
  | 'CO_OP'
  | 'RETURN'
  | 'PROVISION'
  | 'OTHER'
  | 'UNKNOWN';

export const deductionKinds: readonly DeductionKind[] = [
  'SHORTAGE',
  'PRICE',
  'CHARGEBACK',
  'CO_OP',
  'RETURN',
  'PROVISION',
  'OTHER',
  'UNKNOWN',
];

export interface DeductionState
  extends Omit<DeductionStated, 'kind' | 'asOf' | 'deductionNumber' | 'paymentNumbers' | 'orderNumbers' | 'reasons'> {
  readonly paymentNumbers: readonly PaymentNumber[];
  readonly orderNumbers: readonly PurchaseOrderNumber[];
  readonly reasons: readonly string[];
  readonly number: DeductionNumber;
  readonly kind: DeductionKind;
  /** The invoice its number was made from, where it was. */
  readonly statedInvoiceNumber?: InvoiceNumber;
}

/** A document by which Amazon takes money back, as last stated; what a detail leaves out, its header told. */
export function foldDeduction(facts: readonly PlacedFact<DeductionStated>[]): DeductionState | undefined {
  const statements = inOrder(facts).map(({ fact }) => fact);
  const newest = statements.at(-1);
  if (newest === undefined) return undefined;
  const { kind: _kind, asOf: _asOf, deductionNumber, ...said } = newest;
  // The reasons of a long document come in pages of one instant.
  const reasoned = statements.findLast((fact) => fact.reasons)?.asOf;
  const pages = statements.filter((fact) => fact.asOf === reasoned);
  const why = [...new Set(pages.flatMap((fact) => fact.reasons ?? []))];
  const { kind, invoiceNumber } = readDeductionNumber(deductionNumber, why);
  return {
    ...said,
    number: deductionNumber as DeductionNumber,
    kind,
    paymentNumbers: statements.findLast((fact) => fact.paymentNumbers)?.paymentNumbers ?? [],
    orderNumbers: statements.findLast((fact) => fact.orderNumbers)?.orderNumbers ?? [],
    reasons: why,
    ...(invoiceNumber !== undefined && { statedInvoiceNumber: invoiceNumber }),
  };
}

/**
 * How Amazon numbers what it takes. First match counts.
 * @source Vendor Central remittance exports: SC shortage claim, SCR its reversal, SCRSC a revised claim and so on;
 *         VCBSINV chargeback; dddd-dddddddd co-op agreement; IPAPUS + 7 digits price protection
 */
const numberings: readonly { readonly pattern: RegExp; readonly kind: DeductionKind }[] = [
  { pattern: /^(?<invoice>.+?)(?:SCR)*(?:SC|SCR)$/, kind: 'SHORTAGE' },
  { pattern: /^(?<invoice>.+)VCBSINV$/, kind: 'CHARGEBACK' },
  { pattern: /-PROVISION FOR RECEIVABLESR?$/, kind: 'PROVISION' },
  { pattern: /^IPAPUS\d{7}$/, kind: 'PRICE' },
  { pattern: /^\d{4}-\d{8}$/, kind: 'CO_OP' },
];

const reasons: readonly { readonly word: RegExp; readonly kind: DeductionKind }[] = [
  { word: /RETURN/i, kind: 'RETURN' },
  { word: /CO-?OP|DAMAGE_ALLOWANCE|AGREEMENT/i, kind: 'CO_OP' },
  { word: /PRICE_PROTECTION|PPV/i, kind: 'PRICE' },
  { word: /SHORTAGE|PQV/i, kind: 'SHORTAGE' },
  { word: /CHARGEBACK/i, kind: 'CHARGEBACK' },
];

/** What a number, and failing that the reasons, tell of a deduction. */
export function readDeductionNumber(
  number: string,
  said: readonly string[],
): { readonly kind: DeductionKind; readonly invoiceNumber?: InvoiceNumber } {
  for (const { pattern, kind } of numberings) {
    const match = pattern.exec(number);
    if (match === null) continue;
    const invoice = match.groups?.invoice;
    return invoice === undefined ? { kind } : { kind, invoiceNumber: invoice as InvoiceNumber };
  }
  const named = reasons.find(({ word }) => said.some((reason) => word.test(reason)));
  return { kind: named?.kind ?? 'UNKNOWN' };
}

export function deductionChanges(
  before: DeductionState | undefined,
  after: DeductionState,
  occurredAt: Instant,
): Change[] {
  const [order] = after.orderNumbers.length === 1 ? after.orderNumbers : [];
  const place = (difference: Difference): Change => ({
    subject: { kind: 'deduction', key: after.number },
    deductionNumber: after.number,
    ...(order !== undefined && { orderNumber: order }),
    ...(after.statedInvoiceNumber !== undefined && { invoiceNumber: after.statedInvoiceNumber }),
    occurredAt,
    difference,
  });
  if (before === undefined) {
    return after.amount.minor < 0n
      ? [place({ kind: 'deduction-reversed', amount: negate(after.amount), reason: after.kind })]
      : [place({ kind: 'deduction-taken', amount: after.amount, reason: after.kind })];
  }
  return differingMembers(before, after).length === 0
    ? []
    : [place({ kind: 'deduction-changed', before: before.amount, after: after.amount, reason: after.kind })];
}
