import { addDays, type CalendarDate, calendarOf, day, no, type Result, type YearOutOfRange, yes } from 'acorn/plugin';

/**
 * Years whose bank holidays in England and Wales are all known: kept to what is past or published, since a proclamation
 * can add a day, or move one, up to a year or so ahead.
 */
export const knownYears = [2011, 2027] as const;

/** Days that a proclamation took out of their place, by the day the rule gives. @source gov.uk/bank-holidays */
const moved: Readonly<Record<string, string>> = {
  '2012-05-28': '2012-06-04', // Spring, to the Diamond Jubilee
  '2020-05-04': '2020-05-08', // Early May, to the 75th anniversary of VE Day
  '2022-05-30': '2022-06-02', // Spring, to the Platinum Jubilee
};

/** Days for one year only. @source gov.uk/bank-holidays */
const once: readonly string[] = [
  '2011-04-29', // Wedding of Prince William
  '2012-06-05', // Diamond Jubilee
  '2022-06-03', // Platinum Jubilee
  '2022-09-19', // Funeral of Queen Elizabeth II
  '2023-05-08', // Coronation of King Charles III
];

/**
 * The bank holidays of England and Wales in a year, substitute days in place of those on a weekend.
 * @source Banking and Financial Dealings Act 1971, Schedule 1, and the proclamations under its section 1
 */
export function bankHolidays(year: number): CalendarDate[] {
  const easter = easterSunday(year);
  const rules = [
    addDays(easter, -2),
    addDays(easter, 1),
    mondayFrom(day(`${year}-05-01`)),
    mondayFrom(day(`${year}-05-25`)),
    mondayFrom(day(`${year}-08-25`)),
  ];
  const fixed = [`${year}-01-01`, `${year}-12-25`, `${year}-12-26`].map(day);
  const inPlace = rules.map((at) => day(moved[at] ?? at));
  const weekdays = fixed.filter((at) => !isWeekend(at));
  const holidays = [...inPlace, ...weekdays, ...once.filter((at) => at.startsWith(`${year}-`)).map(day)];
  // In order: with Christmas on a Saturday, Monday is for Christmas and Tuesday for Boxing Day.
  for (const at of fixed.filter(isWeekend)) holidays.push(firstFree(at, holidays));
  return holidays.sort();
}

/** The first day on or after `due` on which banks in England pay. */
export function nextBankingDay(due: CalendarDate): Result<CalendarDate, YearOutOfRange> {
  for (let at = due; ; at = addDays(at, 1)) {
    const year = Number(at.slice(0, 4));
    if (year < knownYears[0] || year > knownYears[1]) return no({ code: 'YEAR_OUT_OF_RANGE', year, known: knownYears });
    if (!isWeekend(at) && !bankHolidays(year).includes(at)) return yes(at);
  }
}

/** The same days, as terms ask for them. */
export const englishBanks = calendarOf({
  id: 'GB-ENGLAND',
  version: '2026.1',
  known: knownYears,
  next: nextBankingDay,
});

function firstFree(from: CalendarDate, taken: readonly CalendarDate[]): CalendarDate {
  let at = from;
  while (isWeekend(at) || taken.includes(at)) at = addDays(at, 1);
  return at;
}

function mondayFrom(first: CalendarDate): CalendarDate {
  return addDays(first, (8 - weekday(first)) % 7);
}

/** @source The Gregorian computus in the form of Nature, 20 April 1876 */
function easterSunday(year: number): CalendarDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const epact =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * sunday) / 451);
  return addDays(day(`${year}-03-22`), epact + sunday - 7 * late);
}

const weekday = (at: CalendarDate): number => new Date(`${at}T00:00:00Z`).getUTCDay();
const isWeekend = (at: CalendarDate): boolean => weekday(at) % 6 === 0;
