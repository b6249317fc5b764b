import {
  type GoldenCase,
  type IdentifierCheck,
  type IdentifierInput,
  invalidIdentifier,
  shapeOnly,
  validIdentifier,
} from 'acorn/plugin';

const jpT = (name: string, text: string, answer: IdentifierCheck): GoldenCase => ({
  rule: 'identifier',
  name,
  site: 'JP',
  input: { scheme: 'JP-T', text } satisfies IdentifierInput,
  answer,
});
const shape = (text: string) => invalidIdentifier(text, 'WRONG_SHAPE', 'a registration number is T and 13 digits');
const unpromised = (text: string) =>
  shapeOnly(
    text,
    'CHECK_DIGIT_NOT_PROMISED',
    'the check digit is not that of a corporate number: look it up in the register',
  );

/** Registration numbers with the verdicts that must come. */
export const goldenIdentifiers: readonly GoldenCase[] = [
  jpT('J2: a corporate number', 'T7000012050002', validIdentifier('T7000012050002')),
  jpT('J2: another one, as people write it', 't5-8356-7825-6246', validIdentifier('T5835678256246')),
  jpT('J2: with the letters of a Japanese keyboard', 'Ｔ４０１１００１０９８９９３', validIdentifier('T4011001098993')),
  jpT('J2: another check digit may be an individual', 'T8000012050002', unpromised('T8000012050002')),
  jpT('J2: the dummy of the official examples', 'T1234567890123', unpromised('T1234567890123')),
  jpT('J2: without T it is a corporate number, and no registration', '7000012050002', shape('7000012050002')),
  jpT('J2: 12 digits', 'T700001205000', shape('T700001205000')),
];
