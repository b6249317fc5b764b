import { type CalendarDate, type Decimal, day, decimal } from 'acorn/plugin';

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
