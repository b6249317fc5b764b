import { addDays, type CalendarDate } from '../../base/calendar-date.ts';
import type { Currency } from '../../base/currency.ts';
import type { Decimal } from '../../base/decimal.ts';
import { no, type Result, yes } from '../../base/result.ts';
import { fixedRate } from './fixed-rates.ts';

/** What one euro is worth, as somebody published it. */
export interface ReferenceRate {
  readonly currency: Currency;
  /** Units of `currency` for one euro. */
  readonly perEuro: Decimal;
  /** The day it was published for; of a rate fixed for ever, the day since when. */
  readonly on: CalendarDate;
  /** Who published it: `ECB`, or the law that fixed it. */
  readonly source: string;
}

export type RateRefusal =
  /** No rate of it on or before that day: it is not among those published, or they were not imported. */
  | { readonly code: 'RATE_UNKNOWN'; readonly currency: Currency; readonly on: CalendarDate }
  /** The last one is older than a fall-back may be. */
  | {
      readonly code: 'RATE_TOO_OLD';
      readonly currency: Currency;
      readonly on: CalendarDate;
      readonly last: CalendarDate;
      readonly mostDays: number;
    };

/**
 * How many days a rate may lie before the day it is used for. The longest the euro's banks are ever closed is from
 * Good Friday to Easter Monday, so a rate is at most four days old; the rest is patience with an import that is late.
 */
export const mostDaysBefore = 7;

/**
 * The rate of a currency that is in force on a day: the last one published on or before it, since none is published on
 * weekends and holidays of the euro's banks. After a state has joined the euro it is the one fixed by law, for ever.
 *
 * @param published of any currencies and days, in any order; later days than `on` do not count
 * @source European Central Bank, euro foreign exchange reference rates: published on TARGET days, for information only
 */
export function rateOn(
  published: readonly ReferenceRate[],
  currency: Currency,
  on: CalendarDate,
): Result<ReferenceRate, RateRefusal> {
  const fixed = fixedRate(currency, on);
  if (fixed !== undefined) return yes(fixed);
  let last: ReferenceRate | undefined;
  for (const rate of published) {
    if (rate.currency === currency && rate.on <= on && (last === undefined || rate.on > last.on)) last = rate;
  }
  if (last === undefined) return no({ code: 'RATE_UNKNOWN', currency, on });
  if (addDays(last.on, mostDaysBefore) < on) {
    return no({ code: 'RATE_TOO_OLD', currency, on, last: last.on, mostDays: mostDaysBefore });
  }
  return yes(last);
}
