// amazon.ca. Identity only so far: what it cannot answer it refuses, and never as zero tax.
import { type Currency, defineSite, no } from 'acorn/plugin';

export const ca = defineSite({
  code: 'CA',
  name: 'Canada',
  marketplaces: [{ id: 'A2EUQ1WTGCTBG2', country: 'CA', currency: 'CAD' as Currency, timeZone: 'America/Toronto' }],
  tax: () => no({ code: 'NOT_ANSWERED_YET', site: 'CA', question: 'tax' }),
  payday: () => no({ code: 'NOT_ANSWERED_YET', site: 'CA', question: 'payday' }),
});
