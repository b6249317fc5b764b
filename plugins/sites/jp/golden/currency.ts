import { type Currency, decimal, type GoldenCase, money } from 'acorn/plugin';
import { group, invoice, line, refused, taxed } from './cases.ts';

const rate = { currency: 'JPY' as Currency, rate: decimal('114'), source: 'TTM, 2026-11-02' };
const dollars = (minor: bigint, taxClass = 'standard') => line(minor, taxClass, 'USD');
/** A group in dollars, and what it is in yen. */
const inDollars = (
  [category, percent]: readonly ['S' | 'AA', string],
  [base, tax]: readonly [bigint, bigint],
  [baseInYen, taxInYen]: readonly [bigint, bigint],
) => ({
  ...group(category, percent, 0n, 0n),
  base: money(base, 'USD'),
  tax: money(tax, 'USD'),
  inTaxCurrency: { base: money(baseInYen, 'JPY'), tax: money(taxInYen, 'JPY'), source: rate.source },
});
const noRate = {
  code: 'NOT_ENOUGH_KNOWN',
  site: 'JP',
  missing: 'the exchange rate at which its tax is stated in yen',
  facts: ['taxCurrency'],
};

/** Tax in yen of an invoice in another currency: converted, taxed, and rounded once, at the end. */
export const currency: readonly GoldenCase[] = [
  taxed(
    'J6 · 133.53 dollars at 114: converted, taxed, and only then rounded: 1,522 yen',
    invoice({ lines: [dollars(133_53n)], taxCurrency: rate }),
    { groups: [inDollars(['S', '10'], [133_53n, 13_35n], [15_222n, 1_522n])], facts: ['taxCurrency'] },
  ),
  taxed(
    'J6 · each rate in yen for itself',
    invoice({ lines: [dollars(133_53n), dollars(10_00n, 'reduced')], taxCurrency: rate }),
    {
      groups: [
        inDollars(['AA', '8'], [10_00n, 80n], [1_140n, 91n]),
        inDollars(['S', '10'], [133_53n, 13_35n], [15_222n, 1_522n]),
      ],
      lines: [1, 0],
      facts: ['taxCurrency'],
    },
  ),
  taxed(
    'J6 · by the supplier’s choice of rounding in yen too',
    invoice({ lines: [dollars(133_53n)], taxCurrency: rate, rounding: 'ceiling' }),
    {
      groups: [inDollars(['S', '10'], [133_53n, 13_36n], [15_223n, 1_523n])],
      facts: ['rounding', 'taxCurrency'],
    },
  ),
  taxed('J6 · a return in dollars mirrors the yen', invoice({ lines: [dollars(-133_53n)], taxCurrency: rate }), {
    groups: [inDollars(['S', '10'], [-133_53n, -13_35n], [-15_222n, -1_522n])],
    facts: ['taxCurrency'],
  }),
  taxed('J6 · a rate changes nothing of an invoice in yen', invoice({ taxCurrency: rate }), {
    groups: [group('S', '10', 1_000n, 100n)],
    facts: ['taxCurrency'],
  }),
  refused('J6 · dollars without a rate are refused', invoice({ lines: [dollars(133_53n)] }), noRate),
  refused(
    'J6 · and dollars with a rate to euro',
    invoice({ lines: [dollars(133_53n)], taxCurrency: { ...rate, currency: 'EUR' as Currency } }),
    noRate,
  ),
];
