import { day, type GoldenCase, no, yes } from 'acorn/plugin';

const payday = (name: string, due: string, paid: string): GoldenCase => ({
  rule: 'payday',
  name,
  site: 'EU',
  input: day(due),
  answer: yes(day(paid)),
});

/** When the Union’s site pays, case by case. */
export const goldenPaydays: readonly GoldenCase[] = [
  payday('Christmas Eve is open in TARGET', '2026-12-24', '2026-12-24'),
  payday('Christmas Day and the weekend after it', '2026-12-25', '2026-12-28'),
  payday('New Year’s Eve is open in TARGET', '2026-12-31', '2026-12-31'),
  payday('New Year’s Day on a Friday', '2027-01-01', '2027-01-04'),
  payday('Good Friday pays on the Tuesday after Easter', '2026-04-03', '2026-04-07'),
  payday('Ascension Day is a holiday in states, not in TARGET', '2026-05-14', '2026-05-14'),
  payday('Labour Day on a Saturday is not moved', '2027-05-01', '2027-05-03'),
  payday('Whit Monday is open', '2026-05-25', '2026-05-25'),
  {
    rule: 'payday',
    name: 'beyond the known years nothing is guessed',
    site: 'EU',
    input: day('2033-01-03'),
    answer: no({ code: 'YEAR_OUT_OF_RANGE', year: 2033, known: [2002, 2032] }),
  },
];
