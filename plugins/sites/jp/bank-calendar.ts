import { type CalendarOverride, day, defineBankCalendar, type Holiday } from 'acorn/plugin';

const monday = 1;
const source = 'Act on National Holidays (Act No. 178 of 1948), articles 2 and 3';
const banking = 'Banking Act, article 15; Order for Enforcement of the Banking Act, article 5';

/** A national holiday on a Sunday moves to the next day that is none; one on a Saturday does not move. */
const kept = { movesFrom: 'sunday', source } as const;

const holidays: readonly Holiday[] = [
  { name: "New Year's Day", rule: { kind: 'fixed', month: 1, date: 1 }, ...kept },
  { name: 'Coming of Age Day', rule: { kind: 'nth-weekday', month: 1, weekday: monday, nth: 2 }, ...kept },
  { name: 'National Foundation Day', rule: { kind: 'fixed', month: 2, date: 11 }, ...kept },
  { name: "The Emperor's Birthday", rule: { kind: 'fixed', month: 2, date: 23 }, since: 2020, ...kept },
  { name: 'Vernal Equinox Day', rule: { kind: 'vernal-equinox' }, ...kept },
  { name: 'Showa Day', rule: { kind: 'fixed', month: 4, date: 29 }, ...kept },
  { name: 'Constitution Memorial Day', rule: { kind: 'fixed', month: 5, date: 3 }, ...kept },
  { name: 'Greenery Day', rule: { kind: 'fixed', month: 5, date: 4 }, ...kept },
  { name: "Children's Day", rule: { kind: 'fixed', month: 5, date: 5 }, ...kept },
  { name: 'Marine Day', rule: { kind: 'nth-weekday', month: 7, weekday: monday, nth: 3 }, ...kept },
  { name: 'Mountain Day', rule: { kind: 'fixed', month: 8, date: 11 }, ...kept },
  { name: 'Respect for the Aged Day', rule: { kind: 'nth-weekday', month: 9, weekday: monday, nth: 3 }, ...kept },
  { name: 'Autumnal Equinox Day', rule: { kind: 'autumnal-equinox' }, ...kept },
  { name: 'Sports Day', rule: { kind: 'nth-weekday', month: 10, weekday: monday, nth: 2 }, ...kept },
  { name: 'Culture Day', rule: { kind: 'fixed', month: 11, date: 3 }, ...kept },
  { name: 'Labour Thanksgiving Day', rule: { kind: 'fixed', month: 11, date: 23 }, ...kept },
  { name: '2 January', rule: { kind: 'fixed', month: 1, date: 2 }, banksOnly: true, source: banking },
  { name: '3 January', rule: { kind: 'fixed', month: 1, date: 3 }, banksOnly: true, source: banking },
  { name: '31 December', rule: { kind: 'fixed', month: 12, date: 31 }, banksOnly: true, source: banking },
];

const games = 'Act on Special Measures for the Tokyo Olympic and Paralympic Games (Act No. 33 of 2015), as amended';
const opened = (on: string, name: string): CalendarOverride => ({ on: day(on), is: 'open', name, source: games });
const closed = (on: string, name: string): CalendarOverride => ({ on: day(on), is: 'closed', name, source: games });

/** Three holidays that made way for the Games, in the summer they were meant for and in the one they were held. */
const overrides: readonly CalendarOverride[] = [
  opened('2020-07-20', 'Marine Day, moved'),
  closed('2020-07-23', 'Marine Day'),
  closed('2020-07-24', 'Sports Day'),
  closed('2020-08-10', 'Mountain Day'),
  opened('2020-08-11', 'Mountain Day, moved'),
  opened('2020-10-12', 'Sports Day, moved'),
  opened('2021-07-19', 'Marine Day, moved'),
  closed('2021-07-22', 'Marine Day'),
  closed('2021-07-23', 'Sports Day'),
  closed('2021-08-09', 'Mountain Day, in lieu of Sunday the 8th'),
  opened('2021-08-11', 'Mountain Day, moved'),
  opened('2021-10-11', 'Sports Day, moved'),
];

/**
 * The days on which banks settle in JPY. The equinoxes are official to 2027 and expected after it: the almanac of each
 * year is published in the February before.
 */
export const jpCalendar = defineBankCalendar({
  id: 'JP-BANK',
  version: '2026.1',
  known: [2020, 2032],
  holidays,
  closedBetween: true,
  overrides,
});
