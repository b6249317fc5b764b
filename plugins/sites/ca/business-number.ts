import { type IdentifierVerdict, normaliseIdentifier, passesLuhn } from 'acorn/plugin';

/**
 * A GST/HST account: the business number of nine digits, RT, and four digits of the account.
 *
 * @param text also the nine digits alone, which name the business and not its account
 * @source     Canada Revenue Agency, business number; the ninth digit is a Luhn check digit
 */
export function businessNumberVerdict(text: string): IdentifierVerdict {
  const digits = /^(\d{9})(RT\d{4})?$/.exec(normaliseIdentifier(text))?.[1];
  return digits !== undefined && passesLuhn(digits) ? 'valid' : 'invalid';
}

/** The same, where the account must be there: what an invoice has to print. */
export const gstAccountVerdict = (text: string): IdentifierVerdict =>
  /RT\d{4}$/.test(normaliseIdentifier(text)) ? businessNumberVerdict(text) : 'invalid';

/**
 * A QST registration: ten digits, TQ, and four digits. Revenu Québec publishes no check digit, so a good one is of the
 * right shape, and no more can be said.
 * @source Revenu Québec, validating a QST registration number
 */
export const qstNumberVerdict = (text: string): IdentifierVerdict =>
  /^\d{10}TQ\d{4}$/.test(normaliseIdentifier(text)) ? 'shape-only' : 'invalid';
