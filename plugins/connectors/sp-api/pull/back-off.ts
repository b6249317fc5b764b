import { setTimeout as sleep } from 'node:timers/promises';

/** Sleep that ends early, with the signal's reason thrown, when the work is called off. */
export async function pause(millis: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await sleep(Math.max(0, millis), undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

export interface Pauses {
  readonly firstPauseMillis: number;
  readonly longestPauseMillis: number;
}

/**
 * How long to wait after the `failures`-th failure in a row: doubling from the first pause up to the longest, and of
 * that a random part of at least half, so that many clients do not return at once. Never shorter than upstream asked.
 *
 * @param failures 1 after the first failure
 * @param random   from 0, inclusive, to 1, exclusive
 * @param askedMillis what a Retry-After said
 */
export function pauseAfter(failures: number, pauses: Pauses, random: number, askedMillis = 0): number {
  const doubled = pauses.firstPauseMillis * 2 ** Math.min(failures - 1, 30);
  const longest = Math.min(doubled, pauses.longestPauseMillis);
  return Math.max(askedMillis, longest / 2 + (longest / 2) * random);
}

/** Retry-After in milliseconds: seconds, or a date against upstream's own clock. */
export function retryAfterMillis(header: string | null, dateHeader: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const until = Date.parse(header);
  const now = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  return Number.isNaN(until) || Number.isNaN(now) ? undefined : Math.max(0, until - now);
}
