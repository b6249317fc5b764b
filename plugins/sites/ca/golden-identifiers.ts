import {
  type GoldenCase,
  type IdentifierCheck,
  type IdentifierInput,
  invalidIdentifier,
  shapeOnly,
  validIdentifier,
} from 'acorn/plugin';

const number = (scheme: string, name: string, text: string, answer: IdentifierCheck): GoldenCase => ({
  rule: 'identifier',
  name,
  site: 'CA',
  input: { scheme, text } satisfies IdentifierInput,
  answer,
});
const account = (text: string) =>
  invalidIdentifier(text, 'WRONG_SHAPE', 'a GST/HST account is the 9 digits of a business number, RT, and 4 digits');
const checkDigit = (text: string) =>
  invalidIdentifier(text, 'WRONG_CHECK_DIGIT', 'the ninth digit checks the others, and does not agree');
const qst = (text: string) =>
  invalidIdentifier(text, 'WRONG_SHAPE', 'a QST registration is 10 digits, TQ, and 4 digits');

/** Canadian numbers with the verdicts that must come. */
export const goldenIdentifiers: readonly GoldenCase[] = [
  number('CA-BN', 'A6: a business', '123 456 782', validIdentifier('123456782')),
  number('CA-BN', 'A6: another check digit', '123456789', checkDigit('123456789')),
  number('CA-GST', 'A6: a GST account', '123456782rt0001', validIdentifier('123456782RT0001', '123456782 RT0001')),
  number('CA-GST', 'A6: another check digit', '123456789RT0001', checkDigit('123456789RT0001')),
  number('CA-GST', 'A6: two digits changed places', '213456782RT0001', checkDigit('213456782RT0001')),
  number('CA-GST', 'A6: the business without its account', '123456782', account('123456782')),
  number('CA-GST', 'A6: an account of corporate tax', '123456782RC0001', account('123456782RC0001')),
  number(
    'CA-QST',
    'A6: a QST registration has no check digit',
    '1234567890 tq 0001',
    shapeOnly('1234567890TQ0001', 'NO_CHECK_DIGIT', 'Revenu Québec publishes no check digit', '1234567890 TQ0001'),
  ),
  number('CA-QST', 'A6: nine digits', '123456789TQ0001', qst('123456789TQ0001')),
];
