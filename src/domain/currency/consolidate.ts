import type { CalendarDate } from '../../base/calendar-date.ts';
import type { Currency } from '../../base/currency.ts';
import { type Money, sum } from '../../base/money.ts';
import { no, type Result, yes } from '../../base/result.ts';
import { type Converted, convert } from './convert.ts';
import type { RateRefusal, ReferenceRate } from './reference-rates.ts';

/** Amounts of several currencies as one, and how each of them became a part of it. */
export interface Consolidated {
  /** The sum of the parts, exactly. Converting a sum instead could differ by a minor unit for each part. */
  readonly amount: Money;
  /** In the order of the amounts. */
  readonly parts: readonly Converted[];
}

/**
 * Several amounts as one of a single currency, each converted and rounded by itself. All of them, or none: a total that
 * left one out would look like an answer.
 */
export function consolidate(
  amounts: readonly Money[],
  to: Currency,
  on: CalendarDate,
  published: readonly ReferenceRate[],
): Result<Consolidated, RateRefusal> {
  const parts: Converted[] = [];
  for (const amount of amounts) {
    const converted = convert(amount, to, on, published);
    if (!converted.ok) return no(converted.refusal);
    parts.push(converted.value);
  }
  return yes({
    amount: sum(
      parts.map((part) => part.to),
      to,
    ),
    parts,
  });
}
