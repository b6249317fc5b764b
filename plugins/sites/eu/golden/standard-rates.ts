import type { GoldenCase } from 'acorn/plugin';
import { vatLaws } from '../vat-laws.ts';
import { answered, invoice, line, registeredIn, type State, seller } from './cases.ts';

/** Country of the address, letters of the VAT id, currency, standard rate, and VAT of 100.00 in November 2026. */
const today: readonly (readonly [country: string, state: State, currency: string, rate: string, tax: bigint])[] = [
  ['AT', 'AT', 'EUR', '20', 20_00n],
  ['BE', 'BE', 'EUR', '21', 21_00n],
  ['BG', 'BG', 'EUR', '20', 20_00n],
  ['CY', 'CY', 'EUR', '19', 19_00n],
  ['CZ', 'CZ', 'CZK', '21', 21_00n],
  ['DE', 'DE', 'EUR', '19', 19_00n],
  ['DK', 'DK', 'DKK', '25', 25_00n],
  ['EE', 'EE', 'EUR', '24', 24_00n],
  ['GR', 'EL', 'EUR', '24', 24_00n],
  ['ES', 'ES', 'EUR', '21', 21_00n],
  ['FI', 'FI', 'EUR', '25.5', 25_50n],
  ['FR', 'FR', 'EUR', '20', 20_00n],
  ['HR', 'HR', 'EUR', '25', 25_00n],
  ['HU', 'HU', 'HUF', '27', 27_00n],
  ['IE', 'IE', 'EUR', '23', 23_00n],
  ['IT', 'IT', 'EUR', '22', 22_00n],
  ['LT', 'LT', 'EUR', '21', 21_00n],
  ['LU', 'LU', 'EUR', '17', 17_00n],
  ['LV', 'LV', 'EUR', '21', 21_00n],
  ['MT', 'MT', 'EUR', '18', 18_00n],
  ['NL', 'NL', 'EUR', '21', 21_00n],
  ['PL', 'PL', 'PLN', '23', 23_00n],
  ['PT', 'PT', 'EUR', '23', 23_00n],
  ['RO', 'RO', 'RON', '21', 21_00n],
  ['SE', 'SE', 'SEK', '25', 25_00n],
  ['SI', 'SI', 'EUR', '22', 22_00n],
  ['SK', 'SK', 'EUR', '23', 23_00n],
  ['XI', 'XI', 'GBP', '20', 20_00n],
];

/** Each state taxes goods within it at its standard rate, in its own currency. */
export const standardRates: readonly GoldenCase[] = today.map(([country, state, currency, rate, tax]) =>
  answered(
    `C4 · ${rate} % within ${state}, in ${currency}`,
    vatLaws[state] ?? '',
    invoice({
      lines: [line(100_00n, 'standard', currency)],
      shipFromCountry: country,
      shipToCountry: country,
      supplier: registeredIn(country, state),
    }),
    {
      groups: [{ kind: 'vat', place: state, rate, base: 100_00n, tax, currency }],
      facts: ['supplier'],
      required: [seller(state)],
    },
  ),
);
