import { addDays, type CalendarDate } from './calendar-date.ts';

/** A day of the month: 1 to 31, where a shorter month takes its last day; or always the last. */
export type DayOfMonth = number | 'last';

/** 0 is Sunday, 6 is Saturday. */
export const weekdayOf = (at: CalendarDate): number => new Date(`${at}T00:00:00Z`).getUTCDay();

export const yearOf = (at: CalendarDate): number => Number(at.slice(0, 4));
export const monthOf = (at: CalendarDate): number => Number(at.slice(5, 7));
export const dayOfMonth = (at: CalendarDate): number => Number(at.slice(8, 10));
export const isSameMonth = (a: CalendarDate, b: CalendarDate): boolean => a.slice(0, 7) === b.slice(0, 7);

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** The first day of the month that lies `months` after the one `at` is in. */
export function monthStart(at: CalendarDate, months = 0): CalendarDate {
  const first = new Date(`${at.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  return first.toISOString().slice(0, 10) as CalendarDate;
}

/** The last day of the month that lies `months` after the one `at` is in. */
export const monthEnd = (at: CalendarDate, months = 0): CalendarDate => addDays(monthStart(at, months + 1), -1);

/** A day of the month that lies `months` after the one `at` is in: the 31st of February is its last day. */
export function dayInMonth(at: CalendarDate, which: DayOfMonth, months = 0): CalendarDate {
  const end = monthEnd(at, months);
  return which === 'last' || which >= dayOfMonth(end) ? end : addDays(monthStart(at, months), which - 1);
}

/** The same day so many months later, or the last of a shorter month: 31 January and a month is 28 or 29 February. */
export const addMonths = (from: CalendarDate, months: number): CalendarDate =>
  dayInMonth(from, dayOfMonth(from), months);
