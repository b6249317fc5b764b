import { Decimal as DecimalJs } from 'decimal.js';
import type { Brand } from './brand.ts';
import { no, type Result, yes } from './result.ts';

/** An exact decimal as canonical text: no exponent, no trailing zeros after the point, no `-0`. Equal values are equal text. */
export type Decimal = Brand<string, 'Decimal'>;

// Wide enough that no product of two stored decimals is ever shortened; decimal.js stops at 20 digits by itself.
const Exact = DecimalJs.clone({ precision: 80, rounding: DecimalJs.ROUND_HALF_UP, toExpNeg: -60, toExpPos: 60 });

const shape = /^[+-]?(\d{1,40}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?$/;

/** Read a decimal from text such as `12.50`, `-3`, `.5` or `1e2`. Refuses anything else, with the text it could not read. */
export function parseDecimal(text: string): Result<Decimal, { readonly code: 'NOT_A_DECIMAL'; readonly text: string }> {
  const trimmed = text.trim();
  if (!shape.test(trimmed)) return no({ code: 'NOT_A_DECIMAL', text });
  return yes(canonical(new Exact(trimmed)));
}

/** A decimal written in code. Throws on text that is not one: a typing mistake, never input. */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (!parsed.ok) throw new RangeError(`not a decimal: ${text}`);
  return parsed.value;
}

export const multiply = (a: Decimal, b: Decimal): Decimal => canonical(new Exact(a).times(b));
/**
 * a ÷ b, rounded to so many significant digits, half away from zero: for showing a ratio. Amounts are never made from
 * it; see `roundRatio`. @param b not zero
 */
export const quotient = (a: Decimal, b: Decimal, significantDigits: number): Decimal =>
  canonical(new Exact(a).dividedBy(b).toSignificantDigits(significantDigits));
export const isNegative = (a: Decimal): boolean => a.startsWith('-');
/** -1, 0 or 1, as for sorting. */
export const compareDecimals = (a: Decimal, b: Decimal): -1 | 0 | 1 => {
  const order = new Exact(a).comparedTo(b);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
};

/** Shift by `digits` powers of ten and round half away from zero to a whole number. */
export const toScaledInteger = (a: Decimal, digits: number): bigint =>
  BigInt(new Exact(a).times(new Exact(10).pow(digits)).toDecimalPlaces(0, DecimalJs.ROUND_HALF_UP).toFixed(0));

/** Digits after the point: 2 for `1.25`, 0 for `7`. */
export const decimalPlaces = (a: Decimal): number => new Exact(a).decimalPlaces();

function canonical(value: DecimalJs): Decimal {
  return (value.isZero() ? '0' : value.toFixed()) as Decimal;
}
