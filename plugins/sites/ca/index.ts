// amazon.ca. Identity only so far: what it cannot answer it refuses, and never as zero tax.
import { type Currency, day, definePlugin, defineSite, no } from 'acorn/plugin';
import { caCalendar } from './bank-calendar.ts';
import { goldenPaydays } from './golden-paydays.ts';

export const ca = defineSite({
  code: 'CA',
  name: 'Canada',
  marketplaces: [{ id: 'A2EUQ1WTGCTBG2', country: 'CA', currency: 'CAD' as Currency, timeZone: 'America/Toronto' }],
  tax: () => no({ code: 'NOT_ANSWERED_YET', site: 'CA', question: 'tax' }),
  payday: caCalendar.next,
});

export default definePlugin({
  id: 'site-ca',
  version: '1.0.0',
  description: 'Amazon’s store in Canada.',
  platform: '^1.0',
  sites: [ca],
  golden: [
    {
      rule: 'tax',
      name: 'tax is refused, not guessed',
      site: 'CA',
      input: { lines: [], taxPoint: day('2026-10-01'), shipToCountry: 'CA', certificates: [] },
      answer: no({ code: 'NOT_ANSWERED_YET', site: 'CA', question: 'tax' }),
    },
    ...goldenPaydays,
  ],
});
