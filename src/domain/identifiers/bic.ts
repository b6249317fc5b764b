import { normaliseIdentifier } from './identifier.ts';
import { type IdentifierScheme, invalidIdentifier, shapeOnly } from './scheme.ts';

/** A bank: four characters of its own, its country, two of its place, and three of a branch or none. */
export const bic: IdentifierScheme = {
  scheme: 'BIC',
  name: 'Business Identifier Code of a bank (SWIFT code)',
  source: 'ISO 9362',
  check: (text) => {
    const code = normaliseIdentifier(text);
    if (code.length !== 8 && code.length !== 11) {
      return invalidIdentifier(code, 'WRONG_LENGTH', `a BIC has 8 or 11 characters, not ${code.length}`);
    }
    return /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(code)
      ? shapeOnly(code, 'NO_CHECK_DIGIT', 'a BIC has no check digit: only the directory knows whether there is one')
      : invalidIdentifier(code, 'WRONG_SHAPE', 'the fifth and sixth character of a BIC are the letters of a country');
  },
};
