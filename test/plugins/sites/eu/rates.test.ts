import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { euRates, rates } from '../../../../plugins/sites/eu/rates.ts';
import { currencyOf, placeOf, states } from '../../../../plugins/sites/eu/states.ts';
import { vatBy } from '../../../../plugins/sites/eu/vat.ts';
import { day } from '../../../../src/base/calendar-date.ts';
import { decimal } from '../../../../src/base/decimal.ts';
import { money } from '../../../../src/base/money.ts';
import { rateTableInCode } from '../../../../src/domain/tax/rate-table.ts';

const rateOn = (key: string, on: string) => {
  const found = euRates.on(key, day(on));
  return found.ok ? found.value.rate : found.refusal.code;
};

test.each([
  ['EE standard', '2025-06-30', '22', '2025-07-01', '24'],
  ['FI standard', '2024-08-31', '24', '2024-09-01', '25.5'],
  ['FI reduced', '2025-12-31', '14', '2026-01-01', '13.5'],
  ['RO standard', '2025-07-31', '19', '2025-08-01', '21'],
  ['RO reduced-second', '2025-07-31', '5', '2025-08-01', 'TAX_RATE_UNKNOWN'],
  ['SK standard', '2024-12-31', '20', '2025-01-01', '23'],
  ['DE standard', '2020-06-30', '19', '2020-07-01', '16'],
  ['DE standard', '2020-12-31', '16', '2021-01-01', '19'],
  ['LT reduced', '2025-12-31', '9', '2026-01-01', '12'],
  ['SE staple-food', '2026-03-31', '12', '2026-04-01', '6'],
  ['SE staple-food', '2027-12-31', '6', '2028-01-01', '12'],
  ['AT staple-food', '2026-06-30', '10', '2026-07-01', '4.9'],
])('C4 · %s on both sides of its change', (key, before, was, from, is) => {
  expect([rateOn(key, before), rateOn(key, from)]).toEqual([was, is]);
});

test('each of the 27 states, and Northern Ireland, has a standard rate', () => {
  expect(states).toHaveLength(28);
  expect(states.filter((state) => rateOn(`${state} standard`, '2026-11-23') === 'TAX_RATE_UNKNOWN')).toEqual([]);
});

test('Greece is EL, Northern Ireland XI; the Canary Islands are apart, and Great Britain is outside', () => {
  expect(placeOf('GR')).toEqual({ kind: 'state', state: 'EL', rates: 'EL' });
  expect(placeOf('GB', 'NIR')).toEqual({ kind: 'state', state: 'XI', rates: 'XI' });
  expect(placeOf('GB')).toEqual({ kind: 'united-kingdom', place: 'GB' });
  expect(placeOf('ES', 'ES-CN')).toEqual({ kind: 'outside', place: 'ES-CN' });
  expect(placeOf('PT', 'pt-ma')).toEqual({ kind: 'state', state: 'PT', rates: 'PT-30' });
});

test('Bulgaria has the euro from 2026', () => {
  expect(currencyOf('BG', day('2025-12-31'))).toBe('BGN');
  expect(currencyOf('BG', day('2026-01-01'))).toBe('EUR');
});

test('J9 · a new rate is a row of data: Luxembourg at 18 % from 2028', () => {
  const row = { key: 'LU standard', since: day('2028-01-01'), rate: decimal('18'), source: 'a bill that is not law' };
  const table = rateTableInCode('eu/vat', [...rates, { ...row, category: 'S' }]);
  const taxed = (on: string) => {
    const answer = vatBy(table)({
      lines: [{ net: money(100_00n, 'EUR'), taxClass: 'standard' }],
      taxPoint: day(on),
      shipFromCountry: 'LU',
      shipToCountry: 'LU',
      supplier: { registrations: [{ scheme: 'EU-VAT', number: 'LU15027442' }] },
      certificates: [],
    });
    return answer.ok && [answer.value.taxes.map(({ tax }) => tax.minor), answer.value.rates === euRates.version];
  };
  expect(taxed('2027-12-31')).toEqual([[17_00n], false]);
  expect(taxed('2028-01-01')).toEqual([[18_00n], false]);
});

test('every row names the act of its state', () => {
  expect(rates.filter(({ source }) => source.startsWith('undefined'))).toEqual([]);
});

// Rates that were collected elsewhere, from other sources, and are not part of this project.
const collected =
  process.env.VAT_RATES ?? new URL('../../../../../shared/reference/localisation/eu-vat-rates.csv', import.meta.url);

/** Services, and a category that is none of the rates of goods. */
const notOfGoods = ['EE 13', 'MT 12'];

test.skipIf(!existsSync(collected))(
  'C4 · the table agrees with rates collected from other sources, where ../shared has them',
  () => {
    const disagreements = readFileSync(collected, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .flatMap((row) => {
        const [state = '', kind = '', rate = '', from = '', to = ''] = row.split(',');
        // Parking rates are for goods that had a lower one in 1991; islands are refused here.
        if (kind === 'parking' || kind === 'standard-islands' || notOfGoods.includes(`${state} ${rate}`)) return [];
        const days = [from, to].filter((on) => on >= '2020-07-01' || kind === 'standard').filter((on) => on !== '');
        return (days.length === 0 ? ['2026-02-02'] : days)
          .filter((on) => !keysOf(state, kind).some((key) => rateOn(key, on) === decimal(rate)))
          .map((on) => `${state} ${kind} ${rate} on ${on}`);
      });
    expect(disagreements).toEqual([]);
  },
);

/** Standard rates meet standard rates, those of a region its own; lower ones meet any that are not standard. */
const keysOf = (state: string, kind: string): readonly string[] =>
  euRates.keys.filter((key) => {
    const [place = '', taxClass = ''] = key.split(' ');
    if (kind === 'standard-azores') return key === 'PT-20 standard';
    if (kind === 'standard-madeira') return key === 'PT-30 standard';
    return place === state && (kind === 'standard') === (taxClass === 'standard');
  });
