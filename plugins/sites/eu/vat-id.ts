import {
  type IdentifierScheme,
  type IdentifierVerdict,
  invalidIdentifier,
  normaliseIdentifier,
  shapeOnly,
  validIdentifier,
} from 'acorn/plugin';
import { checkDigits } from './vat-id-check-digits.ts';

interface Shape {
  /** What follows the two letters. */
  readonly shape: RegExp;
  /** The same for a person. */
  readonly says: string;
}

const digits = (count: number): Shape => ({ shape: new RegExp(`^\\d{${count}}$`), says: `${count} digits` });

/** By the two letters. @source European Commission, VIES, structure of VAT identification numbers */
const shapes: ReadonlyMap<string, Shape> = new Map([
  ['AT', { shape: /^U\d{8}$/, says: 'U and 8 digits' }],
  ['BE', { shape: /^[01]\d{9}$/, says: '10 digits, the first 0 or 1' }],
  ['BG', { shape: /^\d{9,10}$/, says: '9 or 10 digits' }],
  ['CY', { shape: /^\d{8}[A-Z]$/, says: '8 digits and a letter' }],
  ['CZ', { shape: /^\d{8,10}$/, says: '8 to 10 digits' }],
  ['DE', digits(9)],
  ['DK', digits(8)],
  ['EE', digits(9)],
  ['EL', digits(9)],
  ['ES', { shape: /^([A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/, says: '9 characters, the first or the last a letter, or both' }],
  ['FI', digits(8)],
  ['FR', { shape: /^[0-9A-HJ-NP-Z]{2}\d{9}$/, says: '2 characters without I and O, and 9 digits' }],
  ['HR', digits(11)],
  ['HU', digits(8)],
  [
    'IE',
    { shape: /^(\d{7}[A-W][A-IW]?|\d[A-Z+*]\d{5}[A-W])$/, says: '7 digits and 1 or 2 letters, or as before 2013' },
  ],
  ['IT', digits(11)],
  ['LT', { shape: /^(\d{9}|\d{12})$/, says: '9 or 12 digits' }],
  ['LU', digits(8)],
  ['LV', digits(11)],
  ['MT', digits(8)],
  ['NL', { shape: /^[0-9A-Z+*]{9}B\d{2}$/, says: '9 characters, B, and 2 digits' }],
  ['PL', digits(10)],
  ['PT', digits(9)],
  ['RO', { shape: /^\d{2,10}$/, says: '2 to 10 digits' }],
  ['SE', { shape: /^\d{10}(0[1-9]|[1-8]\d|9[0-4])$/, says: '12 digits, the last two 01 to 94' }],
  ['SI', { shape: /^[1-9]\d{7}$/, says: '8 digits, the first not 0' }],
  ['SK', digits(10)],
  ['XI', { shape: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, says: '9 or 12 digits, or GD or HA and 3 digits' }],
]);

/** Letters that people write, and that no VAT id of the union begins with. */
const otherLetters: Readonly<Record<string, string>> = {
  GR: 'Greece is EL in VAT ids, and GR only in addresses',
  GB: 'Great Britain is outside the union; Northern Ireland is XI',
};

/** The state of a VAT id, by its letters: EL for Greece, XI for Northern Ireland. Not whether it is a good one. */
export const stateOfVatId = (text: string): string => normaliseIdentifier(text).slice(0, 2);

/**
 * A VAT id of the 27 states or of Northern Ireland. `shape-only` where its kind has no check digit that is known here.
 * Whether it is registered today, only VIES can say.
 */
export const euVat: IdentifierScheme = {
  scheme: 'EU-VAT',
  name: 'VAT identification number of the European Union and Northern Ireland',
  source: 'Directive 2006/112/EC, article 215; European Commission, VIES: structure and algorithms of the states',
  check: (text) => {
    const id = normaliseIdentifier(text);
    const [state, rest] = [id.slice(0, 2), id.slice(2)];
    const known = shapes.get(state);
    if (known === undefined) {
      const hint = Object.hasOwn(otherLetters, state) ? otherLetters[state] : undefined;
      return invalidIdentifier(id, 'UNKNOWN_PREFIX', hint ?? 'a VAT id begins with the two letters of a state');
    }
    if (!known.shape.test(rest)) {
      return invalidIdentifier(id, 'WRONG_SHAPE', `a VAT id of ${state} is ${state} and ${known.says}`);
    }
    const passes = Object.hasOwn(checkDigits, state) ? checkDigits[state]?.(rest) : undefined;
    if (passes === undefined) {
      return shapeOnly(id, 'NO_CHECK_DIGIT', `this kind of number of ${state} has no check digit that is known here`);
    }
    return passes
      ? validIdentifier(id)
      : invalidIdentifier(id, 'WRONG_CHECK_DIGIT', `the check digit by the rule of ${state} is another`);
  },
};

/** The same in a word. */
export const vatIdVerdict = (text: string): IdentifierVerdict => euVat.check(text).verdict;
