import { ibanLengths } from './iban-lengths.ts';
import { normaliseIdentifier } from './identifier.ts';
import { type IdentifierCheck, type IdentifierScheme, invalidIdentifier, validIdentifier } from './scheme.ts';

/** A bank account. Whether the bank has it, only the bank knows. */
export const iban: IdentifierScheme = {
  scheme: 'IBAN',
  name: 'International Bank Account Number',
  source: 'ISO 13616 and SWIFT, IBAN Registry; check digits by ISO/IEC 7064, mod 97-10',
  check: (text) => checkIban(normaliseIdentifier(text)),
};

function checkIban(number: string): IdentifierCheck {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]*$/.test(number)) {
    return invalidIdentifier(number, 'WRONG_SHAPE', 'an IBAN is two letters, two digits, then letters and digits');
  }
  const country = number.slice(0, 2);
  const length = ibanLengths.get(country);
  if (length === undefined) {
    return invalidIdentifier(number, 'UNKNOWN_PREFIX', `${country} has no IBAN in the registry`);
  }
  if (number.length !== length) {
    const message = `an IBAN of ${country} has ${length} characters, not ${number.length}`;
    return invalidIdentifier(number, 'WRONG_LENGTH', message);
  }
  if (!passesMod97(number)) {
    return invalidIdentifier(
      number,
      'WRONG_CHECK_DIGIT',
      'the third and fourth character check the others, and do not agree',
    );
  }
  return validIdentifier(number, number.replace(/.{4}(?=.)/g, '$& '));
}

/** Check digits are 02 to 98: 00, 01 and 99 would pass where 97, 98 and 02 belong. */
function passesMod97(number: string): boolean {
  const given = Number(number.slice(2, 4));
  if (given < 2 || given > 98) return false;
  const digits = [...number.slice(4), ...number.slice(0, 4)].map((one) => Number.parseInt(one, 36)).join('');
  return BigInt(digits) % 97n === 1n;
}
