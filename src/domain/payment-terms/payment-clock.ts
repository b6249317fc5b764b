import type { CalendarDate } from '../../base/calendar-date.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { no, type Result, yes } from '../../base/result.ts';
import type { FreightTerm } from '../changes.ts';
import { type DatedRow, rowOn } from '../dated-rows.ts';
import type { BaseDate } from './terms.ts';

/**
 * From which day Amazon counts the terms an invoice states, for invoices dated in a time. The terms say how many days;
 * the clock says when it starts.
 */
export interface ClockRow extends DatedRow {
  /** Left out: for every vendor code that has no row of its own. */
  readonly vendorCode?: string;
  /** Who pays the carrier. Left out: whoever does. */
  readonly freightTerm?: FreightTerm;
  readonly base: Exclude<BaseDate, { readonly kind: 'fixed' }>;
}

/** What decides which row counts. */
export interface ClockQuestion {
  /** The invoice date, where the site is. */
  readonly on: CalendarDate;
  readonly vendorCode?: string;
  readonly freightTerm?: FreightTerm;
}

export type ClockRefusal =
  /** No row reaches that day. `since` is the first day that one does. */
  | { readonly code: 'PAYMENT_CLOCK_UNKNOWN'; readonly on: CalendarDate; readonly since?: CalendarDate }
  /** Prepaid and collect have different rows, and nobody has said which it is. */
  | { readonly code: 'FREIGHT_TERM_MISSING'; readonly on: CalendarDate };

/** Rows of one key follow each other in time. */
export const clockKey = ({ vendorCode, freightTerm }: ClockRow): string => `${vendorCode ?? ''}/${freightTerm ?? ''}`;

/**
 * The row that says from which day terms are counted. A vendor code's own rows count before those of all; among them
 * those of the freight term before those of either.
 */
export function clockOn(rows: readonly ClockRow[], question: ClockQuestion): Result<ClockRow, ClockRefusal> {
  const { on, vendorCode, freightTerm } = question;
  const own = rows.filter((row) => row.vendorCode !== undefined && row.vendorCode === vendorCode);
  for (const group of [own, rows.filter((row) => row.vendorCode === undefined)]) {
    const of = (term: FreightTerm | undefined) =>
      rowOn(
        group.filter((row) => row.freightTerm === term),
        on,
      );
    const [prepaid, collect, either] = [of('PREPAID'), of('COLLECT'), of(undefined)];
    const [first = either, second = either] = [prepaid, collect];
    if (freightTerm !== undefined) {
      const row = freightTerm === 'PREPAID' ? first : second;
      if (row !== undefined) return yes(row);
    } else if (prepaid !== undefined || collect !== undefined) {
      const same =
        first !== undefined && second !== undefined && canonicalJson(first.base) === canonicalJson(second.base);
      return same ? yes(first) : no({ code: 'FREIGHT_TERM_MISSING', on });
    } else if (either !== undefined) {
      return yes(either);
    }
  }
  const since = rows.map((row) => row.since).sort()[0];
  return no({ code: 'PAYMENT_CLOCK_UNKNOWN', on, ...(since === undefined ? {} : { since }) });
}

/** A base date in words, for the explanation of a date. */
export const baseInWords = (base: ClockRow['base']): string =>
  base.kind === 'event' ? base.event : `the later of ${base.events.join(' and ')}`;
