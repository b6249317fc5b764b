import { addDays, type CalendarDate, calendarOf, day, no, type Result, type YearOutOfRange, yes } from 'acorn/plugin';
import { bankHolidays, type Holiday, knownYears } from './bank-holidays.ts';

/** The first day on or after `due` on which banks pay. */
export function nextBankingDay(due: CalendarDate): Result<CalendarDate, YearOutOfRange> {
  for (let at = due; ; at = addDays(at, 1)) {
    const year = Number(at.slice(0, 4));
    if (year < knownYears[0] || year > knownYears[1]) return no({ code: 'YEAR_OUT_OF_RANGE', year, known: knownYears });
    if (weekday(at) % 6 !== 0 && !bankHolidays.some((holiday) => isOn(holiday, at, year))) return yes(at);
  }
}

/** The same days, as payment terms ask for them. A new version for every change of bank-holidays.ts. */
export const banks = calendarOf({ id: 'XX-BANKS', version: '1', known: knownYears, next: nextBankingDay });

function isOn(holiday: Holiday, at: CalendarDate, year: number): boolean {
  switch (holiday.kind) {
    case 'every-year':
      return at.slice(5) === holiday.on;
    case 'monday':
      return (
        weekday(at) === 1 &&
        Number(at.slice(5, 7)) === holiday.month &&
        Math.ceil(Number(at.slice(8)) / 7) === holiday.nth
      );
    case 'from-easter':
      return at === addDays(easterSunday(year), holiday.days);
    case 'once':
      return at === holiday.on;
  }
}

/** @source The Gregorian computus in the form of Nature, 20 April 1876 */
function easterSunday(year: number): CalendarDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leap = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - leap + 15) % 30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * sunday) / 451);
  return addDays(day(`${year}-03-22`), epact + sunday - 7 * late);
}

/** Sunday is 0. */
const weekday = (at: CalendarDate): number => new Date(`${at}T00:00:00Z`).getUTCDay();
