import { day, type GoldenCase } from 'acorn/plugin';
import { vatLaws } from '../vat-laws.ts';
import { answered, invoice, line, refused, registeredIn, type State, seller } from './cases.ts';

type Side = readonly [on: string, rate: string, taxOf100: bigint];

/** What a place and a class change, and the days on both sides of it. */
const changes: readonly (readonly [state: State, taxClass: string, ...sides: readonly Side[]])[] = [
  ['DE', 'standard', ['2020-06-30', '19', 19_00n], ['2020-07-01', '16', 16_00n]],
  ['DE', 'standard', ['2020-12-31', '16', 16_00n], ['2021-01-01', '19', 19_00n]],
  ['DE', 'reduced', ['2020-06-30', '7', 7_00n], ['2020-07-01', '5', 5_00n]],
  ['DE', 'reduced', ['2020-12-31', '5', 5_00n], ['2021-01-01', '7', 7_00n]],
  ['EE', 'standard', ['2023-12-31', '20', 20_00n], ['2024-01-01', '22', 22_00n]],
  ['EE', 'standard', ['2025-06-30', '22', 22_00n], ['2025-07-01', '24', 24_00n]],
  ['FI', 'standard', ['2024-08-31', '24', 24_00n], ['2024-09-01', '25.5', 25_50n]],
  ['FI', 'reduced', ['2025-12-31', '14', 14_00n], ['2026-01-01', '13.5', 13_50n]],
  ['IE', 'standard', ['2020-08-31', '23', 23_00n], ['2020-09-01', '21', 21_00n]],
  ['IE', 'standard', ['2021-02-28', '21', 21_00n], ['2021-03-01', '23', 23_00n]],
  ['LT', 'reduced', ['2025-12-31', '9', 9_00n], ['2026-01-01', '12', 12_00n]],
  ['LU', 'standard', ['2022-12-31', '17', 17_00n], ['2023-01-01', '16', 16_00n]],
  ['LU', 'standard', ['2023-12-31', '16', 16_00n], ['2024-01-01', '17', 17_00n]],
  ['LV', 'staple-food', ['2026-06-30', '21', 21_00n], ['2026-07-01', '12', 12_00n]],
  ['LV', 'staple-food', ['2027-06-30', '12', 12_00n], ['2027-07-01', '21', 21_00n]],
  ['AT', 'staple-food', ['2026-06-30', '10', 10_00n], ['2026-07-01', '4.9', 4_90n]],
  ['SK', 'standard', ['2024-12-31', '20', 20_00n], ['2025-01-01', '23', 23_00n]],
  ['SK', 'reduced', ['2024-12-31', '10', 10_00n], ['2025-01-01', '19', 19_00n]],
];

/** The same outside the euro. */
const elsewhere: readonly (readonly [state: State, currency: string, taxClass: string, ...sides: readonly Side[]])[] = [
  ['RO', 'RON', 'standard', ['2025-07-31', '19', 19_00n], ['2025-08-01', '21', 21_00n]],
  ['RO', 'RON', 'reduced', ['2025-07-31', '9', 9_00n], ['2025-08-01', '11', 11_00n]],
  ['SE', 'SEK', 'staple-food', ['2026-03-31', '12', 12_00n], ['2026-04-01', '6', 6_00n]],
  ['SE', 'SEK', 'staple-food', ['2027-12-31', '6', 6_00n], ['2028-01-01', '12', 12_00n]],
];

const within = (state: State, currency: string, taxClass: string, on: string) =>
  invoice({
    lines: [line(100_00n, taxClass, currency)],
    taxPoint: day(on),
    shipFromCountry: state,
    shipToCountry: state,
    supplier: registeredIn(state, state),
  });

const both = (state: State, currency: string, taxClass: string, sides: readonly Side[]): readonly GoldenCase[] =>
  sides.map(([on, rate, tax]) =>
    answered(
      `C4 · ${rate} % of ${taxClass} goods in ${state} on ${on}`,
      vatLaws[state] ?? '',
      within(state, currency, taxClass, on),
      {
        groups: [{ kind: 'vat', place: state, rate, base: 100_00n, tax, currency }],
        facts: ['supplier'],
        required: [seller(state)],
      },
    ),
  );

const unknown = (name: string, state: State, currency: string, taxClass: string, on: string, since: string) =>
  refused(name, vatLaws[state] ?? '', within(state, currency, taxClass, on), {
    code: 'TAX_RATE_UNKNOWN',
    key: `${state} ${taxClass}`,
    on: day(on),
    since: day(since),
  });

/** Both sides of every day on which a rate changes, and days that no rate reaches. */
export const datedRates: readonly GoldenCase[] = [
  ...changes.flatMap(([state, taxClass, ...sides]) => both(state, 'EUR', taxClass, sides)),
  ...elsewhere.flatMap(([state, currency, taxClass, ...sides]) => both(state, currency, taxClass, sides)),
  ...both('RO', 'RON', 'reduced-second', [['2025-07-31', '5', 5_00n]]),
  unknown('C10 · Romania’s 5 % ends and nothing follows', 'RO', 'RON', 'reduced-second', '2025-08-01', '2024-01-01'),
  unknown('C10 · Germany before its first row is refused', 'DE', 'EUR', 'standard', '2006-12-31', '2007-01-01'),
  unknown(
    'C10 · Croatia before it joined had no VAT of the Union',
    'HR',
    'HRK',
    'standard',
    '2013-06-30',
    '2013-07-01',
  ),
  unknown('C10 · Northern Ireland before 2021 is not answered', 'XI', 'GBP', 'standard', '2020-12-31', '2021-01-01'),
  unknown('C10 · a reduced rate of a year that was not looked up', 'NL', 'EUR', 'reduced', '2023-12-31', '2024-01-01'),
];
