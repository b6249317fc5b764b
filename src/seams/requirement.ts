import type { CalendarDate } from '../base/calendar-date.ts';
import type { Decimal } from '../base/decimal.ts';
import type { TaxCategory } from '../domain/tax/treatment.ts';

/**
 * Something that can be asked of an invoice, as a place in `InvoiceDraft`; `tax.…` is what a site works out. Of lines,
 * every line has to have it.
 */
export type RequiredField =
  | 'number'
  | 'issuedOn'
  | 'suppliedOn'
  | 'supplier.name'
  | 'supplier.address'
  | 'supplier.registrations'
  | 'buyer.name'
  | 'buyer.address'
  | 'buyer.taxId'
  | 'terms'
  | 'lines.description'
  | 'lines.quantity'
  | 'lines.unitCost'
  | 'lines.orderNumber'
  | 'tax.total'
  | 'tax.rates'
  | 'tax.lines';

/**
 * What must stand on an invoice of a site, from which amount and since when. A row is in force from `since` until the
 * day before a later row of the same field and scheme, or until its own last day.
 */
export interface Requirement {
  readonly field: RequiredField;
  /** Of `supplier.registrations`: which number it is, such as `CA-GST`. */
  readonly scheme?: string;
  /** From this total on, tax included, in `currency`. Left out: always. */
  readonly from?: { readonly total: Decimal; readonly currency: string };
  /** Only where a tax of this name is charged or shown, such as `QST`. */
  readonly tax?: string;
  /** Only where a line has one of these categories. */
  readonly categories?: readonly TaxCategory[];
  readonly since?: CalendarDate;
  /** The last day. */
  readonly until?: CalendarDate;
  /** Who says so. */
  readonly source: string;
}
