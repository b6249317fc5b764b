import { type Currency, minorDigits } from '../../base/currency.ts';
import { type Decimal, decimalPlaces, toScaledInteger } from '../../base/decimal.ts';
import { type Money, money } from '../../base/money.ts';
import { type Rounding, roundRatio } from './rounding.ts';

/** Whether prices are without tax, or include it. */
export type PriceBasis = 'net' | 'gross';

interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A decimal as whole numbers: 9.975 is 9975 over 1000. */
function ratioOf(value: Decimal): Ratio {
  const places = decimalPlaces(value);
  return { numerator: toScaledInteger(value, places), denominator: 10n ** BigInt(places) };
}

/** Tax on a price without it: base × rate. @param rate per cent */
export function taxOn(base: Money, rate: Decimal, rounding: Rounding): Money {
  const { numerator, denominator } = ratioOf(rate);
  return money(roundRatio(base.minor * numerator, denominator * 100n, rounding), base.currency);
}

/** Tax inside a price that includes it: gross × rate ÷ (100 + rate). @param rate per cent */
export function taxWithin(gross: Money, rate: Decimal, rounding: Rounding): Money {
  const { numerator, denominator } = ratioOf(rate);
  return money(roundRatio(gross.minor * numerator, denominator * 100n + numerator, rounding), gross.currency);
}

/** An exchange rate fixed by law for tax: units of `currency` for one unit of the invoice's. */
export interface TaxCurrency {
  readonly currency: Currency;
  readonly rate: Decimal;
  /** Day and publisher of the rate. */
  readonly source: string;
}

/**
 * Tax in the currency of the state, from an amount in the invoice's: converted first, taxed then, and rounded once, at
 * the end. Converting tax that was rounded already gives another amount.
 *
 * @param basis whether the amount is without the tax, or includes it
 * @source National Tax Agency, Q&A on the qualified invoice system: invoices in foreign currency
 */
export function taxInCurrency(
  amount: Money,
  rate: Decimal,
  to: TaxCurrency,
  rounding: Rounding,
  basis: PriceBasis = 'net',
): Money {
  const [percent, exchange] = [ratioOf(rate), ratioOf(to.rate)];
  const whole = percent.denominator * 100n + (basis === 'gross' ? percent.numerator : 0n);
  const numerator = amount.minor * exchange.numerator * percent.numerator * 10n ** BigInt(minorDigits(to.currency));
  const denominator = 10n ** BigInt(minorDigits(amount.currency)) * exchange.denominator * whole;
  return money(roundRatio(numerator, denominator, rounding), to.currency);
}

/** An amount converted and rounded once. */
export function inCurrency(amount: Money, to: TaxCurrency, rounding: Rounding): Money {
  const { numerator, denominator } = ratioOf(to.rate);
  const scaled = amount.minor * numerator * 10n ** BigInt(minorDigits(to.currency));
  return money(roundRatio(scaled, denominator * 10n ** BigInt(minorDigits(amount.currency)), rounding), to.currency);
}
