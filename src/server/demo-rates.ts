import { addDays, type CalendarDate } from '../base/calendar-date.ts';
import type { Currency } from '../base/currency.ts';
import { decimal } from '../base/decimal.ts';
import { daysBetween, weekdayOf } from '../base/months.ts';
import type { ReferenceRate } from '../domain/currency/reference-rates.ts';

/** About what one euro is worth, in ten-thousandths of each currency. */
const about: Readonly<Record<string, bigint>> = {
  USD: 1_1500n,
  CAD: 1_6100n,
  JPY: 170_0000n,
  GBP: 8700n,
  SEK: 11_0000n,
  PLN: 4_2500n,
};

/**
 * Exchange rates for a simulated world, of every weekday from one day to another: made up, up to half a per cent around
 * what is usual, and the same for the same day.
 */
export function demoRates(from: CalendarDate, to: CalendarDate): Omit<ReferenceRate, 'source'>[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, at) => addDays(from, at))
    .filter((on) => weekdayOf(on) >= 1 && weekdayOf(on) <= 5)
    .flatMap((on) =>
      Object.entries(about).map(([currency, usual], index) => {
        const off = BigInt(((Number(on.replaceAll('-', '')) + index * 31) * 37) % 101) - 50n;
        const digits = String(usual + (usual * off) / 10_000n).padStart(5, '0');
        return { currency: currency as Currency, on, perEuro: decimal(`${digits.slice(0, -4)}.${digits.slice(-4)}`) };
      }),
    );
}
