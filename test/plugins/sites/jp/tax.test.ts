import { expect, test } from 'vitest';
import { consumptionTax, consumptionTaxBy } from '../../../../plugins/sites/jp/consumption-tax.ts';
import { rates } from '../../../../plugins/sites/jp/rates.ts';
import { registrationNumberVerdict } from '../../../../plugins/sites/jp/registration-number.ts';
import { day } from '../../../../src/base/calendar-date.ts';
import { decimal } from '../../../../src/base/decimal.ts';
import { money } from '../../../../src/base/money.ts';
import { rateTableInCode } from '../../../../src/domain/tax/rate-table.ts';
import type { TaxableInvoice } from '../../../../src/seams/site.ts';

const food = (taxPoint: string): TaxableInvoice => ({
  lines: [{ net: money(10_000n, 'JPY'), taxClass: 'reduced' }],
  taxPoint: day(taxPoint),
  shipToCountry: 'JP',
  certificates: [],
});

test.each([
  ['T7123456789012', 'valid', 'the worked example of the rule'],
  ['T7000012050002', 'valid', ''],
  ['T5835678256246', 'valid', ''],
  ['T4011001098993', 'valid', ''],
  ['t 4011-0010-98993', 'valid', 'as people write it'],
  ['T8000012050002', 'shape-only', 'another check digit'],
  ['T1234567890123', 'shape-only', 'the dummy of the official examples'],
  ['T0123456789012', 'shape-only', 'a check digit is never 0'],
  ['7000012050002', 'invalid', 'without T'],
  ['T700001205000', 'invalid', 'twelve digits'],
  ['T70000120500021', 'invalid', 'fourteen'],
  ['T７０００01205000', 'invalid', 'wide digits'],
])('J2 · %s is %s %s', (number, verdict) => {
  expect(registrationNumberVerdict(number)).toBe(verdict);
});

test('J2 · any one digit wrong is found, unless it is worth the same by nine', () => {
  const good = 'T7000012050002';
  for (let at = 2; at < good.length; at++) {
    const wrong = good.slice(0, at) + ((Number(good[at]) + 1) % 10) + good.slice(at + 1);
    // 9 and 0 leave the same remainder by nine; there is no 9 here.
    expect(registrationNumberVerdict(wrong)).toBe('shape-only');
  }
});

test('J9 · a new rate is a row of data: 1 % on food from 1 April 2027, and 8 % again after', () => {
  const source = 'a bill that is not law';
  const row = { key: 'reduced', category: 'AA', source } as const;
  const table = rateTableInCode('jp/consumption-tax', [
    ...rates,
    { ...row, since: day('2027-04-01'), rate: decimal('1') },
    { ...row, since: day('2029-04-01'), rate: decimal('8') },
  ]);
  const tax = (on: string) => {
    const answer = consumptionTaxBy(table)(food(on));
    return answer.ok && answer.value.taxes.map(({ rate, tax }) => [rate, tax.minor]);
  };
  expect(tax('2027-03-31')).toEqual([['8', 800n]]);
  expect(tax('2027-04-01')).toEqual([['1', 100n]]);
  expect(tax('2029-03-31')).toEqual([['1', 100n]]);
  expect(tax('2029-04-01')).toEqual([['8', 800n]]);
});

test('J2 · a supplier of whom nothing is known is warned about, and writes no qualified invoice', () => {
  expect(consumptionTax(food('2026-11-02'))).toMatchObject({
    ok: true,
    value: { document: 'invoice', warnings: [{ code: 'SUPPLIER_REGISTRATION_UNKNOWN' }] },
  });
});
