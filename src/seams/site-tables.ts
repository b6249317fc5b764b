import type { CalendarOverride } from '../domain/bank-calendar.ts';
import type { AgreementRow } from '../domain/payment-terms/agreement.ts';
import type { ClockRow } from '../domain/payment-terms/payment-clock.ts';
import type { RateRow } from '../domain/tax/rate-table.ts';

/**
 * What an operator adds to a site's own tables, without code. A row is added and never replaces one: a new rate or a new
 * clock begins on a later day, and what was in force before stays.
 */
export interface SiteTables {
  readonly rates?: readonly RateRow[];
  /** Days on which banks are open or closed against the rules. */
  readonly calendar?: readonly CalendarOverride[];
  readonly clock?: readonly ClockRow[];
  readonly agreements?: readonly AgreementRow[];
}

/** What is wrong with a row of an operator. */
export interface TableProblem {
  /** Which, as `clock[2]`; or the table, when it is none of one row. */
  readonly row: string;
  /** A sentence for a person, without a full stop. */
  readonly message: string;
}
