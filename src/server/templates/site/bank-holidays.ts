import { addDays, type CalendarDate, no, type Result, type SiteRefusal, yes } from 'acorn/plugin';

/** Years of which every holiday is known. Outside them a day is refused, never taken for open. */
export const knownYears = [2026, 2028] as const;

/** Days without a year, `MM-DD`, on which banks are closed every year. @source name the law or the central bank's list */
const everyYear: readonly string[] = ['01-01', '12-25'];

/** Days of one year only, `YYYY-MM-DD`. */
const once: readonly string[] = [];

/** The first day on or after `due` on which banks pay. */
export function nextBankingDay(due: CalendarDate): Result<CalendarDate, SiteRefusal> {
  for (let at = due; ; at = addDays(at, 1)) {
    const year = Number(at.slice(0, 4));
    if (year < knownYears[0] || year > knownYears[1]) return no({ code: 'YEAR_OUT_OF_RANGE', year, known: knownYears });
    if (!isWeekend(at) && !isHoliday(at)) return yes(at);
  }
}

const isHoliday = (at: CalendarDate): boolean => everyYear.includes(at.slice(5)) || once.includes(at);
const isWeekend = (at: CalendarDate): boolean => new Date(`${at}T00:00:00Z`).getUTCDay() % 6 === 0;
