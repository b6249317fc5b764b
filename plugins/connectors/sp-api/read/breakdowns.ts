import { add, type Currency, type Money, subtract, zero } from 'acorn/plugin';
import { asMoney } from './amounts.ts';
import type { Part } from './part.ts';
import { asWord } from './words.ts';

/** Frames that hold the parts and are no amount of their own. */
const frame = 'Total';
const otherwise = 'Other';

/**
 * Sums per type over nested breakdowns, each unit of money counted once: a part inside an amount explains some of that
 * amount, so it counts under its own type and no longer under the one around it. Types nobody knows count as `Other`.
 */
export function sumsByType(
  parent: Part,
  name: string,
  known: readonly string[],
  currency: Currency,
): ReadonlyMap<string, Money> {
  const sums = new Map<string, Money>();
  const count = (type: string, amount: Money): void => {
    sums.set(type, add(sums.get(type) ?? zero(currency), amount));
  };
  const walk = (breakdown: Part): Money => {
    const type = asWord(breakdown.need('breakdownType'), [...known, frame]);
    const amount = asMoney(breakdown.need('breakdownAmount'));
    if (amount.currency !== currency) {
      breakdown.refuse('CURRENCY_MISMATCH', `Expected amounts in ${currency}, found ${amount.currency}.`);
    }
    const explained = breakdown.list('breakdowns').map(walk).reduce(add, zero(currency));
    if (type !== frame) count(known.includes(type) ? type : otherwise, subtract(amount, explained));
    return amount;
  };
  for (const breakdown of parent.list(name)) walk(breakdown);
  return sums;
}
