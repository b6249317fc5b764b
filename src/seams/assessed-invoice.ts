import type { CalendarDate } from '../base/calendar-date.ts';
import type { Money } from '../base/money.ts';
import type { TaxAnswer, TaxableInvoice } from './site.ts';

/** Where a day that decides a rate comes from. */
export type TaxPointFrom = 'RECEIPT' | 'INVOICE_DATE';

/**
 * A site's answer on an invoice, with what it was asked: the value behind the core's interface `TaxAssessment`. What a
 * site adds to its answer beside the seam's members, its plugin's own type can show.
 */
export interface AssessedInvoice extends TaxAnswer {
  /** Code of the site that answered. */
  readonly site: string;
  /** The question, as the core put it together from documents and the account's tax profile. */
  readonly asked: TaxableInvoice;
  /** Numbers of the lines, in the order of `asked.lines`. */
  readonly lineNumbers: readonly string[];
  readonly taxPoint: CalendarDate;
  readonly taxPointFrom: TaxPointFrom;
  /** All taxes together. */
  readonly total: Money;
}
