// What an invoice looks like at an instant: what is settled, how, and by which payments.
import { totalOf } from './build/invoices.ts';
import type { Instant } from './clock.ts';
import type { InvoiceLife, Variance } from './life.ts';
import type { Minor } from './money.ts';
import { happened } from './state.ts';

/** Money of one remittance that went to, or was taken by, one document. */
export interface Allocation {
  readonly remittance: string;
  readonly at: Instant;
  readonly amount: Minor;
  readonly discount: Minor;
  readonly withheld: Minor;
}

export interface InvoiceState {
  readonly version: number;
  readonly total: Minor;
  rejected: string | undefined;
  queued: Minor;
  variances: readonly Variance[];
  /** Payments that stand; a voided one is gone. */
  allocations: readonly Allocation[];
  /** What was taken by not paying the parent. */
  withheldFromParent: Minor;
  matched: boolean;
  claims: readonly string[];
  updatedAt: Instant;
}

const known = new WeakMap<InvoiceLife, InvoiceState>();

/** The invoice as it is at `now`; ask only for invoices that are created by then. */
export function invoiceAt(invoice: InvoiceLife, now: Instant): InvoiceState {
  const version = happened(invoice.events, now);
  const cached = known.get(invoice);
  if (cached && cached.version === version) return cached;
  const state: InvoiceState = {
    version,
    total: totalOf(invoice),
    rejected: undefined,
    queued: 0n,
    variances: [],
    allocations: [],
    withheldFromParent: 0n,
    matched: false,
    claims: [],
    updatedAt: invoice.createdAt,
  };
  for (const event of invoice.events.slice(0, version)) {
    state.updatedAt = event.at;
    switch (event.kind) {
      case 'rejected':
        state.rejected = event.defect;
        break;
      case 'matched':
        state.matched = true;
        state.variances = event.variances;
        break;
      case 'queued':
        state.queued += event.amount;
        break;
      case 'paid': {
        const { remittance, at, amount, discount, withheld } = event;
        state.queued = state.queued > amount ? state.queued - amount : 0n;
        state.allocations = [...state.allocations, { remittance, at, amount, discount, withheld }];
        break;
      }
      case 'payment-voided':
        state.allocations = state.allocations.filter((allocation) => allocation.remittance !== event.remittance);
        break;
      case 'deducted':
        state.allocations = [
          ...state.allocations,
          { remittance: event.remittance, at: event.at, amount: event.amount, discount: 0n, withheld: 0n },
        ];
        break;
      case 'withheld-from-parent':
        state.withheldFromParent += event.amount;
        break;
      case 'claimed':
        state.claims = [...state.claims, event.document];
        break;
    }
  }
  known.set(invoice, state);
  return state;
}

export const paidOf = (state: InvoiceState): Minor => sum(state.allocations.map((allocation) => allocation.amount));
export const discountOf = (state: InvoiceState): Minor =>
  sum(state.allocations.map((allocation) => allocation.discount));
export const withheldOf = (state: InvoiceState): Minor =>
  sum(state.allocations.map((allocation) => allocation.withheld));
export const quantityVarianceOf = (state: InvoiceState): Minor => sum(state.variances.map((v) => v.quantityAmount));
export const priceVarianceOf = (state: InvoiceState): Minor => sum(state.variances.map((v) => v.priceAmount));

const sum = (amounts: readonly Minor[]): Minor => amounts.reduce((total, amount) => total + amount, 0n);

/** Amazon's word for where the document stands; a payment short of the total stays PARTIALLY_PAID. */
export function statusOf(invoice: InvoiceLife, state: InvoiceState): string {
  if (state.rejected !== undefined) return 'REJECTED';
  if (invoice.kind === 'receivable') {
    const taken = paidOf(state) + state.withheldFromParent;
    if (taken === 0n) return 'IN_PROGRESS';
    return taken === state.total ? 'DEDUCTED' : 'PARTIALLY_DEDUCTED';
  }
  if (state.allocations.length === 0) return 'IN_PROGRESS';
  return paidOf(state) + discountOf(state) + withheldOf(state) === state.total ? 'PAID' : 'PARTIALLY_PAID';
}
