// Query parameters, read strictly: what Amazon would refuse is refused.
import { invalidInput } from './api-error.ts';
import { dayLength } from './calendar.ts';
import type { Instant } from './clock.ts';

const isoDateTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** An instant, or undefined when absent. Without a zone it is UTC. */
export function instantOf(query: URLSearchParams, name: string): Instant | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) || text.length === 10 ? text : `${text}Z`;
  const at = isoDateTime.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(at)) throw invalidInput(`${name} is not an ISO-8601 date-time.`);
  return at;
}

/** A whole number from 1 to `most`; `most` when absent. */
export function limitOf(query: URLSearchParams, most: number): number {
  const text = query.get('limit');
  if (text === null || text === '') return most;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > most) throw invalidInput(`limit must be between 1 and ${most}.`);
  return limit;
}

/** One of the words, or undefined when absent. */
export function wordOf<T extends string>(query: URLSearchParams, name: string, words: readonly T[]): T | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const word = words.find((candidate) => candidate === text);
  if (!word) throw invalidInput(`${name} must be one of ${words.join(', ')}.`);
  return word;
}

/** `true` or `false`, in any case; `otherwise` when absent. */
export function flagOf(query: URLSearchParams, name: string, otherwise: boolean): boolean {
  const text = query.get(name)?.toLowerCase();
  if (text === undefined || text === '') return otherwise;
  if (text !== 'true' && text !== 'false') throw invalidInput(`${name} must be true or false.`);
  return text === 'true';
}

/** From `after` to `before`, both ends inside: adjoining ranges then share a record rather than lose one. */
export interface Range {
  readonly after: Instant;
  readonly before: Instant;
}

export const within = (range: Range | undefined, at: Instant | undefined): boolean =>
  range === undefined || (at !== undefined && at >= range.after && at <= range.before);

/**
 * A pair such as createdAfter and createdBefore. One end alone is completed: an open end is now, an open
 * start lies `mostDays` before the end. Longer than `mostDays` is refused.
 */
export function rangeOf(query: URLSearchParams, name: string, now: Instant, mostDays?: number): Range | undefined {
  const after = instantOf(query, `${name}After`);
  const before = instantOf(query, `${name}Before`);
  if (after === undefined && before === undefined) return undefined;
  const end = before ?? Math.max(now + 1, (after ?? now) + 1);
  const start = after ?? (mostDays === undefined ? 0 : end - mostDays * dayLength);
  if (start > end) throw invalidInput(`${name}After must not be later than ${name}Before.`);
  if (mostDays !== undefined && end - start > mostDays * dayLength + 1) {
    throw invalidInput(`The range of ${name}After and ${name}Before must not be longer than ${mostDays} days.`);
  }
  return { after: start, before: end };
}
