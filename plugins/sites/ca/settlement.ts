import { type SettlementBook, vendorCentralClock } from 'acorn/plugin';
import { caCalendar } from './bank-calendar.ts';

/** No federal law limits payment terms for goods. */
export const caSettlement = { site: 'CA', calendar: caCalendar, clock: vendorCentralClock } satisfies SettlementBook;
