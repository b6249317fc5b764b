// amazon.co.uk: VAT at 20, 5 and 0 per cent, pounds, paid on days when banks in England and Wales are open.
import { type Currency, definePlugin, defineSite, settledBy, vendorCentralClock } from 'acorn/plugin';
import { englishBanks, nextBankingDay } from './bank-holidays.ts';
import { golden } from './golden.ts';
import { invoiceAdditions } from './invoice.ts';
import { vat } from './vat.ts';
import { gbVat } from './vat-number.ts';

export default definePlugin({
  id: 'site-gb',
  version: '1.0.0',
  description: 'Great Britain: VAT, bank holidays of England and Wales, and VAT by rate of every invoice.',
  platform: '^1.0',
  sites: [
    defineSite({
      code: 'GB',
      name: 'Great Britain',
      marketplaces: [{ id: 'A1F83G8C2ARO7P', country: 'GB', currency: 'GBP' as Currency, timeZone: 'Europe/London' }],
      tax: vat,
      payday: nextBankingDay,
      settle: settledBy({ site: 'GB', calendar: englishBanks, clock: vendorCentralClock }),
      identifiers: [gbVat],
    }),
  ],
  capabilities: { reads: ['InvoiceTax', 'VendorAccount'] },
  schema: invoiceAdditions,
  golden,
});
