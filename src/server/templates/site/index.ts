// Amazon's store in XX. Its facts are in tax-rates.ts and bank-holidays.ts; write those first.
import { type Currency, definePlugin, defineSite, settledBy, vendorCentralClock } from 'acorn/plugin';
import { golden } from './golden.ts';
import { banks, nextBankingDay } from './paydays.ts';
import { tax } from './tax.ts';

export default definePlugin({
  id: 'site-xx',
  version: '0.1.0',
  description: "Amazon's store in XX: tax and paydays.",
  platform: '^1.0',
  sites: [
    defineSite({
      code: 'XX',
      name: 'XX',
      marketplaces: [{ id: 'AXX0000000000', country: 'XX', currency: 'XXX' as Currency, timeZone: 'Etc/UTC' }],
      tax,
      payday: nextBankingDay,
      // From which day terms count: as Vendor Central does, until you write rows of your own.
      settle: settledBy({ site: 'XX', calendar: banks, clock: vendorCentralClock }),
    }),
  ],
  golden,
});
