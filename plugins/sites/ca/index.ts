// amazon.ca: the sales taxes of the province of delivery. What it cannot answer it refuses, and never as zero tax.
import { type Currency, day, definePlugin, defineSite, no } from 'acorn/plugin';
import { salesTax } from './sales-tax.ts';
import { taxGolden } from './tax-golden.ts';

export const ca = defineSite({
  code: 'CA',
  name: 'Canada',
  marketplaces: [{ id: 'A2EUQ1WTGCTBG2', country: 'CA', currency: 'CAD' as Currency, timeZone: 'America/Toronto' }],
  tax: salesTax,
  payday: () => no({ code: 'NOT_ANSWERED_YET', site: 'CA', question: 'payday' }),
});

export default definePlugin({
  id: 'site-ca',
  version: '1.0.0',
  description: 'Amazon’s store in Canada.',
  platform: '^1.0',
  sites: [ca],
  golden: [
    ...taxGolden,
    {
      rule: 'payday',
      name: 'a payday is refused, not guessed',
      site: 'CA',
      input: day('2026-10-01'),
      answer: no({ code: 'NOT_ANSWERED_YET', site: 'CA', question: 'payday' }),
    },
  ],
});
