import { type CalendarDate, day } from '../../base/calendar-date.ts';
import type { Currency } from '../../base/currency.ts';
import { decimal } from '../../base/decimal.ts';
import type { ReferenceRate } from './reference-rates.ts';

/** The currency all reference rates are told in. */
export const euro = 'EUR' as Currency;

const source = 'Regulation (EC) No 2866/98';

/**
 * What a currency that became the euro is worth, from the day it did: for ever, and exactly. Old documents still carry
 * such amounts, and nobody publishes a rate for them any more. A state that joins is a new row.
 *
 * @source Council Regulation (EC) No 2866/98 on the conversion rates between the euro and the currencies of the states
 *         adopting it, as amended when each of them joined
 */
const fixed: readonly ReferenceRate[] = [
  row('EEK', '2011-01-01', '15.6466'),
  row('LVL', '2014-01-01', '0.702804'),
  row('LTL', '2015-01-01', '3.4528'),
  row('HRK', '2023-01-01', '7.5345'),
  row('BGN', '2026-01-01', '1.95583'),
];

/** The rate fixed by law for a currency on that day; of the euro itself, one. */
export function fixedRate(currency: Currency, on: CalendarDate): ReferenceRate | undefined {
  if (currency === euro) return { currency, perEuro: decimal('1'), on, source: 'the euro itself' };
  return fixed.find((rate) => rate.currency === currency && rate.on <= on);
}

function row(currency: string, since: string, perEuro: string): ReferenceRate {
  return { currency: currency as Currency, perEuro: decimal(perEuro), on: day(since), source };
}
