import { addDays, type CalendarDate, day } from '../base/calendar-date.ts';
import { never } from '../base/invariant.ts';
import { monthEnd, weekdayOf } from '../base/months.ts';

/** Where in a year a holiday lies. Weekdays count from 0, Sunday; months from 1. */
export type HolidayRule =
  | { readonly kind: 'fixed'; readonly month: number; readonly date: number }
  | { readonly kind: 'nth-weekday'; readonly month: number; readonly weekday: number; readonly nth: number }
  | { readonly kind: 'last-weekday'; readonly month: number; readonly weekday: number }
  | { readonly kind: 'weekday-on-or-before'; readonly month: number; readonly date: number; readonly weekday: number }
  /** Days from Easter Sunday: Good Friday is -2. */
  | { readonly kind: 'easter'; readonly days: number }
  | { readonly kind: 'vernal-equinox' }
  | { readonly kind: 'autumnal-equinox' };

/** One holiday, with the years in which it is kept. */
export interface Holiday {
  readonly name: string;
  readonly rule: HolidayRule;
  /** First and last year; absent means as long as the calendar is known. */
  readonly since?: number;
  readonly until?: number;
  /** From which days it moves to the next day that is neither weekend nor holiday. Absent: from none. */
  readonly movesFrom?: 'sunday' | 'weekend';
  /** Banks close, but it is no holiday in law, so that none moves around it and none is made between it and another. */
  readonly banksOnly?: true;
  /** Who says so. */
  readonly source: string;
}

export interface ClosedDay {
  readonly on: CalendarDate;
  readonly name: string;
}

export const isWeekend = (at: CalendarDate): boolean => weekdayOf(at) % 6 === 0;

/**
 * The holidays of a year in order, each with its name, those on a weekend and those moved from one included.
 *
 * @param between whether a day between two holidays is one itself, as in Japan
 */
export function holidaysOf(year: number, holidays: readonly Holiday[], between = false): ClosedDay[] {
  const kept = holidays.filter(({ since = year, until = year }) => since <= year && year <= until);
  const proper = kept.filter(({ banksOnly }) => banksOnly === undefined).map((holiday) => placed(holiday, year));
  const inLaw = new Map(proper.map(({ on, name }) => [on, name]));
  if (between) {
    for (const { on } of proper) {
      const middle = addDays(on, 1);
      const third = addDays(on, 2);
      const closes = !inLaw.has(middle) && proper.some((other) => other.on === third) && !isWeekend(middle);
      if (closes) inLaw.set(middle, `Between ${inLaw.get(on)} and ${inLaw.get(third)}`);
    }
  }
  // In order, and after all that stay: with Christmas on a Saturday, Monday is for Christmas and Tuesday for Boxing Day.
  const moving = proper.filter(({ on, movesFrom }) => moves(on, movesFrom)).sort((a, b) => (a.on < b.on ? -1 : 1));
  for (const { on, name } of moving) inLaw.set(firstFree(on, inLaw), `${name}, in lieu`);
  const banksOnly = kept.filter((holiday) => holiday.banksOnly === true).map((holiday) => placed(holiday, year));
  for (const { on, name } of banksOnly) if (!inLaw.has(on)) inLaw.set(on, name);
  return [...inLaw].map(([on, name]) => ({ on, name })).sort((a, b) => (a.on < b.on ? -1 : 1));
}

const placed = (holiday: Holiday, year: number) => ({ ...holiday, on: dateOf(holiday.rule, year) });

const moves = (on: CalendarDate, from: Holiday['movesFrom']): boolean =>
  from === 'weekend' ? isWeekend(on) : from === 'sunday' && weekdayOf(on) === 0;

function firstFree(from: CalendarDate, taken: ReadonlyMap<CalendarDate, string>): CalendarDate {
  let at = from;
  while (isWeekend(at) || taken.has(at)) at = addDays(at, 1);
  return at;
}

function dateOf(rule: HolidayRule, year: number): CalendarDate {
  switch (rule.kind) {
    case 'fixed':
      return dayOf(year, rule.month, rule.date);
    case 'nth-weekday': {
      const first = dayOf(year, rule.month, 1);
      return addDays(first, ((rule.weekday - weekdayOf(first) + 7) % 7) + 7 * (rule.nth - 1));
    }
    case 'last-weekday':
      return onOrBefore(monthEnd(dayOf(year, rule.month, 1)), rule.weekday);
    case 'weekday-on-or-before':
      return onOrBefore(dayOf(year, rule.month, rule.date), rule.weekday);
    case 'easter':
      return addDays(easterSunday(year), rule.days);
    case 'vernal-equinox':
      return dayOf(year, 3, equinoxDate(year, 20_843_100));
    case 'autumnal-equinox':
      return dayOf(year, 9, equinoxDate(year, 23_248_800));
    default:
      return never(rule);
  }
}

const dayOf = (year: number, month: number, date: number): CalendarDate =>
  day(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`);

const onOrBefore = (at: CalendarDate, weekday: number): CalendarDate =>
  addDays(at, -((weekdayOf(at) - weekday + 7) % 7));

/**
 * Easter Sunday, counted from the full moon of the tables and not of the sky.
 * @source Gauss's Easter rule with Lichtenberg's correction, for the Gregorian calendar
 */
export function easterSunday(year: number): CalendarDate {
  const century = Math.floor(year / 100);
  const lunar = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const solar = 2 - Math.floor((3 * century + 3) / 4);
  const golden = year % 19;
  const moonParameter = (19 * golden + lunar) % 30;
  const correction = Math.floor((moonParameter + Math.floor(golden / 11)) / 29);
  const fullMoon = 21 + moonParameter - correction;
  const firstSunday = 7 - ((year + Math.floor(year / 4) + solar) % 7);
  return addDays(dayOf(year, 3, 1), fullMoon + 7 - ((fullMoon - firstSunday) % 7) - 1);
}

/**
 * The date of an equinox in Japan, 1980 to 2099. Official only once the almanac of the year is published, in February
 * of the year before; until then this is what astronomy expects.
 *
 * @param at1980 millionths of a day into the month, in 1980
 * @source National Astronomical Observatory of Japan, by the approximation of Nagasawa Ko
 */
const equinoxDate = (year: number, at1980: number): number =>
  Math.floor((at1980 + 242_194 * (year - 1980)) / 1_000_000) - Math.floor((year - 1980) / 4);
