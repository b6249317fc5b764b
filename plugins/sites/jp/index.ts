// amazon.co.jp: consumption tax in whole yen, once per rate, paid on banking days.
import { type Currency, definePlugin, defineSite } from 'acorn/plugin';
import { jpCalendar } from './bank-calendar.ts';
import { consumptionTax } from './consumption-tax.ts';
import { goldenIdentifiers } from './golden-identifiers.ts';
import { goldenPaydays } from './golden-paydays.ts';
import { goldenTax } from './golden/index.ts';
import { jpT } from './registration-number.ts';

export const jp = defineSite({
  code: 'JP',
  name: 'Japan',
  marketplaces: [{ id: 'A1VC38T7YXB528', country: 'JP', currency: 'JPY' as Currency, timeZone: 'Asia/Tokyo' }],
  tax: consumptionTax,
  payday: jpCalendar.next,
  identifiers: [jpT],
});

export default definePlugin({
  id: 'site-jp',
  version: '1.0.0',
  description: 'Amazon’s store in Japan.',
  platform: '^1.0',
  sites: [jp],
  golden: [...goldenTax, ...goldenPaydays, ...goldenIdentifiers],
});
