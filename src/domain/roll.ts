import { addDays, type CalendarDate } from '../base/calendar-date.ts';
import { invariant, never } from '../base/invariant.ts';
import { isSameMonth } from '../base/months.ts';
import { type Result, yes } from '../base/result.ts';
import type { BankCalendar, YearOutOfRange } from './bank-calendar.ts';

/** What happens to a date on which banks are closed. @source ISDA 2006 Definitions, 4.12 Business Day Convention */
export type Roll = 'none' | 'following' | 'modified-following' | 'preceding' | 'modified-preceding';

/** Move a date to an open day. `none` keeps it, and needs no known year. The modified ones never leave the month. */
export function rollDate(at: CalendarDate, roll: Roll, calendar: BankCalendar): Result<CalendarDate, YearOutOfRange> {
  switch (roll) {
    case 'none':
      return yes(at);
    case 'following':
      return calendar.next(at);
    case 'preceding':
      return calendar.previous(at);
    case 'modified-following': {
      const later = calendar.next(at);
      return later.ok ? (isSameMonth(later.value, at) ? later : calendar.previous(at)) : later;
    }
    case 'modified-preceding': {
      const earlier = calendar.previous(at);
      return earlier.ok ? (isSameMonth(earlier.value, at) ? earlier : calendar.next(at)) : earlier;
    }
    default:
      return never(roll);
  }
}

/** So many open days after a date; the date itself is day zero, open or not. Zero days is the date itself. */
export function addBankDays(
  from: CalendarDate,
  days: number,
  calendar: BankCalendar,
): Result<CalendarDate, YearOutOfRange> {
  invariant(Number.isSafeInteger(days) && days >= 0, 'bank days are counted forward, in whole days');
  let at = from;
  for (let left = days; left > 0; left -= 1) {
    const open = calendar.next(addDays(at, 1));
    if (!open.ok) return open;
    at = open.value;
  }
  return yes(at);
}
