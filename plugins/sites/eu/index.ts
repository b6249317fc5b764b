// Amazon's stores in the European Union: paid on TARGET days. Tax it refuses so far, and never answers as zero.
import { type Currency, day, definePlugin, no, siteFrom } from 'acorn/plugin';
import { goldenPaydays } from './golden-paydays.ts';
import { requirements } from './requirements.ts';
import { euSettlement } from './settlement.ts';

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
  tax: () => no({ code: 'NOT_ANSWERED_YET', site: 'EU', question: 'tax' }),
  requirements,
  settlement: euSettlement,
});

export default definePlugin({
  id: 'site-eu',
  version: '1.0.0',
  description: 'Amazon’s stores in the European Union.',
  platform: '^1.0',
  sites: [eu],
  golden: [
    {
      rule: 'tax',
      name: 'tax is refused, not guessed',
      site: 'EU',
      input: { lines: [], taxPoint: day('2026-10-01'), shipToCountry: 'DE', certificates: [] },
      answer: no({ code: 'NOT_ANSWERED_YET', site: 'EU', question: 'tax' }),
    },
    ...goldenPaydays,
  ],
});
