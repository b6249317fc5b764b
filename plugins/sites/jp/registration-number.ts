import { type IdentifierVerdict, normaliseIdentifier } from 'acorn/plugin';

/**
 * The number of a registered supplier: T and 13 digits, the first a check digit of the other twelve.
 *
 * @returns `shape-only` where the check digit is another: it is promised for corporate numbers, and individuals have
 *          numbers of the same shape without that promise. Whether a number is registered, only the register knows.
 * @source  Ministry of Finance Ordinance No. 70 of 2014, article 2; Consumption Tax Act, article 57-2
 */
export function registrationNumberVerdict(text: string): IdentifierVerdict {
  const digits = /^T(\d{13})$/.exec(normaliseIdentifier(text))?.[1];
  if (digits === undefined) return 'invalid';
  return corporateCheckDigit(digits.slice(1)) === Number(digits[0]) ? 'valid' : 'shape-only';
}

/** 9 less the remainder by 9 of the twelve digits, weighted 1 and 2 by turns from the right: 1 to 9, never 0. */
export function corporateCheckDigit(twelve: string): number {
  const sum = [...twelve].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 2), 0);
  return 9 - (sum % 9);
}
