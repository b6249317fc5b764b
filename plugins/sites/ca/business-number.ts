import {
  type IdentifierCheck,
  type IdentifierScheme,
  type IdentifierVerdict,
  invalidIdentifier,
  normaliseIdentifier,
  passesLuhn,
  shapeOnly,
  validIdentifier,
} from 'acorn/plugin';

const agency = 'Canada Revenue Agency, business number; the ninth digit is a Luhn check digit';

/** The nine digits that name a business, and not one of its accounts. */
export const caBusinessNumber: IdentifierScheme = {
  scheme: 'CA-BN',
  name: 'Business number in Canada',
  source: agency,
  check: (text) => checkNumber(text, /^\d{9}$/, 'a business number is 9 digits'),
};

/** What an invoice has to print: the business number, RT, and four digits of the account. */
export const caGst: IdentifierScheme = {
  scheme: 'CA-GST',
  name: 'GST/HST account in Canada',
  source: agency,
  check: (text) =>
    checkNumber(text, /^\d{9}RT\d{4}$/, 'a GST/HST account is the 9 digits of a business number, RT, and 4 digits'),
};

/** Revenu Québec publishes no check digit, so a good one is of the right shape, and no more can be said. */
export const caQst: IdentifierScheme = {
  scheme: 'CA-QST',
  name: 'QST registration in Québec',
  source: 'Revenu Québec, validating a QST registration number',
  check: (text) => {
    const number = normaliseIdentifier(text);
    return /^\d{10}TQ\d{4}$/.test(number)
      ? shapeOnly(number, 'NO_CHECK_DIGIT', 'Revenu Québec publishes no check digit', spaced(number, 10))
      : invalidIdentifier(number, 'WRONG_SHAPE', 'a QST registration is 10 digits, TQ, and 4 digits');
  },
};

function checkNumber(text: string, shape: RegExp, says: string): IdentifierCheck {
  const number = normaliseIdentifier(text);
  if (!shape.test(number)) return invalidIdentifier(number, 'WRONG_SHAPE', says);
  return passesLuhn(number.slice(0, 9))
    ? validIdentifier(number, spaced(number, 9))
    : invalidIdentifier(number, 'WRONG_CHECK_DIGIT', 'the ninth digit checks the others, and does not agree');
}

const spaced = (number: string, after: number): string =>
  number.length === after ? number : `${number.slice(0, after)} ${number.slice(after)}`;

/** A GST/HST account, or the nine digits of the business alone. */
export function businessNumberVerdict(text: string): IdentifierVerdict {
  const account = caGst.check(text).verdict;
  return account === 'invalid' ? caBusinessNumber.check(text).verdict : account;
}

/** The same, where the account must be there. */
export const gstAccountVerdict = (text: string): IdentifierVerdict => caGst.check(text).verdict;

/** A QST registration, in a word. */
export const qstNumberVerdict = (text: string): IdentifierVerdict => caQst.check(text).verdict;
