import {
  type IdentifierScheme,
  invalidIdentifier,
  normaliseIdentifier,
  shapeOnly,
  validIdentifier,
} from 'acorn/plugin';

const weights = [8, 7, 6, 5, 4, 3, 2, 10, 1];

/**
 * Nine digits, of which the last two check the others by 97, since 2010 with 55 added; a branch has three more.
 * Departments of the state and health authorities have numbers of their own, without a check digit.
 */
export const gbVat: IdentifierScheme = {
  scheme: 'GB-VAT',
  name: 'VAT registration number in Great Britain',
  source: 'HM Revenue & Customs, VAT registration numbers: format and modulus 97 checks',
  check: (text) => {
    const number = normaliseIdentifier(text).replace(/^(?!GB)(?=.)/, 'GB');
    const rest = number.slice(2);
    if (/^(GD[0-4]|HA[5-9])\d{2}$/.test(rest)) {
      return shapeOnly(number, 'NO_CHECK_DIGIT', 'numbers of the state have no check digit');
    }
    if (!/^\d{9}(\d{3})?$/.test(rest)) {
      return invalidIdentifier(number, 'WRONG_SHAPE', 'a VAT number is GB and 9 or 12 digits');
    }
    const sum = weights.reduce((total, weight, at) => total + weight * Number(rest[at]), 0);
    return [0, 42].includes(sum % 97)
      ? validIdentifier(number, `GB ${rest.replace(/^(\d{3})(\d{4})(\d{2})(\d*)$/, '$1 $2 $3 $4').trim()}`)
      : invalidIdentifier(number, 'WRONG_CHECK_DIGIT', 'the eighth and ninth digit check the others, and do not agree');
  },
};
