import type { CalendarDate } from '../../base/calendar-date.ts';
import { type Currency, minorDigits } from '../../base/currency.ts';
import { type Decimal, decimal, decimalPlaces, quotient, toScaledInteger } from '../../base/decimal.ts';
import { type Money, money } from '../../base/money.ts';
import { type Result, yes } from '../../base/result.ts';
import { roundRatio } from '../tax/rounding.ts';
import { euro } from './fixed-rates.ts';
import { type RateRefusal, type ReferenceRate, rateOn } from './reference-rates.ts';

/** By which way an amount was converted. */
export type ConversionMethod = 'same-currency' | 'from-euro' | 'to-euro' | 'through-euro';

/**
 * An amount in another currency, with everything that made it: whoever keeps it keeps all of it, and never works it out
 * again. Rates that arrive later do not change what was said before.
 */
export interface Converted {
  readonly from: Money;
  readonly to: Money;
  /** The day whose rates were asked for; those used may be older. */
  readonly on: CalendarDate;
  readonly method: ConversionMethod;
  /** Units of the new currency for one of the old, to `shownDigits` digits: for a person. `to` is made from `rates`. */
  readonly rate: Decimal;
  /** What was published: the old currency's first. Empty when nothing was converted; the euro has none of its own. */
  readonly rates: readonly ReferenceRate[];
}

/** Significant digits of a rate that is worked out from two others. */
const shownDigits = 12;

/**
 * Convert an amount at the rates of a day: through the euro where neither side is it, exactly, and rounded once at the
 * end, half away from zero, to the minor unit of the new currency.
 *
 * Only for reports. Tax in the currency of a state has a rate of its own, fixed by law; see `taxInCurrency`.
 *
 * @param published rates of both currencies, as many days as you have
 */
export function convert(
  from: Money,
  to: Currency,
  on: CalendarDate,
  published: readonly ReferenceRate[],
): Result<Converted, RateRefusal> {
  if (from.currency === to) {
    return yes({ from, to: from, on, method: 'same-currency', rate: decimal('1'), rates: [] });
  }
  const [old, wanted] = [rateOn(published, from.currency, on), rateOn(published, to, on)];
  if (!old.ok) return old;
  if (!wanted.ok) return wanted;
  return yes({
    from,
    to: exchanged(from, old.value.perEuro, to, wanted.value.perEuro),
    on,
    method: from.currency === euro ? 'from-euro' : to === euro ? 'to-euro' : 'through-euro',
    rate: quotient(wanted.value.perEuro, old.value.perEuro, shownDigits),
    rates: [old.value, wanted.value].filter(({ currency }) => currency !== euro),
  });
}

/** Amount ÷ old rate × new rate, as one fraction of whole numbers. */
function exchanged(from: Money, old: Decimal, to: Currency, wanted: Decimal): Money {
  const places = Math.max(decimalPlaces(old), decimalPlaces(wanted));
  const numerator = from.minor * toScaledInteger(wanted, places) * 10n ** BigInt(minorDigits(to));
  const denominator = toScaledInteger(old, places) * 10n ** BigInt(minorDigits(from.currency));
  return money(roundRatio(numerator, denominator, 'half-away-from-zero'), to);
}
