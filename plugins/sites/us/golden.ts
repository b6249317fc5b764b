import { day, type GoldenCase, no, yes } from 'acorn/plugin';
import { goldenTax } from './golden-tax.ts';

/** What amazon.com must be answered, case by case. */
export const golden: readonly GoldenCase[] = [
  ...goldenTax,
  {
    rule: 'payday',
    name: 'Thanksgiving pays on the Friday after it',
    site: 'US',
    input: day('2026-11-26'),
    answer: yes(day('2026-11-27')),
  },
  {
    rule: 'payday',
    name: 'the Fourth of July on a Saturday is kept on no other day: the Friday before pays',
    site: 'US',
    input: day('2026-07-03'),
    answer: yes(day('2026-07-03')),
  },
  {
    rule: 'payday',
    name: 'on a Sunday it is kept on Monday, and Tuesday pays',
    site: 'US',
    input: day('2027-07-03'),
    answer: yes(day('2027-07-06')),
  },
  {
    rule: 'payday',
    name: 'beyond the published holidays nothing is guessed',
    site: 'US',
    input: day('2033-01-03'),
    answer: no({ code: 'YEAR_OUT_OF_RANGE', year: 2033, known: [2022, 2032] }),
  },
];
