// Pages that survive a restart: the token says where the last page ended and which question it belongs to.
import { createHash } from 'node:crypto';
import { invalidInput } from './api-error.ts';
import type { Instant } from './clock.ts';

/** Where a record stands in its listing: time of creation, then its number. */
export type Position = readonly [at: Instant, id: string];

/** Where to go on, and the now of the first page, so that open ranges do not move between pages. */
export interface Bookmark {
  readonly after: Position | undefined;
  readonly asOf: Instant;
}

/**
 * Read `nextToken` of a query, or start at the beginning.
 *
 * The position is a key, not a count: records that appear, change or vanish between two pages neither
 * repeat nor hide others. A token of another question is refused.
 */
export function bookmarkOf(query: URLSearchParams, scope: string, now: Instant, name = 'nextToken'): Bookmark {
  const token = query.get(name);
  if (token === null || token === '') return { after: undefined, asOf: now };
  const read = parseToken(token);
  if (!read || read.question !== questionOf(query, scope, name))
    throw invalidInput(`${name} does not belong to this request.`);
  return { after: read.after, asOf: read.asOf };
}

/** The token for the page after `last`. */
export function tokenAfter(
  query: URLSearchParams,
  scope: string,
  asOf: Instant,
  last: Position,
  name = 'nextToken',
): string {
  return Buffer.from(JSON.stringify([asOf, last[0], last[1], questionOf(query, scope, name)])).toString('base64url');
}

function parseToken(token: string): { asOf: Instant; after: Position; question: string } | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (!Array.isArray(read)) return undefined;
    const [asOf, at, id, question] = read as unknown[];
    if (typeof asOf !== 'number' || typeof at !== 'number' || typeof id !== 'string' || typeof question !== 'string')
      return undefined;
    return { asOf, after: [at, id], question };
  } catch {
    return undefined;
  }
}

/** The same parameters in any order are the same question. */
function questionOf(query: URLSearchParams, scope: string, name: string): string {
  const others = [...query].filter(([key]) => key !== name).map(([key, value]) => `${key}=${value}`);
  return createHash('sha256')
    .update([scope, ...others.sort()].join('\n'))
    .digest('base64url')
    .slice(0, 12);
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page goes on; absent on the last page. */
  readonly next: Position | undefined;
}

/** The records behind the bookmark, at most `limit`, of a list that is in the wanted order. */
export function pageOf<T>(
  all: readonly T[],
  positionOf: (item: T) => Position,
  after: Position | undefined,
  limit: number,
  descending = false,
): Page<T> {
  const from = after === undefined ? 0 : all.findIndex((item) => comesAfter(positionOf(item), after, descending));
  if (from < 0) return { items: [], next: undefined };
  const items = all.slice(from, from + limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && from + limit < all.length ? positionOf(last) : undefined };
}

function comesAfter(a: Position, b: Position, descending: boolean): boolean {
  const later = a[0] === b[0] ? a[1] > b[1] : a[0] > b[0];
  const same = a[0] === b[0] && a[1] === b[1];
  return !same && later !== descending;
}
