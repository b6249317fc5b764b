import { type CalendarDate, dayIn } from '../../base/calendar-date.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { type Decimal, decimalPlaces, multiply, toScaledInteger } from '../../base/decimal.ts';
import type { Instant } from '../../base/instant.ts';
import { type Money, money, prorate, subtract } from '../../base/money.ts';
import { no, type Result, yes } from '../../base/result.ts';
import type { BankCalendar, YearOutOfRange } from '../bank-calendar.ts';
import { type Roll, rollDate } from '../roll.ts';
import { type LegalVerdict, legalVerdict } from './legal-limits.ts';
import { applyOffset, inWords } from './offset.ts';
import {
  type BaseDate,
  checkTerms,
  type PaymentTerms,
  type TermDates,
  type TermEvent,
  type TermsInvalid,
} from './terms.ts';

/** What an invoice comes to. `total` includes freight and tax; they are named only so that a discount can leave them out. */
export interface TermAmounts {
  readonly total: Money;
  readonly freight?: Money;
  readonly tax?: Money;
  /** What earns a discount, where a document says it: counts before all that would be left out. @source X12 TDS02 */
  readonly discountable?: Money;
}

export interface DuePart {
  readonly percent: Decimal;
  readonly unadjusted: CalendarDate;
  readonly adjusted: CalendarDate;
  /** Absent when no amount was given. All parts together are the total, to the minor unit. */
  readonly amount?: Money;
}

export interface DueDiscount {
  readonly percent: Decimal;
  readonly unadjusted: CalendarDate;
  /** The last day on which the discount may be taken. */
  readonly adjusted: CalendarDate;
  readonly amount?: Money;
}

/** When money is due, and why. */
export interface Due {
  /** By the terms alone; of several instalments the last. */
  readonly unadjusted: CalendarDate;
  /** Moved to an open day. */
  readonly adjusted: CalendarDate;
  readonly parts: readonly DuePart[];
  readonly discount?: DueDiscount;
  readonly legal: LegalVerdict;
  readonly calendar: { readonly id: string; readonly version: string };
  /** The dates it was found from, so that it can be found again when one of them changes. */
  readonly dates: TermDates;
  /** One step a line, in order: base date, offset, roll, discount. */
  readonly explanation: readonly string[];
}

export type TermsRefusal =
  | YearOutOfRange
  | TermsInvalid
  /** The terms count from a day nobody has told yet. */
  | { readonly code: 'TERM_DATE_MISSING'; readonly event: TermEvent }
  /** A discount leaves out an amount that was not given; taking it for nothing would discount too much. */
  | { readonly code: 'TERM_AMOUNT_MISSING'; readonly amount: 'freight' | 'tax' };

/**
 * The days an invoice falls due under its terms: by the terms alone, and moved to the bank's days.
 *
 * @param dates    days where the site is; see `datesIn`
 * @param calendar of the bank that pays
 * @param amounts  absent when only days are asked for
 * @returns        legal limits are reported in it and never change a day
 */
export function dueDate(
  terms: PaymentTerms,
  dates: TermDates,
  calendar: BankCalendar,
  amounts?: TermAmounts,
): Result<Due, TermsRefusal> {
  const checked = checkTerms(terms);
  if (!checked.ok) return checked;
  const base = baseOf(terms.base, dates);
  if (!base.ok) return base;
  const explanation = [`${base.value.from}: ${base.value.on}`];
  const find = (what: string, offset: Parameters<typeof applyOffset>[1], roll: Roll) => {
    const unadjusted = applyOffset(base.value.on, offset, calendar);
    if (!unadjusted.ok) return unadjusted;
    const adjusted = rollDate(unadjusted.value, roll, calendar);
    if (!adjusted.ok) return adjusted;
    const moved = adjusted.value === unadjusted.value ? '' : `, ${roll} in ${calendar.id}: ${adjusted.value}`;
    explanation.push(`${what} ${inWords(offset)}: ${unadjusted.value}${moved}`);
    return yes({ unadjusted: unadjusted.value, adjusted: adjusted.value });
  };

  const shares = amounts === undefined ? [] : prorate(amounts.total, weights(terms));
  const parts: DuePart[] = [];
  for (const [index, { percent, offset }] of terms.parts.entries()) {
    const found = find(percent === '100' ? 'due' : `${percent} % due`, offset, terms.roll);
    if (!found.ok) return found;
    const amount = shares[index];
    parts.push({ percent, ...found.value, ...(amount === undefined ? {} : { amount }) });
  }
  // A later offset can be written first: the last day counts, not the last line.
  const last = parts.reduce((a, b) => (b.adjusted > a.adjusted ? b : a), parts[0] as DuePart);

  let discount: DueDiscount | undefined;
  if (terms.discount !== undefined) {
    const { percent, offset, roll } = terms.discount;
    const found = find(`${percent} % discount until`, offset, roll);
    if (!found.ok) return found;
    const amount = discountOf(terms.discount, amounts);
    if (!amount.ok) return amount;
    discount = { percent, ...found.value, ...(amount.value === undefined ? {} : { amount: amount.value }) };
  }
  return yes({
    unadjusted: last.unadjusted,
    adjusted: last.adjusted,
    parts,
    ...(discount === undefined ? {} : { discount }),
    legal: legalVerdict(terms.legal, last, dates),
    calendar: { id: calendar.id, version: calendar.version },
    dates,
    explanation,
  });
}

/** The days of some moments where the site is: 2026-12-01T07:30Z is still November in Seattle. */
export function datesIn(timeZone: string, moments: { readonly [event in TermEvent]?: Instant }): TermDates {
  const known = Object.entries(moments).map(([event, at]) => [event, dayIn(at, timeZone)]);
  return Object.fromEntries(known) as TermDates;
}

/**
 * The due dates an invoice has had, newest last, with the one its dates give now. Nothing is added when nothing that
 * decides it has changed; the older ones stay as they were found.
 */
export function revise(history: readonly Due[], now: Due): readonly Due[] {
  const decided = (due: Due) => canonicalJson([due.calendar, due.legal, due.explanation]);
  const latest = history.at(-1);
  return latest !== undefined && decided(latest) === decided(now) ? history : [...history, now];
}

function baseOf(
  base: BaseDate,
  dates: TermDates,
): Result<{ readonly from: string; readonly on: CalendarDate }, TermsRefusal> {
  if (base.kind === 'fixed') return yes({ from: 'fixed', on: base.on });
  const events = base.kind === 'event' ? [base.event] : base.events;
  let found: { readonly from: string; readonly on: CalendarDate } | undefined;
  for (const event of events) {
    const on = dates[event];
    if (on === undefined) return no({ code: 'TERM_DATE_MISSING', event });
    if (found === undefined || on > found.on) found = { from: event, on };
  }
  return found === undefined ? no({ code: 'TERMS_INVALID', problems: ['no base date'] }) : yes(found);
}

/** Instalments as whole numbers in the same proportion. */
function weights({ parts }: PaymentTerms): bigint[] {
  const places = Math.max(...parts.map(({ percent }) => decimalPlaces(percent)));
  return parts.map(({ percent }) => toScaledInteger(percent, places));
}

/** Rounded once, half away from zero, to the minor unit. */
function discountOf(
  { percent, excludes }: NonNullable<PaymentTerms['discount']>,
  amounts: TermAmounts | undefined,
): Result<Money | undefined, TermsRefusal> {
  if (amounts === undefined) return yes(undefined);
  let from = amounts.discountable ?? amounts.total;
  for (const amount of amounts.discountable === undefined ? new Set(excludes) : []) {
    const left = amounts[amount];
    if (left === undefined) return no({ code: 'TERM_AMOUNT_MISSING', amount });
    from = subtract(from, left);
  }
  const hundredfold = multiply(percent, from.minor.toString() as Decimal);
  return yes(money(toScaledInteger(hundredfold, -2), from.currency));
}
