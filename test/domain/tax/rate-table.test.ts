import { expect, test } from 'vitest';
import { day } from '../../../src/base/calendar-date.ts';
import { decimal } from '../../../src/base/decimal.ts';
import { type RateRow, rateTable, rateTableInCode } from '../../../src/domain/tax/rate-table.ts';

const row = (since: string, rate: string, over: Partial<RateRow> = {}): RateRow => ({
  key: 'standard',
  since: day(since),
  rate: decimal(rate),
  source: 'a law',
  ...over,
});
const problems = (...rows: RateRow[]) => {
  const table = rateTable('xx/vat', rows);
  return table.ok ? [] : table.refusal;
};
const rateOn = (rows: readonly RateRow[], on: string) => {
  const found = rateTableInCode('xx/vat', rows).on('standard', day(on));
  return found.ok ? found.value.rate : found.refusal;
};

test('C4 · a rate begins on its first day, in whatever order the rows stand', () => {
  const rows = [row('2019-10-01', '10'), row('2014-04-01', '8')];
  expect(rateOn(rows, '2019-09-30')).toBe('8');
  expect(rateOn(rows, '2019-10-01')).toBe('10');
});

test('C10 · a day before all rates is refused, and so is one after the last day', () => {
  expect(rateOn([row('2014-04-01', '8')], '2014-03-31')).toEqual({
    code: 'TAX_RATE_UNKNOWN',
    key: 'standard',
    on: '2014-03-31',
    since: '2014-04-01',
  });
  expect(rateOn([row('2014-04-01', '8', { until: day('2014-12-31') })], '2015-01-01')).toMatchObject({
    code: 'TAX_RATE_UNKNOWN',
  });
  expect(rateTableInCode('xx/vat', []).on('luxury', day('2026-01-01'))).toMatchObject({
    ok: false,
    refusal: { code: 'TAX_RATE_UNKNOWN', key: 'luxury' },
  });
});

test('C10 · gaps and overlaps are found when the table is loaded, all at once', () => {
  const gap = row('2020-01-01', '8', { until: day('2020-06-30') });
  expect(problems(gap, row('2020-07-01', '10'))).toEqual([]);
  expect(problems(gap, row('2020-07-03', '10'))).toEqual([
    { code: 'RATE_GAP', key: 'standard', from: '2020-07-01', to: '2020-07-02' },
  ]);
  expect(problems(gap, row('2020-06-30', '10'))).toEqual([
    { code: 'RATE_OVERLAP', key: 'standard', from: '2020-06-30' },
  ]);
  expect(problems(row('2020-01-01', '8'), row('2020-01-01', '9'))).toEqual([
    { code: 'RATE_OVERLAP', key: 'standard', from: '2020-01-01' },
  ]);
  expect(problems(row('2020-01-01', '-1', { source: ' ' }), row('2021-01-01', '101')).map(({ code }) => code)).toEqual([
    'RATE_WITHOUT_SOURCE',
    'RATE_OUT_OF_RANGE',
    'RATE_OUT_OF_RANGE',
  ]);
});

test('a table written in code stops the start where it has a gap', () => {
  expect(() =>
    rateTableInCode('xx/vat', [row('2020-01-01', '8', { until: day('2020-06-30') }), row('2021-01-01', '9')]),
  ).toThrow(/RATE_GAP/);
});

test('the version names the table, and changes with any row but not with their order', () => {
  const rows = [row('2014-04-01', '8'), row('2019-10-01', '10')];
  const version = (of: readonly RateRow[]) => rateTableInCode('xx/vat', of).version;
  expect(version(rows)).toBe(version([...rows].reverse()));
  expect(version(rows)).toMatch(/^xx\/vat@[0-9a-f]{12}$/);
  expect(version(rows)).not.toBe(version([...rows, row('2027-04-01', '1')]));
});
