import { type IdentifierVerdict, normaliseIdentifier } from 'acorn/plugin';
import { checkDigits } from './vat-id-check-digits.ts';

const britishShape = /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/;

/** What follows the two letters. @source European Commission, VIES, structure of VAT identification numbers */
const shapes: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^([A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/,
  FI: /^\d{8}$/,
  FR: /^[0-9A-HJ-NP-Z]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-IW]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[0-9A-Z+*]{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{10}(0[1-9]|[1-8]\d|9[0-4])$/,
  SI: /^[1-9]\d{7}$/,
  SK: /^\d{10}$/,
  XI: britishShape,
};

/** The state of a VAT id, by its letters: EL for Greece, XI for Northern Ireland. Not whether it is a good one. */
export const stateOfVatId = (text: string): string => normaliseIdentifier(text).slice(0, 2);

/**
 * A VAT id of the 27 states or of Northern Ireland. `shape-only` where its kind has no check digit that is known here.
 * Whether it is registered today, only VIES can say.
 */
export function vatIdVerdict(text: string): IdentifierVerdict {
  const id = normaliseIdentifier(text);
  const [state, rest] = [id.slice(0, 2), id.slice(2)];
  if (!Object.hasOwn(shapes, state) || shapes[state]?.test(rest) !== true) return 'invalid';
  const passes = Object.hasOwn(checkDigits, state) ? checkDigits[state]?.(rest) : undefined;
  return passes === undefined ? 'shape-only' : passes ? 'valid' : 'invalid';
}
