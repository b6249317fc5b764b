import { defineBankCalendar, type Holiday } from 'acorn/plugin';

const [monday, thursday] = [1, 4];
const source = 'Federal Reserve Banks, Holiday Schedule; 12 CFR 229.2(g)';

/** A holiday on a Sunday is kept on Monday; one on a Saturday is not moved, and the Friday before it settles. */
const kept = { movesFrom: 'sunday', source } as const;

const holidays: readonly Holiday[] = [
  { name: "New Year's Day", rule: { kind: 'fixed', month: 1, date: 1 }, ...kept },
  { name: 'Martin Luther King Jr Day', rule: { kind: 'nth-weekday', month: 1, weekday: monday, nth: 3 }, ...kept },
  { name: "Washington's Birthday", rule: { kind: 'nth-weekday', month: 2, weekday: monday, nth: 3 }, ...kept },
  { name: 'Memorial Day', rule: { kind: 'last-weekday', month: 5, weekday: monday }, ...kept },
  // Made a holiday on 17 June 2021, a Thursday; banks kept it from the year after.
  { name: 'Juneteenth', rule: { kind: 'fixed', month: 6, date: 19 }, since: 2022, ...kept },
  { name: 'Independence Day', rule: { kind: 'fixed', month: 7, date: 4 }, ...kept },
  { name: 'Labor Day', rule: { kind: 'nth-weekday', month: 9, weekday: monday, nth: 1 }, ...kept },
  { name: 'Columbus Day', rule: { kind: 'nth-weekday', month: 10, weekday: monday, nth: 2 }, ...kept },
  { name: 'Veterans Day', rule: { kind: 'fixed', month: 11, date: 11 }, ...kept },
  { name: 'Thanksgiving Day', rule: { kind: 'nth-weekday', month: 11, weekday: thursday, nth: 4 }, ...kept },
  { name: 'Christmas Day', rule: { kind: 'fixed', month: 12, date: 25 }, ...kept },
];

/** The days on which the Federal Reserve Banks settle in USD. */
export const fedCalendar = defineBankCalendar({ id: 'US-FED', version: '2026.1', known: [2022, 2032], holidays });
