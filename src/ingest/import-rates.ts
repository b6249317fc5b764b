import type { CalendarDate } from '../base/calendar-date.ts';
import { sha256 } from '../base/canonical-json.ts';
import type { Instant } from '../base/instant.ts';
import { type Result, yes } from '../base/result.ts';
import type { Database } from '../store/database.ts';
import { keepRates } from '../store/reference-rates.ts';
import { type NotEcbRates, type RateProblem, readEcbRates } from './ecb-rates.ts';

/** What became of a file of rates. */
export interface ImportedRates {
  /** How many rates of it could be read. */
  readonly read: number;
  /** How many of those were new here. */
  readonly landed: number;
  /** The first and the last day it has rates of. */
  readonly days?: readonly [CalendarDate, CalendarDate];
  readonly problems: readonly RateProblem[];
}

/**
 * Land the euro's reference rates from a file. The same file again changes nothing. A rate that is kept with another
 * value is not touched and told as a problem: figures were told by the old one.
 */
export async function importRates(
  database: Database,
  bytes: Uint8Array,
  now: Instant,
): Promise<Result<ImportedRates, NotEcbRates>> {
  const read = readEcbRates(bytes);
  if (!read.ok) return read;
  const { rates: placed, problems } = read.value;
  const rates = placed.map(({ rate }) => rate);
  const { landed, differing } = await keepRates(database, rates, sha256(bytes), now);
  const places = new Map(placed.map(({ rate, at }) => [rate, at]));
  const days = rates.map(({ on }) => on).sort();
  const [first, last] = [days[0], days.at(-1)];
  return yes({
    read: rates.length,
    landed,
    ...(first !== undefined && last !== undefined && { days: [first, last] as const }),
    problems: [
      ...problems,
      ...differing.map(({ given, kept }) => ({
        code: 'RATE_DIFFERS' as const,
        at: places.get(given) ?? '',
        message: `${given.currency} ${given.on} is kept as ${kept}, and ${given.perEuro} here: the kept one stands`,
      })),
    ],
  });
}
