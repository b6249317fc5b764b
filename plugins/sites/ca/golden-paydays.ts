import { day, type GoldenCase, no, yes } from 'acorn/plugin';

const payday = (name: string, due: string, paid: string): GoldenCase => ({
  rule: 'payday',
  name,
  site: 'CA',
  input: day(due),
  answer: yes(day(paid)),
});

/** When amazon.ca pays, case by case. */
export const goldenPaydays: readonly GoldenCase[] = [
  payday('the Day for Truth and Reconciliation is closed since 2021', '2026-09-30', '2026-10-01'),
  payday('before 2021 it was open', '2020-09-30', '2020-09-30'),
  payday('Boxing Day on a Saturday is kept on Monday', '2026-12-25', '2026-12-29'),
  payday('Christmas and Boxing Day on a weekend take Monday and Tuesday', '2027-12-25', '2027-12-29'),
  payday('Remembrance Day on a Saturday is kept on Monday', '2028-11-11', '2028-11-14'),
  payday('Victoria Day is the Monday on or before 24 May', '2026-05-18', '2026-05-19'),
  payday('Family Day', '2026-02-16', '2026-02-17'),
  payday('Civic Holiday', '2026-08-03', '2026-08-04'),
  payday('Easter Monday is open', '2026-04-06', '2026-04-06'),
  {
    rule: 'payday',
    name: 'beyond the known years nothing is guessed',
    site: 'CA',
    input: day('2033-01-03'),
    answer: no({ code: 'YEAR_OUT_OF_RANGE', year: 2033, known: [2019, 2032] }),
  },
];
