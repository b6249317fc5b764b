// amazon.co.jp. Identity only so far: what it cannot answer it refuses, and never as zero tax.
import type { Currency } from '../../../src/base/currency.ts';
import { no } from '../../../src/base/result.ts';
import { defineSite } from '../../../src/seams/site.ts';

export const jp = defineSite({
  code: 'JP',
  name: 'Japan',
  marketplaces: [{ id: 'A1VC38T7YXB528', country: 'JP', currency: 'JPY' as Currency, timeZone: 'Asia/Tokyo' }],
  tax: () => no({ code: 'NOT_ANSWERED_YET', site: 'JP', question: 'tax' }),
  payday: () => no({ code: 'NOT_ANSWERED_YET', site: 'JP', question: 'payday' }),
});
