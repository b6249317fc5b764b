// amazon.co.jp: consumption tax in whole yen. What it cannot answer it refuses, and never as zero tax.
import { type Currency, day, definePlugin, defineSite, no } from 'acorn/plugin';
import { consumptionTax } from './consumption-tax.ts';
import { taxGolden } from './tax-golden.ts';

export const jp = defineSite({
  code: 'JP',
  name: 'Japan',
  marketplaces: [{ id: 'A1VC38T7YXB528', country: 'JP', currency: 'JPY' as Currency, timeZone: 'Asia/Tokyo' }],
  tax: consumptionTax,
  payday: () => no({ code: 'NOT_ANSWERED_YET', site: 'JP', question: 'payday' }),
});

export default definePlugin({
  id: 'site-jp',
  version: '1.0.0',
  description: 'Amazon’s store in Japan.',
  platform: '^1.0',
  sites: [jp],
  golden: [
    ...taxGolden,
    {
      rule: 'payday',
      name: 'a payday is refused, not guessed',
      site: 'JP',
      input: day('2026-10-01'),
      answer: no({ code: 'NOT_ANSWERED_YET', site: 'JP', question: 'payday' }),
    },
  ],
});
