import { day, type GoldenCase, no, yes } from 'acorn/plugin';

const payday = (name: string, due: string, paid: string): GoldenCase => ({
  rule: 'payday',
  name,
  site: 'JP',
  input: day(due),
  answer: yes(day(paid)),
});

/** When amazon.co.jp pays, case by case. */
export const goldenPaydays: readonly GoldenCase[] = [
  payday('a holiday on a Sunday moves past Monday and Tuesday, holidays themselves', '2026-05-03', '2026-05-07'),
  payday('a day between two holidays is one itself', '2026-09-19', '2026-09-24'),
  payday('the equinox on a Sunday is kept on Monday', '2027-03-21', '2027-03-23'),
  payday('banks close from 31 December to 3 January', '2026-12-31', '2027-01-04'),
  payday('and to the weekend after it', '2027-12-31', '2028-01-04'),
  payday('a holiday on a Saturday is not moved', '2024-11-22', '2024-11-22'),
  payday('in the summer of the Games, Marine Day was a Thursday', '2021-07-22', '2021-07-26'),
  payday('and the Monday it left was open', '2021-07-19', '2021-07-19'),
  {
    rule: 'payday',
    name: 'beyond the known years nothing is guessed',
    site: 'JP',
    input: day('2033-01-03'),
    answer: no({ code: 'YEAR_OUT_OF_RANGE', year: 2033, known: [2020, 2032] }),
  },
];
