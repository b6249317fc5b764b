import type { PaymentNumber } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import { type Money, subtract, zero } from '../base/money.ts';
import type { InvoiceStated } from './facts.ts';

/** A part of a payment that settled an invoice. Negative when it was taken back. */
export interface AllocationEvent {
  /** Absent when Amazon shows the money but not which remittance, or several at once. */
  readonly paymentNumber?: PaymentNumber;
  readonly amount: Money;
  /** When Amazon first showed it; not the day the money moved, which the Invoices API does not tell. */
  readonly seenAt: Instant;
}

/**
 * The allocations behind an invoice's running paid amount, oldest first: each difference goes to the remittance that
 * appeared with it, or, when money is taken back, to the one that went away. Never a guess between two.
 */
export function foldAllocations(stated: readonly InvoiceStated[]): AllocationEvent[] {
  const allocations: AllocationEvent[] = [];
  let paid: Money | undefined;
  // The names at the last settlement, and the names last told: a detail may leave out what its header told.
  let known: readonly PaymentNumber[] = [];
  let named: readonly PaymentNumber[] = [];
  for (const fact of stated) {
    named = fact.paymentNumbers ?? named;
    if (fact.settlement === undefined) continue;
    const before = paid ?? zero(fact.currency);
    const amount = subtract(fact.settlement.paid, before);
    if (amount.minor !== 0n) {
      const paymentNumber = remittanceOf(amount, known, named);
      allocations.push({ ...(paymentNumber !== undefined && { paymentNumber }), amount, seenAt: fact.asOf });
    }
    paid = fact.settlement.paid;
    known = named;
  }
  return allocations;
}

function remittanceOf(
  amount: Money,
  before: readonly PaymentNumber[],
  after: readonly PaymentNumber[],
): PaymentNumber | undefined {
  const appeared = after.filter((number) => !before.includes(number));
  const gone = before.filter((number) => !after.includes(number));
  const candidates = amount.minor < 0n && gone.length > 0 ? gone : appeared.length > 0 ? appeared : after;
  return candidates.length === 1 ? candidates[0] : undefined;
}
