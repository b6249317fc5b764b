import { defineBankCalendar, type Holiday, type RuledCalendar } from 'acorn/plugin';

const monday = 1;
const source = 'Payments Canada By-law No. 1, holiday schedule; Holidays Act, R.S.C. 1985, c. H-5';

/** A holiday on a weekend is kept on the next day that is free: Christmas and Boxing Day on Monday and Tuesday. */
const kept = { movesFrom: 'weekend', source } as const;

const holidays: readonly Holiday[] = [
  { name: "New Year's Day", rule: { kind: 'fixed', month: 1, date: 1 }, ...kept },
  { name: 'Good Friday', rule: { kind: 'easter', days: -2 }, ...kept },
  { name: 'Victoria Day', rule: { kind: 'weekday-on-or-before', month: 5, date: 24, weekday: monday }, ...kept },
  { name: 'Canada Day', rule: { kind: 'fixed', month: 7, date: 1 }, ...kept },
  { name: 'Labour Day', rule: { kind: 'nth-weekday', month: 9, weekday: monday, nth: 1 }, ...kept },
  {
    name: 'National Day for Truth and Reconciliation',
    rule: { kind: 'fixed', month: 9, date: 30 },
    since: 2021,
    movesFrom: 'weekend',
    source: 'S.C. 2021, c. 11, in force 3 August 2021',
  },
  { name: 'Thanksgiving Day', rule: { kind: 'nth-weekday', month: 10, weekday: monday, nth: 2 }, ...kept },
  { name: 'Remembrance Day', rule: { kind: 'fixed', month: 11, date: 11 }, ...kept },
  { name: 'Christmas Day', rule: { kind: 'fixed', month: 12, date: 25 }, ...kept },
  { name: 'Boxing Day', rule: { kind: 'fixed', month: 12, date: 26 }, ...kept },
];

/** Of Ontario, where the banks have their seat, but of no federal law. */
const provincial = {
  familyDay: {
    name: 'Family Day',
    rule: { kind: 'nth-weekday', month: 2, weekday: monday, nth: 3 },
    source: 'Ontario, Employment Standards Act, 2000, s. 1: public holiday since 2008',
  },
  civicHoliday: {
    name: 'Civic Holiday',
    rule: { kind: 'nth-weekday', month: 8, weekday: monday, nth: 1 },
    source: 'By-laws of Ontario municipalities, kept by the banks',
  },
} satisfies Record<string, Holiday>;

/** The days that some banks keep and others do not. Both are closed unless said otherwise. */
export interface CanadianChoice {
  readonly familyDay?: boolean;
  readonly civicHoliday?: boolean;
}

/** The days on which banks settle in CAD. The version names the choice, so a stored date tells which was made. */
export function canadianCalendar({ familyDay = true, civicHoliday = true }: CanadianChoice = {}): RuledCalendar {
  const chosen = [...(familyDay ? [provincial.familyDay] : []), ...(civicHoliday ? [provincial.civicHoliday] : [])];
  const without = [...(familyDay ? [] : ['family-day']), ...(civicHoliday ? [] : ['civic-holiday'])];
  return defineBankCalendar({
    id: 'CA-PAYMENTS',
    version: ['2026.1', ...without.map((name) => `-${name}`)].join(''),
    known: [2019, 2032],
    holidays: [...holidays, ...chosen],
  });
}

/** As the site of Canada pays. */
export const caCalendar = canadianCalendar();
