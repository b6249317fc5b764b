import type { Currency } from '../base/currency.ts';
import { type Money, money, prorate, zero } from '../base/money.ts';

/** The money of one line, in minor units of the invoice's currency. The five parts always sum to `total`. */
export interface LineShares {
  readonly total: Money;
  readonly paid: Money;
  readonly deducted: Money;
  readonly discount: Money;
  readonly credited: Money;
  readonly open: Money;
}

interface HeaderAmounts {
  readonly total: Money;
  readonly paid: Money;
  readonly deducted: Money;
  readonly discount: Money;
  readonly credited: Money;
}

/**
 * Spread an invoice's settlement, which Amazon tells for the whole, over its lines. Nothing is lost: each part sums to
 * the header's. Deductions go where Amazon found variances; the rest by what each line still has open, so that an invoice
 * settled in full leaves every line at zero.
 *
 * @param stated    what each line says it is worth; header charges are spread by it
 * @param variances what Amazon found too much on each line, as amounts; all zero when it did not say
 */
export function shareOut(
  header: HeaderAmounts,
  stated: readonly Money[],
  variances: readonly Money[],
  currency: Currency,
): LineShares[] {
  if (stated.length === 0) return [];
  const totals = prorate(header.total, stated.map(weight));
  const found = variances.some(({ minor }) => minor !== 0n);
  const deducted = prorate(header.deducted, (found ? variances : totals).map(weight));
  let open = totals.map((total, i) => money(total.minor - (deducted[i]?.minor ?? 0n), currency));
  const take = (amount: Money): Money[] => {
    const parts = prorate(amount, open.map(weight));
    open = open.map((left, i) => money(left.minor - (parts[i]?.minor ?? 0n), currency));
    return parts;
  };
  const credited = take(header.credited);
  const discount = take(header.discount);
  const paid = take(header.paid);
  const none = zero(currency);
  return totals.map((total, i) => ({
    total,
    paid: paid[i] ?? none,
    deducted: deducted[i] ?? none,
    discount: discount[i] ?? none,
    credited: credited[i] ?? none,
    open: open[i] ?? none,
  }));
}

const weight = ({ minor }: Money): bigint => minor;
