import { addDays, type CalendarDate, day, no, type Result, type SiteRefusal, yes } from 'acorn/plugin';

/** Years for which the rules below are known to hold: Juneteenth became a bank holiday in 2021. */
const known = [2022, 2032] as const;

type Rule =
  | { readonly kind: 'fixed'; readonly month: number; readonly date: number }
  | { readonly kind: 'nth'; readonly month: number; readonly weekday: number; readonly nth: number }
  | { readonly kind: 'last'; readonly month: number; readonly weekday: number };

const monday = 1;
const thursday = 4;

/** @source Federal Reserve Banks, Holiday Schedule 2022–2032 */
const holidays: readonly Rule[] = [
  { kind: 'fixed', month: 1, date: 1 },
  { kind: 'nth', month: 1, weekday: monday, nth: 3 },
  { kind: 'nth', month: 2, weekday: monday, nth: 3 },
  { kind: 'last', month: 5, weekday: monday },
  { kind: 'fixed', month: 6, date: 19 },
  { kind: 'fixed', month: 7, date: 4 },
  { kind: 'nth', month: 9, weekday: monday, nth: 1 },
  { kind: 'nth', month: 10, weekday: monday, nth: 2 },
  { kind: 'fixed', month: 11, date: 11 },
  { kind: 'nth', month: 11, weekday: thursday, nth: 4 },
  { kind: 'fixed', month: 12, date: 25 },
];

/** The first day on or after `due` on which the Federal Reserve Banks settle. */
export function nextFedBusinessDay(due: CalendarDate): Result<CalendarDate, SiteRefusal> {
  for (let at = due; ; at = addDays(at, 1)) {
    const year = Number(at.slice(0, 4));
    if (year < known[0] || year > known[1]) return no({ code: 'YEAR_OUT_OF_RANGE', year, known });
    if (isOpen(at)) return yes(at);
  }
}

/** A holiday on a Sunday is kept on Monday; one on a Saturday is not moved. */
function isOpen(at: CalendarDate): boolean {
  const weekday = weekdayOf(at);
  if (weekday === 0 || weekday === 6) return false;
  return !isHoliday(at) && !(weekday === monday && isHoliday(addDays(at, -1)));
}

function isHoliday(at: CalendarDate): boolean {
  const [month, date] = [Number(at.slice(5, 7)), Number(at.slice(8, 10))];
  const weekday = weekdayOf(at);
  return holidays.some((rule) => {
    if (rule.month !== month) return false;
    if (rule.kind === 'fixed') return rule.date === date;
    if (rule.weekday !== weekday) return false;
    return rule.kind === 'nth' ? Math.ceil(date / 7) === rule.nth : addDays(at, 7).slice(5, 7) !== at.slice(5, 7);
  });
}

const weekdayOf = (at: CalendarDate): number => new Date(`${day(at)}T00:00:00Z`).getUTCDay();
