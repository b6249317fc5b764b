import { type ClockRow, day, type SettlementBook } from 'acorn/plugin';
import { jpCalendar } from './bank-calendar.ts';

/**
 * From which day amazon.co.jp counts the days that a document states. Closing day and pay day, counted from the receipt
 * of goods, are no terms that a document can state: they are an agreement, and a row of the operator's.
 */
const clock: readonly ClockRow[] = [
  {
    since: day('2016-01-01'),
    base: { kind: 'event', event: 'invoice-date' },
    source: 'Vendor Invoices API v1, PaymentTerms: days are counted from the invoice date',
  },
];

/** Whether the law of two months covers a purchase turns on what was agreed to be made: an agreement says so. */
export const jpSettlement = { site: 'JP', calendar: jpCalendar, clock } satisfies SettlementBook;
