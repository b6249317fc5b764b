import type { CalendarDate } from '../../base/calendar-date.ts';
import { compareDecimals, type Decimal, decimal, isNegative } from '../../base/decimal.ts';
import type { DayOfMonth } from '../../base/months.ts';
import { no, type Result, yes } from '../../base/result.ts';
import type { Roll } from '../roll.ts';
import type { LegalRule } from './legal-limits.ts';

/** A day from which terms can count. All are days where the site is, not where a server is. */
export type TermEvent =
  | 'invoice-date'
  | 'invoice-received'
  | 'invoice-transmitted'
  | 'goods-received'
  | 'delivered'
  | 'shipped'
  | 'ordered';

/** The days that are known of one invoice. */
export type TermDates = { readonly [event in TermEvent]?: CalendarDate };

/** What the offset counts from. */
export type BaseDate =
  | { readonly kind: 'event'; readonly event: TermEvent }
  | { readonly kind: 'later-of'; readonly events: readonly [TermEvent, TermEvent] }
  | { readonly kind: 'fixed'; readonly on: CalendarDate };

/** How far from the base date. Day 1 is the day after it; days are calendar days unless they say otherwise. */
export type Offset =
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'bank-days'; readonly days: number }
  | { readonly kind: 'months'; readonly months: number }
  /** "30 EOM" as Amazon means it: 1 January gives 31 January and then 30 days, 2 March. */
  | { readonly kind: 'month-end-then-days'; readonly days: number }
  /** The other reading: 1 January gives 31 January, and the end of that month. */
  | { readonly kind: 'days-then-month-end'; readonly days: number }
  /** A day of a later month; a base date after the cut-off day belongs to the month after its own. */
  | {
      readonly kind: 'proximo';
      readonly day: DayOfMonth;
      readonly monthsLater: number;
      readonly cutOff?: DayOfMonth;
    }
  /** A statement closes on a day of the month, that day included, and is paid on a day of a later one. */
  | {
      readonly kind: 'closing';
      readonly closesOn: DayOfMonth;
      readonly monthsLater: number;
      readonly paysOn: DayOfMonth;
    };

/** Part of the total, in per cent of it, and when it is due. */
export interface Instalment {
  readonly percent: Decimal;
  readonly offset: Offset;
}

export interface Discount {
  /** Per cent of what it is taken from. */
  readonly percent: Decimal;
  readonly offset: Offset;
  /** What of the total earns no discount. */
  readonly excludes: readonly ('freight' | 'tax')[];
  /** Its own: most agreements move the day the money is due, and not the day the discount ends. */
  readonly roll: Roll;
}

/** Payment terms in normal form: nothing in them is left to be understood. */
export interface PaymentTerms {
  readonly base: BaseDate;
  /** One part of 100 per cent, or several that add up to it; in order of their days. */
  readonly parts: readonly [Instalment, ...Instalment[]];
  readonly roll: Roll;
  readonly discount?: Discount;
  /** The law the agreement is judged by. It never changes a date. */
  readonly legal?: LegalRule;
}

/** What is wrong with terms that somebody wrote down. */
export interface TermsInvalid {
  readonly code: 'TERMS_INVALID';
  readonly problems: readonly string[];
}

const hundred = decimal('100');

/** The whole amount at once. */
export const inFull = (offset: Offset): readonly [Instalment] => [{ percent: hundred, offset }];

/** Calendar days from the invoice date, nothing moved: what `NET 30` says. */
export const netTerms = (days: number): PaymentTerms => ({
  base: { kind: 'event', event: 'invoice-date' },
  parts: inFull({ kind: 'days', days }),
  roll: 'none',
});

/** The terms, if every number in them can be meant. All problems at once. */
export function checkTerms(terms: PaymentTerms): Result<PaymentTerms, TermsInvalid> {
  const problems = [
    ...terms.parts.flatMap(({ offset }) => offsetProblems(offset)),
    ...terms.parts.filter(({ percent }) => !isShare(percent)).map(({ percent }) => `an instalment of ${percent} %`),
  ];
  if (!addsUp(terms.parts.map(({ percent }) => percent))) problems.push('instalments that do not add up to 100 %');
  if (terms.discount !== undefined) {
    problems.push(...offsetProblems(terms.discount.offset));
    if (!isShare(terms.discount.percent)) problems.push(`a discount of ${terms.discount.percent} %`);
  }
  return problems.length === 0 ? yes(terms) : no({ code: 'TERMS_INVALID', problems });
}

/** More than nothing, and at most all of it. */
const isShare = (percent: Decimal): boolean =>
  !isNegative(percent) && percent !== '0' && compareDecimals(percent, hundred) <= 0;

function addsUp(percents: readonly Decimal[]): boolean {
  const places = 12n;
  const scaled = percents.map((percent) => {
    const [whole = '0', fraction = ''] = percent.split('.');
    return fraction.length > Number(places) ? undefined : BigInt(whole + fraction.padEnd(Number(places), '0'));
  });
  return scaled.reduce((sum, part) => (sum ?? 0n) + (part ?? -1n), 0n) === 100n * 10n ** places;
}

function offsetProblems(offset: Offset): string[] {
  switch (offset.kind) {
    case 'months':
      return within(offset.months, 0, 120) ? [] : [`${offset.months} months`];
    case 'proximo': {
      const days = offset.cutOff === undefined ? [offset.day] : [offset.day, offset.cutOff];
      return monthProblems(offset.monthsLater, days);
    }
    case 'closing':
      return monthProblems(offset.monthsLater, [offset.closesOn, offset.paysOn]);
    default:
      return within(offset.days, 0, 3650) ? [] : [`${offset.days} days`];
  }
}

const monthProblems = (monthsLater: number, days: readonly DayOfMonth[]): string[] => [
  ...(within(monthsLater, 0, 120) ? [] : [`${monthsLater} months later`]),
  ...days.filter((day) => day !== 'last' && !within(day, 1, 31)).map((day) => `day ${day} of a month`),
];

const within = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && least <= value && value <= most;
