import type { Brand } from './brand.ts';

/** ISO 4217 code, three capital letters. */
export type Currency = Brand<string, 'Currency'>;

/**
 * Minor digits where they are not 2.
 * @source ISO 4217 list one, amendment 178 (2025): currencies of Amazon's stores and their neighbours
 */
const minorDigitsOtherThanTwo: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  CLP: 0,
  ISK: 0,
  VND: 0,
  XAF: 0,
  XOF: 0,
  BHD: 3,
  JOD: 3,
  KWD: 3,
  OMR: 3,
  TND: 3,
};

/** Digits after the point in an amount of this currency: JPY 0, USD 2. Unit costs may carry more. */
export const minorDigits = (currency: Currency): number => minorDigitsOtherThanTwo[currency] ?? 2;

/** A currency code, or `undefined` when the text has not the shape of one. */
export const asCurrency = (text: string): Currency | undefined =>
  /^[A-Z]{3}$/.test(text) ? (text as Currency) : undefined;
