// amazon.com: goods for resale bear no sales tax, paid on Federal Reserve business days.
import { type Currency, definePlugin, defineSite } from 'acorn/plugin';
import { fedCalendar } from './bank-calendar.ts';
import { usEin } from './employer-number.ts';
import { golden } from './golden.ts';
import { goldenIdentifiers } from './golden-identifiers.ts';
import { resaleTax } from './resale-tax.ts';

export const us = defineSite({
  code: 'US',
  name: 'United States',
  marketplaces: [{ id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD' as Currency, timeZone: 'America/Los_Angeles' }],
  tax: resaleTax,
  payday: fedCalendar.next,
  identifiers: [usEin],
});

export default definePlugin({
  id: 'site-us',
  version: '1.0.0',
  description: 'Amazon’s store in the United States.',
  platform: '^1.0',
  sites: [us],
  golden: [...golden, ...goldenIdentifiers],
});
