// amazon.ca. Identity only so far: what it cannot answer it refuses, and never as zero tax.
import type { Currency } from '../../../src/base/currency.ts';
import { no } from '../../../src/base/result.ts';
import { defineSite } from '../../../src/seams/site.ts';

export const ca = defineSite({
  code: 'CA',
  name: 'Canada',
  marketplaces: [{ id: 'A2EUQ1WTGCTBG2', country: 'CA', currency: 'CAD' as Currency, timeZone: 'America/Toronto' }],
  tax: () => no({ code: 'NOT_ANSWERED_YET', site: 'CA', question: 'tax' }),
  payday: () => no({ code: 'NOT_ANSWERED_YET', site: 'CA', question: 'payday' }),
});
