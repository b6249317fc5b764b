// Amazon's stores in the European Union: VAT by where goods leave and arrive and who buys, paid on TARGET days.
import { type Currency, definePlugin, siteFrom } from 'acorn/plugin';
import { goldenVat } from './golden/index.ts';
import { goldenIdentifiers } from './golden-identifiers.ts';
import { goldenPaydays } from './golden-paydays.ts';
import { goldenSettlement } from './golden-settlement.ts';
import { euRates } from './rates.ts';
import { requirements } from './requirements.ts';
import { euSchema } from './schema.ts';
import { euSettlement } from './settlement.ts';
import { vatBy } from './vat.ts';
import { euVat } from './vat-id.ts';

export const eu = siteFrom({
  code: 'EU',
  name: 'European Union',
  marketplaces: [
    { id: 'A1PA6795UKMFR9', country: 'DE', currency: 'EUR' as Currency, timeZone: 'Europe/Berlin' },
    { id: 'A13V1IB3VIYZZH', country: 'FR', currency: 'EUR' as Currency, timeZone: 'Europe/Paris' },
    { id: 'APJ6JRA9NG5V4', country: 'IT', currency: 'EUR' as Currency, timeZone: 'Europe/Rome' },
    { id: 'A1RKKUPIHCS9HS', country: 'ES', currency: 'EUR' as Currency, timeZone: 'Europe/Madrid' },
    { id: 'A1805IZSGTT6HS', country: 'NL', currency: 'EUR' as Currency, timeZone: 'Europe/Amsterdam' },
    { id: 'A2NODRKZP88ZB9', country: 'SE', currency: 'SEK' as Currency, timeZone: 'Europe/Stockholm' },
    { id: 'A1C3SOZRARQ6R3', country: 'PL', currency: 'PLN' as Currency, timeZone: 'Europe/Warsaw' },
    { id: 'AMEN7PMS3EDWL', country: 'BE', currency: 'EUR' as Currency, timeZone: 'Europe/Brussels' },
  ],
  tax: { rates: euRates, by: vatBy },
  requirements,
  identifiers: [euVat],
  settlement: euSettlement,
});

export default definePlugin({
  id: 'site-eu',
  version: '1.0.0',
  description: 'Amazon’s stores in the European Union.',
  platform: '^1.0',
  sites: [eu],
  schema: euSchema,
  golden: [...goldenVat, ...goldenPaydays, ...goldenSettlement, ...goldenIdentifiers],
});
