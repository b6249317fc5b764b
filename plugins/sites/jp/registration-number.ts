import {
  type IdentifierScheme,
  type IdentifierVerdict,
  invalidIdentifier,
  normaliseIdentifier,
  shapeOnly,
  validIdentifier,
} from 'acorn/plugin';

/**
 * The number of a registered supplier: T and 13 digits, the first a check digit of the other twelve. `shape-only` where
 * the check digit is another: it is promised for corporate numbers, and individuals have numbers of the same shape
 * without that promise. Whether a number is registered, only the register knows.
 */
export const jpT: IdentifierScheme = {
  scheme: 'JP-T',
  name: 'Registration number of an issuer of qualified invoices in Japan',
  source: 'Ministry of Finance Ordinance No. 70 of 2014, article 2; Consumption Tax Act, article 57-2',
  check: (text) => {
    const number = normaliseIdentifier(text);
    const digits = /^T(\d{13})$/.exec(number)?.[1];
    if (digits === undefined)
      return invalidIdentifier(number, 'WRONG_SHAPE', 'a registration number is T and 13 digits');
    return corporateCheckDigit(digits.slice(1)) === Number(digits[0])
      ? validIdentifier(number)
      : shapeOnly(
          number,
          'CHECK_DIGIT_NOT_PROMISED',
          'the check digit is not that of a corporate number: look it up in the register',
        );
  },
};

/** The same in a word. */
export const registrationNumberVerdict = (text: string): IdentifierVerdict => jpT.check(text).verdict;

/** 9 less the remainder by 9 of the twelve digits, weighted 1 and 2 by turns from the right: 1 to 9, never 0. */
export function corporateCheckDigit(twelve: string): number {
  const sum = [...twelve].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 2), 0);
  return 9 - (sum % 9);
}
