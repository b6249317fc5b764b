import { day } from '../../base/calendar-date.ts';
import type { ClockRow } from './payment-clock.ts';

/** Amazon has published no day for the change; a day of one's own notice is a row of the operator's. */
const dashboard =
  'Vendor Central, Financial Dashboard notice on the payment terms trigger date, as told by Vendor Society; its day is not published, and taken as the start of 2025';
const since = day('2025-01-01');

/**
 * From which day Amazon's stores in North America and Europe count terms: first from the invoice date, as the model of
 * the API says, and then from when Amazon has the invoice, and the goods where the vendor brings them. One invoice date
 * has different due days on the two sides of the change.
 */
export const vendorCentralClock: readonly ClockRow[] = [
  {
    since: day('2016-01-01'),
    until: day('2024-12-31'),
    base: { kind: 'event', event: 'invoice-date' },
    source: 'Vendor Invoices API v1, PaymentTerms: days are counted from the invoice date',
  },
  {
    since,
    freightTerm: 'PREPAID',
    base: { kind: 'later-of', events: ['invoice-received', 'goods-received'] },
    source: dashboard,
  },
  { since, freightTerm: 'COLLECT', base: { kind: 'event', event: 'invoice-received' }, source: dashboard },
];
