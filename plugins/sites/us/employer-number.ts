import { type IdentifierScheme, invalidIdentifier, normaliseIdentifier, shapeOnly } from 'acorn/plugin';

/**
 * First two digits that no campus of the Internal Revenue Service gives out.
 * @source Internal Revenue Service, "How EINs are assigned and valid EIN prefixes", as it stood in 2025: all the others
 */
const unusedPrefixes = new Set('00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97'.split(' '));

/** Who an employer is to the tax office, printed as 12-3456789. It has no check digit. */
export const usEin: IdentifierScheme = {
  scheme: 'US-EIN',
  name: 'Employer identification number in the United States',
  source: '26 CFR 301.6109-1; Internal Revenue Service, valid EIN prefixes',
  check: (text) => {
    const number = normaliseIdentifier(text);
    if (!/^\d{9}$/.test(number)) return invalidIdentifier(number, 'WRONG_SHAPE', 'an EIN is 9 digits');
    const prefix = number.slice(0, 2);
    if (unusedPrefixes.has(prefix)) {
      return invalidIdentifier(number, 'UNKNOWN_PREFIX', `no EIN begins with ${prefix}`);
    }
    return shapeOnly(number, 'NO_CHECK_DIGIT', 'an EIN has no check digit', `${prefix}-${number.slice(2)}`);
  },
};
