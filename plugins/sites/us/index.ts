// amazon.com: goods for resale bear no sales tax, paid on Federal Reserve business days.
import { type Currency, defineSite } from 'acorn/plugin';
import { nextFedBusinessDay } from './fed-calendar.ts';
import { resaleTax } from './resale-tax.ts';

export const us = defineSite({
  code: 'US',
  name: 'United States',
  marketplaces: [{ id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD' as Currency, timeZone: 'America/Los_Angeles' }],
  tax: resaleTax,
  payday: nextFedBusinessDay,
});
