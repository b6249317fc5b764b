import type { IdentifierVerdict } from './identifier.ts';

/** Why a number is not simply valid. */
export type IdentifierReasonCode =
  /** It begins with letters or digits that nobody gives out. */
  | 'UNKNOWN_PREFIX'
  | 'WRONG_LENGTH'
  | 'WRONG_SHAPE'
  | 'WRONG_CHECK_DIGIT'
  /** Its shape is right, and there is nothing in it to check further. */
  | 'NO_CHECK_DIGIT'
  /** Its check digit is not the usual one, and some good numbers have another. */
  | 'CHECK_DIGIT_NOT_PROMISED';

/** What a look at a number says; see `IdentifierVerdict`. */
export interface IdentifierCheck {
  readonly verdict: IdentifierVerdict;
  /** As it is stored and compared: capitals, without what people write between. */
  readonly normalised: string;
  /** As it is printed; the normalised text where it is not a good one. */
  readonly display: string;
  /** Left out of a valid number only. */
  readonly reason?: { readonly code: IdentifierReasonCode /** For a person. */; readonly message: string };
}

/**
 * A kind of number by which parties, places and things are known, and how to tell a good one.
 *
 * Asked:   whenever somebody wants to know.
 * Promise: pure and synchronous, for any text at all. Whether a good number is given out to somebody, only its register
 *          knows; a scheme never claims it.
 */
export interface IdentifierScheme {
  /** Its name for a program, in capitals: `IBAN`, `EU-VAT`. Unique in an installation. */
  readonly scheme: string;
  /** What it is, for a person. */
  readonly name: string;
  /** Who says what a good one is. */
  readonly source: string;
  check(text: string): IdentifierCheck;
}

export const validIdentifier = (normalised: string, display: string = normalised): IdentifierCheck => ({
  verdict: 'valid',
  normalised,
  display,
});

export const shapeOnly = (
  normalised: string,
  code: 'NO_CHECK_DIGIT' | 'CHECK_DIGIT_NOT_PROMISED',
  message: string,
  display: string = normalised,
): IdentifierCheck => ({ verdict: 'shape-only', normalised, display, reason: { code, message } });

export const invalidIdentifier = (
  normalised: string,
  code: Exclude<IdentifierReasonCode, 'NO_CHECK_DIGIT' | 'CHECK_DIGIT_NOT_PROMISED'>,
  message: string,
): IdentifierCheck => ({ verdict: 'invalid', normalised, display: normalised, reason: { code, message } });
