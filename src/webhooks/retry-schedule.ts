import { addMillis, type Instant } from '../base/instant.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * Pauses after the first failure, the second, …, in milliseconds.
 *
 * A webhook is tried as a whole, since its messages keep their order: one pause here holds up all that is behind it. So
 * the steps of the first two hours are finer than those recommended for single messages; from then on they are the same.
 * @source Standard Webhooks, Deliverability and reliability: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h
 */
export const retryPauses: readonly number[] = [
  5 * second,
  30 * second,
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  30 * minute,
  hour,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** By this much of itself a pause may be longer, so that what failed together is not tried together. */
const jitter = 0.1;
/** The longest a receiver may ask us to wait. */
const longest = 24 * hour;

/**
 * When to try again, or nothing when it was tried often enough: after about three days and five hours.
 *
 * @param failures   in a row, this one included
 * @param random     from 0 to 1
 * @param askedFor   how long the receiver wants us to wait, in milliseconds; a shorter wish than our pause is not heard
 */
export function retryAfter(
  failures: number,
  now: Instant,
  random: number,
  askedFor: number | undefined,
): Instant | undefined {
  const pause = retryPauses[failures - 1];
  if (pause === undefined) return undefined;
  const ours = Math.round(pause * (1 + jitter * random));
  return addMillis(now, Math.max(ours, Math.min(askedFor ?? 0, longest)));
}

/** What `Retry-After` asks for, in milliseconds from now: seconds, or a date. @source RFC 9110, 10.2.3 */
export function readRetryAfter(header: string | undefined, now: Instant): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * second;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.parse(now));
}
