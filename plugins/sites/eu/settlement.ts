import { day, type LegalRow, type SettlementBook, vendorCentralClock } from 'acorn/plugin';
import { targetCalendar } from './bank-calendar.ts';

/**
 * Longest terms by the law of the store's country. An agreement under another law, or a longer one that the law allows,
 * is a row of the operator's. In France "45 days end of month" must be agreed, and so is one as well.
 */
const legal: readonly LegalRow[] = [
  {
    since: day('2013-03-16'),
    rule: { kind: 'eu-60-days', expresslyAgreed: false },
    source: 'Directive 2011/7/EU, article 3(5), to be transposed by 16 March 2013',
  },
  {
    country: 'FR',
    since: day('2009-01-01'),
    rule: { kind: 'fr-60-days' },
    source: 'Code de commerce, article L441-10, as first set by the loi de modernisation de l’économie of 2008',
  },
  {
    country: 'BE',
    since: day('2022-02-01'),
    rule: { kind: 'be-60-days' },
    source: 'Belgian act of 2 August 2002 as amended: no agreement beyond 60 days since 1 February 2022',
  },
];

export const euSettlement = {
  site: 'EU',
  calendar: targetCalendar,
  clock: vendorCentralClock,
  legal,
} satisfies SettlementBook;
