// amazon.ca: the sales taxes of the province of delivery, paid on days Canada’s payment systems settle.
import { type Currency, definePlugin, siteFrom } from 'acorn/plugin';
import { caBusinessNumber, caGst, caQst } from './business-number.ts';
import { goldenTax } from './golden/index.ts';
import { goldenIdentifiers } from './golden-identifiers.ts';
import { goldenPaydays } from './golden-paydays.ts';
import { goldenSettlement } from './golden-settlement.ts';
import { caRates } from './rates.ts';
import { requirements } from './requirements.ts';
import { salesTaxBy } from './sales-tax.ts';
import { caSchema } from './schema.ts';
import { caSettlement } from './settlement.ts';

export const ca = siteFrom({
  code: 'CA',
  name: 'Canada',
  marketplaces: [{ id: 'A2EUQ1WTGCTBG2', country: 'CA', currency: 'CAD' as Currency, timeZone: 'America/Toronto' }],
  tax: { rates: caRates, by: salesTaxBy },
  requirements,
  identifiers: [caBusinessNumber, caGst, caQst],
  settlement: caSettlement,
});

export default definePlugin({
  id: 'site-ca',
  version: '1.0.0',
  description: 'Amazon’s store in Canada.',
  platform: '^1.0',
  sites: [ca],
  schema: caSchema,
  golden: [...goldenTax, ...goldenPaydays, ...goldenSettlement, ...goldenIdentifiers],
});
