// amazon.com: goods for resale bear no sales tax, paid on Federal Reserve business days.
import { type Currency, definePlugin, siteFrom } from 'acorn/plugin';
import { usEin } from './employer-number.ts';
import { golden } from './golden.ts';
import { goldenIdentifiers } from './golden-identifiers.ts';
import { goldenSettlement } from './golden-settlement.ts';
import { requirements } from './requirements.ts';
import { resaleTax } from './resale-tax.ts';
import { usSchema } from './schema.ts';
import { usSettlement } from './settlement.ts';

export const us = siteFrom({
  code: 'US',
  name: 'United States',
  marketplaces: [{ id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD' as Currency, timeZone: 'America/Los_Angeles' }],
  tax: resaleTax,
  requirements,
  identifiers: [usEin],
  settlement: usSettlement,
});

export default definePlugin({
  id: 'site-us',
  version: '1.0.0',
  description: 'Amazon’s store in the United States.',
  platform: '^1.0',
  sites: [us],
  schema: usSchema,
  golden: [...golden, ...goldenSettlement, ...goldenIdentifiers],
});
