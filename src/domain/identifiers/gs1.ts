import { normaliseIdentifier } from './identifier.ts';
import { type IdentifierScheme, invalidIdentifier, validIdentifier } from './scheme.ts';

const source = 'GS1 General Specifications, section 7.9: check digit of GS1 keys';

/** The last of all digits makes the sum of digits, weighted 1 and 3 by turns from it, a multiple of ten. */
export function passesGs1(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

/** Where somebody is: a party, a dock, a fulfilment centre. */
export const gln: IdentifierScheme = {
  scheme: 'GLN',
  name: 'GS1 Global Location Number',
  source,
  check: (text) => gs1('a GLN', normaliseIdentifier(text), [13]),
};

/** A product or a case of it: an EAN has 13 digits, a UPC 12. */
export const gtin: IdentifierScheme = {
  scheme: 'GTIN',
  name: 'GS1 Global Trade Item Number (EAN, UPC)',
  source,
  check: (text) => gs1('a GTIN', normaliseIdentifier(text), [8, 12, 13, 14]),
};

/** A carton or a pallet. Read from a label it may still have the 00 that says so in front, in brackets or not. */
export const sscc: IdentifierScheme = {
  scheme: 'SSCC',
  name: 'GS1 Serial Shipping Container Code',
  source,
  check: (text) => {
    const digits = normaliseIdentifier(text).replace(/^\(00\)|^00(?=\d{18}$)/, '');
    const checked = gs1('an SSCC', digits, [18]);
    return checked.verdict === 'valid' ? { ...checked, display: `(00) ${digits}` } : checked;
  },
};

function gs1(what: string, digits: string, lengths: readonly number[]) {
  if (!/^\d*$/.test(digits)) return invalidIdentifier(digits, 'WRONG_SHAPE', `${what} has digits only`);
  if (!lengths.includes(digits.length)) {
    return invalidIdentifier(digits, 'WRONG_LENGTH', `${what} has ${lengths.join(', ')} digits, not ${digits.length}`);
  }
  return passesGs1(digits)
    ? validIdentifier(digits)
    : invalidIdentifier(digits, 'WRONG_CHECK_DIGIT', `the last digit of ${what} checks the others, and does not agree`);
}
