// amazon.co.jp. Identity only so far: what it cannot answer it refuses, and never as zero tax.
import { type Currency, day, definePlugin, defineSite, no } from 'acorn/plugin';
import { jpCalendar } from './bank-calendar.ts';
import { goldenPaydays } from './golden-paydays.ts';

export const jp = defineSite({
  code: 'JP',
  name: 'Japan',
  marketplaces: [{ id: 'A1VC38T7YXB528', country: 'JP', currency: 'JPY' as Currency, timeZone: 'Asia/Tokyo' }],
  tax: () => no({ code: 'NOT_ANSWERED_YET', site: 'JP', question: 'tax' }),
  payday: jpCalendar.next,
});

export default definePlugin({
  id: 'site-jp',
  version: '1.0.0',
  description: 'Amazon’s store in Japan.',
  platform: '^1.0',
  sites: [jp],
  golden: [
    {
      rule: 'tax',
      name: 'tax is refused, not guessed',
      site: 'JP',
      input: { lines: [], taxPoint: day('2026-10-01'), shipToCountry: 'JP', certificates: [] },
      answer: no({ code: 'NOT_ANSWERED_YET', site: 'JP', question: 'tax' }),
    },
    ...goldenPaydays,
  ],
});
