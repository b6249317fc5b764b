import { type CalendarDate, type Decimal, day, decimal, no, type Result, type SiteRefusal, yes } from 'acorn/plugin';

/** A rate, in per cent, from its first day until the next row of its class. */
export interface VatRate {
  readonly since: CalendarDate;
  readonly rate: Decimal;
  /** The law that set it. */
  readonly source: string;
}

/** A new rate is a new row; a row that was in force is never changed. */
export const vatRates: Readonly<Record<string, readonly VatRate[]>> = {
  standard: [
    { since: day('1991-04-01'), rate: decimal('17.5'), source: 'Finance Act 1991, section 13' },
    { since: day('2008-12-01'), rate: decimal('15'), source: 'VAT (Change of Rate) Order 2008, SI 2008/3020' },
    { since: day('2010-01-01'), rate: decimal('17.5'), source: 'Finance Act 2009, section 9' },
    { since: day('2011-01-04'), rate: decimal('20'), source: 'Finance (No. 2) Act 2010, section 3' },
  ],
  reduced: [
    { since: day('1997-09-01'), rate: decimal('5'), source: 'Finance (No. 2) Act 1997; VATA 1994, section 29A' },
  ],
  zero: [
    { since: day('1973-04-01'), rate: decimal('0'), source: 'Finance Act 1972; VATA 1994, section 30, Schedule 8' },
  ],
};

/** The rates have no last year: the newest of a class stands until there is another. */
const openEnd = 9999;

/** The rate of a class on the day that decides it. */
export function vatRateOn(taxClass: string, taxPoint: CalendarDate): Result<VatRate, SiteRefusal> {
  const rates = Object.hasOwn(vatRates, taxClass) ? vatRates[taxClass] : undefined;
  if (rates === undefined) return no({ code: 'TAX_CLASS_UNKNOWN', taxClass, known: Object.keys(vatRates) });
  const rate = rates.findLast(({ since }) => since <= taxPoint);
  if (rate !== undefined) return yes(rate);
  const year = Number(taxPoint.slice(0, 4));
  return no({ code: 'YEAR_OUT_OF_RANGE', year, known: [Number(rates[0]?.since.slice(0, 4)), openEnd] });
}
