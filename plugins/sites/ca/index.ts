// amazon.ca: the sales taxes of the province of delivery, paid on days Canada’s payment systems settle.
import { type Currency, definePlugin, defineSite } from 'acorn/plugin';
import { caCalendar } from './bank-calendar.ts';
import { caBusinessNumber, caGst, caQst } from './business-number.ts';
import { goldenIdentifiers } from './golden-identifiers.ts';
import { goldenTax } from './golden/index.ts';
import { goldenPaydays } from './golden-paydays.ts';
import { salesTax } from './sales-tax.ts';

export const ca = defineSite({
  code: 'CA',
  name: 'Canada',
  marketplaces: [{ id: 'A2EUQ1WTGCTBG2', country: 'CA', currency: 'CAD' as Currency, timeZone: 'America/Toronto' }],
  tax: salesTax,
  payday: caCalendar.next,
  identifiers: [caBusinessNumber, caGst, caQst],
});

export default definePlugin({
  id: 'site-ca',
  version: '1.0.0',
  description: 'Amazon’s store in Canada.',
  platform: '^1.0',
  sites: [ca],
  golden: [...goldenTax, ...goldenPaydays, ...goldenIdentifiers],
});
