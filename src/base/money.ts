import type { Currency } from './currency.ts';
import { minorDigits } from './currency.ts';
import { type Decimal, decimalPlaces, multiply, parseDecimal, toScaledInteger } from './decimal.ts';
import type { Eaches } from './eaches.ts';
import { invariant } from './invariant.ts';
import { no, type Result, yes } from './result.ts';

/** An amount in whole minor units (cents, yen) of one currency. Never a float, never two currencies. */
export interface Money {
  readonly minor: bigint;
  readonly currency: Currency;
}

/** Cost of one each, as exact as the document said it; may carry more digits than an amount. */
export interface UnitCost {
  readonly cost: Decimal;
  readonly currency: Currency;
}

export type NotMoney =
  | { readonly code: 'NOT_A_DECIMAL'; readonly text: string }
  | { readonly code: 'TOO_MANY_DIGITS'; readonly text: string; readonly minorDigits: number };

export const money = (minor: bigint, currency: Currency | string): Money => ({ minor, currency: currency as Currency });
export const zero = (currency: Currency): Money => money(0n, currency);

/** Read an amount such as `1234.50`. Digits beyond the currency's minor unit are refused, not rounded, unless they are zeros. */
export function parseMoney(text: string, currency: Currency): Result<Money, NotMoney> {
  const amount = parseDecimal(text);
  if (!amount.ok) return amount;
  const digits = minorDigits(currency);
  if (decimalPlaces(amount.value) > digits) return no({ code: 'TOO_MANY_DIGITS', text, minorDigits: digits });
  return yes(money(toScaledInteger(amount.value, digits), currency));
}

/** `1250` minor units of USD as `12.50`; of JPY as `1250`. */
export function formatMinor(minor: bigint, currency: Currency): string {
  const digits = minorDigits(currency);
  const sign = minor < 0n ? '-' : '';
  const whole = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + whole : `${sign}${whole.slice(0, -digits)}.${whole.slice(-digits)}`;
}

export function add(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return money(a.minor + b.minor, a.currency);
}

export function subtract(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return money(a.minor - b.minor, a.currency);
}

export const negate = (a: Money): Money => money(-a.minor, a.currency);
export const sum = (amounts: readonly Money[], currency: Currency): Money => amounts.reduce(add, zero(currency));

/** Quantity times unit cost, rounded once, half away from zero, to the minor unit. */
export const extend = (quantity: Eaches, { cost, currency }: UnitCost): Money =>
  money(toScaledInteger(multiply(cost, String(quantity) as Decimal), minorDigits(currency)), currency);

/**
 * Split an amount by weights so that the parts always sum to the whole.
 * Remainders go, one minor unit each, to the parts that lost the largest fraction; ties to the earlier part.
 * All weights zero counts as all weights equal.
 */
export function prorate(total: Money, weights: readonly bigint[]): Money[] {
  if (weights.length === 0) {
    invariant(total.minor === 0n, 'an amount is prorated over at least one part');
    return [];
  }
  const magnitudes = weights.map((w) => (w < 0n ? -w : w));
  const whole = magnitudes.reduce((a, b) => a + b, 0n);
  const shares = whole === 0n ? magnitudes.map(() => 1n) : magnitudes;
  const divisor = whole === 0n ? BigInt(weights.length) : whole;
  const sign = total.minor < 0n ? -1n : 1n;
  const amount = total.minor * sign;
  const parts = shares.map((share) => (amount * share) / divisor);
  let left = amount - parts.reduce((a, b) => a + b, 0n);
  const byLoss = shares
    .map((share, index) => ({ index, loss: (amount * share) % divisor }))
    .sort((a, b) => (a.loss === b.loss ? a.index - b.index : a.loss < b.loss ? 1 : -1));
  for (const { index } of byLoss) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts.map((part) => money(part * sign, total.currency));
}

function sameCurrency(a: Money, b: Money): void {
  invariant(a.currency === b.currency, `amounts meet in one currency, not ${a.currency} and ${b.currency}`);
}
