import { expect, test } from 'vitest';
import {
  businessNumberVerdict,
  gstAccountVerdict,
  qstNumberVerdict,
} from '../../../../plugins/sites/ca/business-number.ts';

test.each([
  ['123456782', 'valid', 'the business alone'],
  ['123456782RT0001', 'valid', ''],
  ['123456782 rt 0001', 'valid', 'as people write it'],
  ['123456789RT0001', 'invalid', 'another check digit'],
  ['213456782RT0001', 'invalid', 'two digits changed places'],
  ['123456782RC0001', 'invalid', 'an account of corporate tax'],
  ['12345678RT0001', 'invalid', 'eight digits'],
])('A6 · the business number %s is %s %s', (number, verdict) => {
  expect(businessNumberVerdict(number)).toBe(verdict);
});

test('A6 · an invoice needs the account, not the business alone', () => {
  expect(gstAccountVerdict('123456782')).toBe('invalid');
  expect(gstAccountVerdict('123456782RT0001')).toBe('valid');
});

test.each([
  ['1234567890TQ0001', 'shape-only'],
  ['1234567890 TQ 0001', 'shape-only'],
  ['123456789TQ0001', 'invalid'],
  ['1234567890RT0001', 'invalid'],
])('A6 · the QST number %s is %s: no check digit is published', (number, verdict) => {
  expect(qstNumberVerdict(number)).toBe(verdict);
});
