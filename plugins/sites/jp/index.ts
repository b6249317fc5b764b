// amazon.co.jp. Identity only so far: what it cannot answer it refuses, and never as zero tax.
import { type Currency, defineSite, no } from 'acorn/plugin';

export const jp = defineSite({
  code: 'JP',
  name: 'Japan',
  marketplaces: [{ id: 'A1VC38T7YXB528', country: 'JP', currency: 'JPY' as Currency, timeZone: 'Asia/Tokyo' }],
  tax: () => no({ code: 'NOT_ANSWERED_YET', site: 'JP', question: 'tax' }),
  payday: () => no({ code: 'NOT_ANSWERED_YET', site: 'JP', question: 'payday' }),
});
