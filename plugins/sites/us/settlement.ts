import { type SettlementBook, vendorCentralClock } from 'acorn/plugin';
import { fedCalendar } from './bank-calendar.ts';

/** Quick Pay is taken off the goods and not off freight; its last day moves only where that is agreed. No law sets a limit. */
export const usSettlement = {
  site: 'US',
  calendar: fedCalendar,
  clock: vendorCentralClock,
  discountExcludes: ['freight'],
} satisfies SettlementBook;
