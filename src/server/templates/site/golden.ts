import { day, decimal, type GoldenCase, money, no, yes } from 'acorn/plugin';

const amount = (minor: bigint) => money(minor, 'XXX');
/** Cases with the answers that must come. Write one for both sides of every change of a rate. */
export const golden: readonly GoldenCase[] = [
  {
    rule: 'tax',
    name: 'ten per cent of 12.50, and nothing of what is zero-rated',
    site: 'XX',
    input: {
      lines: [
        { net: amount(1250n), taxClass: 'standard' },
        { net: amount(300n), taxClass: 'zero' },
      ],
      taxPoint: day('2026-06-15'),
      shipToCountry: 'XX',
      certificates: [],
    },
    answer: yes({
      rule: 'xx/tax',
      taxes: [
        { rule: 'xx/tax', base: amount(300n), rate: decimal('0'), tax: amount(0n) },
        { rule: 'xx/tax', base: amount(1250n), rate: decimal('10'), tax: amount(125n) },
      ],
      warnings: [{ code: 'EXAMPLE_RATE', message: 'A rate is an example: tax-rates.ts does not name its law.' }],
    }),
  },
  {
    rule: 'payday',
    name: 'New Year of 2026, a Thursday, is paid on Friday',
    site: 'XX',
    input: day('2026-01-01'),
    answer: yes(day('2026-01-02')),
  },
  {
    rule: 'settlement',
    name: 'NET 30 of goods that Amazon fetches, from when it has the invoice, past Christmas',
    site: 'XX',
    input: {
      terms: { text: 'NET 30' },
      freightTerm: 'COLLECT',
      dates: { 'invoice-date': day('2026-11-20'), 'invoice-received': day('2026-11-25') },
    },
    answer: yes({ unadjusted: day('2026-12-25'), adjusted: day('2026-12-28') }),
  },
  {
    rule: 'payday',
    name: 'a year before the known ones is refused',
    site: 'XX',
    input: day('2025-12-31'),
    answer: no({ code: 'YEAR_OUT_OF_RANGE', year: 2025, known: [2026, 2028] }),
  },
];
