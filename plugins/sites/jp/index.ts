// amazon.co.jp: consumption tax in whole yen, once per rate, paid on banking days.
import { type Currency, definePlugin, siteFrom } from 'acorn/plugin';
import { consumptionTaxBy } from './consumption-tax.ts';
import { goldenTax } from './golden/index.ts';
import { goldenIdentifiers } from './golden-identifiers.ts';
import { goldenPaydays } from './golden-paydays.ts';
import { goldenSettlement } from './golden-settlement.ts';
import { jpRates } from './rates.ts';
import { jpT } from './registration-number.ts';
import { requirements } from './requirements.ts';
import { jpSchema } from './schema.ts';
import { jpSettlement } from './settlement.ts';

export const jp = siteFrom({
  code: 'JP',
  name: 'Japan',
  marketplaces: [{ id: 'A1VC38T7YXB528', country: 'JP', currency: 'JPY' as Currency, timeZone: 'Asia/Tokyo' }],
  tax: { rates: jpRates, by: consumptionTaxBy },
  requirements,
  identifiers: [jpT],
  settlement: jpSettlement,
});

export default definePlugin({
  id: 'site-jp',
  version: '1.0.0',
  description: 'Amazon’s store in Japan.',
  platform: '^1.0',
  sites: [jp],
  schema: jpSchema,
  golden: [...goldenTax, ...goldenPaydays, ...goldenSettlement, ...goldenIdentifiers],
});
