import {
  type GoldenCase,
  type IdentifierCheck,
  type IdentifierInput,
  invalidIdentifier,
  shapeOnly,
} from 'acorn/plugin';

const ein = (name: string, text: string, answer: IdentifierCheck): GoldenCase => ({
  rule: 'identifier',
  name,
  site: 'US',
  input: { scheme: 'US-EIN', text } satisfies IdentifierInput,
  answer,
});
const shaped = (text: string, display: string) =>
  shapeOnly(text, 'NO_CHECK_DIGIT', 'an EIN has no check digit', display);

/** Employer identification numbers with the verdicts that must come. */
export const goldenIdentifiers: readonly GoldenCase[] = [
  ein('as it is printed', '91-1646860', shaped('911646860', '91-1646860')),
  ein('the digits alone', '010000000', shaped('010000000', '01-0000000')),
  ein(
    'a prefix nobody gives out',
    '07-1234567',
    invalidIdentifier('071234567', 'UNKNOWN_PREFIX', 'no EIN begins with 07'),
  ),
  ein('eight digits', '12-345678', invalidIdentifier('12345678', 'WRONG_SHAPE', 'an EIN is 9 digits')),
  ein('letters', 'AB-1234567', invalidIdentifier('AB1234567', 'WRONG_SHAPE', 'an EIN is 9 digits')),
];
