import { addDays, type CalendarDate } from '../base/calendar-date.ts';
import { yearOf } from '../base/months.ts';
import { no, type Result, yes } from '../base/result.ts';
import { type ClosedDay, type Holiday, holidaysOf, isWeekend } from './bank-holidays.ts';

/** A day taken out of the rules, or put in: a coronation, an Olympic summer, a bank's own notice. */
export interface CalendarOverride {
  readonly on: CalendarDate;
  readonly is: 'open' | 'closed';
  readonly name: string;
  readonly source: string;
}

/** A bank calendar as data. Saturday and Sunday are closed in all of them. */
export interface BankCalendarData {
  /** Such as `US-FED`. */
  readonly id: string;
  /** Changes with the data, so that a stored date says by which calendar it was found. */
  readonly version: string;
  /** First and last year for which the rules are known to hold. */
  readonly known: readonly [number, number];
  readonly holidays: readonly Holiday[];
  /** A day between two holidays is one itself. */
  readonly closedBetween?: true;
  readonly overrides?: readonly CalendarOverride[];
}

/** A year nobody has published or promised. It is never taken for open. */
export interface YearOutOfRange {
  readonly code: 'YEAR_OUT_OF_RANGE';
  readonly year: number;
  readonly known: readonly [number, number];
}

type Known<Value> = Result<Value, YearOutOfRange>;

/** Which days banks settle. Every answer is refused outside the known years. */
export interface BankCalendar {
  readonly id: string;
  readonly version: string;
  readonly known: readonly [number, number];
  isOpen(at: CalendarDate): Known<boolean>;
  /** The first open day on or after `at`. */
  next(at: CalendarDate): Known<CalendarDate>;
  /** The last open day on or before `at`. */
  previous(at: CalendarDate): Known<CalendarDate>;
}

/** A calendar whose rules can be looked at, and added to. */
export interface RuledCalendar extends BankCalendar {
  readonly data: BankCalendarData;
  /** Every weekday of the year on which banks are closed, in order, with the reason. */
  closedDays(year: number): Known<readonly ClosedDay[]>;
}

/** A calendar from its data. Years are worked out when first asked for, and kept. */
export function defineBankCalendar(data: BankCalendarData): RuledCalendar {
  const { id, version, known } = data;
  const years = new Map<number, ReadonlyMap<CalendarDate, string>>();
  const closedIn = (year: number): ReadonlyMap<CalendarDate, string> => {
    const closed = years.get(year) ?? new Map(closures(data, year).map(({ on, name }) => [on, name]));
    years.set(year, closed);
    return closed;
  };
  const isOpen = (at: CalendarDate): Known<boolean> => {
    const year = yearOf(at);
    if (year < known[0] || year > known[1]) return no({ code: 'YEAR_OUT_OF_RANGE', year, known });
    return yes(!isWeekend(at) && !closedIn(year).has(at));
  };
  return {
    id,
    version,
    known,
    data,
    isOpen,
    next: (at) => walk(at, 1, isOpen),
    previous: (at) => walk(at, -1, isOpen),
    closedDays: (year) =>
      year < known[0] || year > known[1]
        ? no({ code: 'YEAR_OUT_OF_RANGE', year, known })
        : yes([...closedIn(year)].map(([on, name]) => ({ on, name }))),
  };
}

/** A calendar of which nothing is told but the first open day on or after any other. */
export interface NextOpenDay {
  readonly id: string;
  readonly version: string;
  readonly known: readonly [number, number];
  readonly next: (at: CalendarDate) => Known<CalendarDate>;
}

/** The whole calendar from its one question, for a site whose paydays are worked out in a way of its own. */
export function calendarOf({ next, ...name }: NextOpenDay): BankCalendar {
  const isOpen = (at: CalendarDate): Known<boolean> => {
    const open = next(at);
    return open.ok ? yes(open.value === at) : open;
  };
  return { ...name, isOpen, next, previous: (at) => walk(at, -1, isOpen) };
}

function walk(from: CalendarDate, step: 1 | -1, isOpen: (at: CalendarDate) => Known<boolean>): Known<CalendarDate> {
  for (let at = from; ; at = addDays(at, step)) {
    const open = isOpen(at);
    if (!open.ok) return open;
    if (open.value) return yes(at);
  }
}

function closures({ holidays, closedBetween, overrides = [] }: BankCalendarData, year: number): ClosedDay[] {
  const opened = new Set(overrides.filter(({ is }) => is === 'open').map(({ on }) => on));
  const added = overrides.filter(({ on, is }) => is === 'closed' && yearOf(on) === year);
  return [...holidaysOf(year, holidays, closedBetween), ...added]
    .filter(({ on }) => !isWeekend(on) && !opened.has(on))
    .map(({ on, name }) => ({ on, name }))
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** What is wrong with an override: it would change nothing, or it meets another one, or a year that is not known. */
export type OverrideProblem =
  | { readonly code: 'OVERRIDE_CHANGES_NOTHING'; readonly on: CalendarDate; readonly is: 'open' | 'closed' }
  | { readonly code: 'OVERRIDE_GIVEN_TWICE'; readonly on: CalendarDate }
  | (YearOutOfRange & { readonly on: CalendarDate });

/**
 * The calendar with an operator's days put in or taken out, under a version of its own. All problems at once.
 * A weekend cannot be opened: no rule of ours would know what else happens on it.
 */
export function withOverrides(
  calendar: RuledCalendar,
  overrides: readonly CalendarOverride[],
  version: string,
): Result<RuledCalendar, readonly OverrideProblem[]> {
  const problems: OverrideProblem[] = [];
  const seen = new Set(calendar.data.overrides?.map(({ on }) => on));
  for (const { on, is } of overrides) {
    const open = calendar.isOpen(on);
    if (!open.ok) problems.push({ ...open.refusal, on });
    else if (seen.has(on)) problems.push({ code: 'OVERRIDE_GIVEN_TWICE', on });
    else if (isWeekend(on) || open.value === (is === 'open'))
      problems.push({ code: 'OVERRIDE_CHANGES_NOTHING', on, is });
    seen.add(on);
  }
  if (problems.length > 0) return no(problems);
  const both = [...(calendar.data.overrides ?? []), ...overrides];
  return yes(defineBankCalendar({ ...calendar.data, version, overrides: both }));
}
