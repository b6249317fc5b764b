import { addDays, type CalendarDate } from '../../base/calendar-date.ts';
import { never } from '../../base/invariant.ts';
import { addMonths, type DayOfMonth, dayInMonth, monthEnd } from '../../base/months.ts';
import { type Result, yes } from '../../base/result.ts';
import type { BankCalendar, YearOutOfRange } from '../bank-calendar.ts';
import { addBankDays } from '../roll.ts';
import type { Offset } from './terms.ts';

/** The day an offset leads to, before any roll. Only bank days ask the calendar. */
export function applyOffset(
  base: CalendarDate,
  offset: Offset,
  calendar: BankCalendar,
): Result<CalendarDate, YearOutOfRange> {
  switch (offset.kind) {
    case 'days':
      return yes(addDays(base, offset.days));
    case 'bank-days':
      return addBankDays(base, offset.days, calendar);
    case 'months':
      return yes(addMonths(base, offset.months));
    case 'month-end-then-days':
      return yes(addDays(monthEnd(base), offset.days));
    case 'days-then-month-end':
      return yes(monthEnd(addDays(base, offset.days)));
    case 'proximo':
      return yes(dayAfterClosing(base, offset.cutOff ?? 'last', offset.monthsLater, offset.day));
    case 'closing':
      return yes(dayAfterClosing(base, offset.closesOn, offset.monthsLater, offset.paysOn));
    default:
      return never(offset);
  }
}

/** Closing on the 20th, what came on the 20th is of this month and what came on the 21st of the next. */
function dayAfterClosing(
  base: CalendarDate,
  closesOn: DayOfMonth,
  monthsLater: number,
  paysOn: DayOfMonth,
): CalendarDate {
  const closed = base > dayInMonth(base, closesOn) ? 1 : 0;
  return dayInMonth(base, paysOn, closed + monthsLater);
}

/** An offset in words, for the explanation of a date. */
export function inWords(offset: Offset): string {
  switch (offset.kind) {
    case 'days':
      return `${offset.days} days`;
    case 'bank-days':
      return `${offset.days} bank days`;
    case 'months':
      return `${offset.months} months`;
    case 'month-end-then-days':
      return `end of the month, then ${offset.days} days`;
    case 'days-then-month-end':
      return `${offset.days} days, then end of the month`;
    case 'proximo': {
      const cutOff = offset.cutOff === undefined ? '' : `, cut off after ${dayWords(offset.cutOff)}`;
      return `${dayWords(offset.day)} of the month, ${offset.monthsLater} later${cutOff}`;
    }
    case 'closing':
      return `closing on ${dayWords(offset.closesOn)}, paid on ${dayWords(offset.paysOn)}, ${offset.monthsLater} months later`;
    default:
      return never(offset);
  }
}

const dayWords = (which: DayOfMonth): string => (which === 'last' ? 'the last day' : `day ${which}`);
