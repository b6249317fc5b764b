import { type CalendarDate, type Decimal, day, decimal, no, type Result, type SiteRefusal, yes } from 'acorn/plugin';

/** A rate, in per cent, from its first day until the next row of its class. */
export interface TaxRate {
  readonly since: CalendarDate;
  readonly rate: Decimal;
  /** The law that set it. */
  readonly source: string;
}

/** Stands in place of a law until you name one; every tax worked out from it carries a warning. */
export const exampleSource = 'an example, and no law';

/** By tax class, oldest first. A new rate is a new row; a row that was in force is never changed. */
export const taxRates: Readonly<Record<string, readonly TaxRate[]>> = {
  standard: [{ since: day('2000-01-01'), rate: decimal('10'), source: exampleSource }],
  zero: [{ since: day('2000-01-01'), rate: decimal('0'), source: exampleSource }],
};

/** The newest row of a class stands until there is another, so the rates have no last year. */
const openEnd = 9999;

/** The rate of a class on the day that decides it. A class, or a time, without a rate is refused: never guessed. */
export function taxRateOn(taxClass: string, taxPoint: CalendarDate): Result<TaxRate, SiteRefusal> {
  const rates = Object.hasOwn(taxRates, taxClass) ? taxRates[taxClass] : undefined;
  if (rates === undefined) return no({ code: 'TAX_CLASS_UNKNOWN', taxClass, known: Object.keys(taxRates) });
  const rate = rates.findLast(({ since }) => since <= taxPoint);
  if (rate !== undefined) return yes(rate);
  const year = Number(taxPoint.slice(0, 4));
  return no({ code: 'YEAR_OUT_OF_RANGE', year, known: [Number(rates[0]?.since.slice(0, 4)), openEnd] });
}
