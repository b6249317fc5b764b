import { defineBankCalendar, type Holiday } from 'acorn/plugin';

const source =
  'European Central Bank, press release of 14 December 2000: TARGET closing days from 2002 until further notice';

/** None of them moves from a weekend. 24 and 31 December are open, and so are the national holidays not named here. */
const holidays: readonly Holiday[] = [
  { name: "New Year's Day", rule: { kind: 'fixed', month: 1, date: 1 }, source },
  { name: 'Good Friday', rule: { kind: 'easter', days: -2 }, source },
  { name: 'Easter Monday', rule: { kind: 'easter', days: 1 }, source },
  { name: 'Labour Day', rule: { kind: 'fixed', month: 5, date: 1 }, source },
  { name: 'Christmas Day', rule: { kind: 'fixed', month: 12, date: 25 }, source },
  { name: '26 December', rule: { kind: 'fixed', month: 12, date: 26 }, source },
];

/**
 * The days on which TARGET settles in EUR, in every state alike. A national calendar would be wrong for it. Payments in
 * another currency of the Union (SEK, PLN) keep the days of their own system, which this calendar does not know.
 */
export const targetCalendar = defineBankCalendar({ id: 'TARGET', version: '2026.1', known: [2002, 2032], holidays });
