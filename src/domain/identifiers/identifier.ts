/**
 * What a look at a number alone can say. `shape-only`: it has the shape, and there is no check digit to tell more, or
 * the one it has is not guaranteed. Whether a valid number is registered, only its register knows.
 */
export type IdentifierVerdict = 'valid' | 'shape-only' | 'invalid';

/**
 * Capital letters, without the blanks, dots and dashes that people write between digits. Full-width letters and digits,
 * as a Japanese keyboard gives them, are the plain ones.
 */
export const normaliseIdentifier = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\p{Pd}/]/gu, '')
    // What stood apart may now belong together, such as an accent and its letter.
    .normalize('NFKC');

/** Sum of digits times weights, position by position; letters count as nothing. */
export const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at] ?? '0'), 0);

/** Mod 10, every second digit from the right doubled. @source ISO/IEC 7812-1, annex B */
export function passesLuhn(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
