import { type CalendarDate, dayIn, type Instant, later, parseDay, parseInstant, type Window } from 'acorn/plugin';
import type { Part } from './part.ts';
import { instantAt } from './zone.ts';

const withoutZone = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?$/;

/**
 * A moment from ISO 8601 text. With a zone it is that moment; without one it is the site's wall clock, and a bare date
 * the start of that day there. Days that do not exist are no dates.
 */
export function readInstant(text: string, timeZone: string): Instant | undefined {
  if (parseDay(text.slice(0, 10)) === undefined) return undefined;
  const zoned = parseInstant(text);
  if (zoned !== undefined || !withoutZone.test(text)) return zoned;
  const wallClock = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`);
  return Number.isNaN(wallClock) ? undefined : instantAt(wallClock, timeZone);
}

export function asInstant(part: Part): Instant {
  const read = readInstant(part.asText(), part.notes.account.timeZone);
  return read ?? part.refuse('NOT_A_DATE', `Expected a date and time in ISO 8601, found ${part.found()}.`);
}

export function instant(part: Part | undefined, name: string): Instant | undefined {
  const found = part?.member(name);
  return found === undefined ? undefined : asInstant(found);
}

export const needInstant = (part: Part, name: string): Instant => asInstant(part.need(name));

/** The calendar day it was at the site. A bare date is that day, whatever the zone. */
export function day(part: Part | undefined, name: string): CalendarDate | undefined {
  const found = part?.member(name);
  if (found === undefined) return undefined;
  return dayIn(asInstant(found), found.notes.account.timeZone);
}

export function needDay(part: Part, name: string): CalendarDate {
  return dayIn(needInstant(part, name), part.notes.account.timeZone);
}

/** `start--end`, both inclusive. */
export function window(part: Part, name: string): Window | undefined {
  const found = part.member(name);
  if (found === undefined) return undefined;
  const [from, to, ...rest] = found.asText().split('--');
  const { timeZone } = part.notes.account;
  const read = [from, to].map((text) => (text === undefined ? undefined : readInstant(text.trim(), timeZone)));
  if (read[0] === undefined || read[1] === undefined || rest.length > 0) {
    return found.refuse('NOT_A_DATE', `Expected two dates joined by --, found ${found.found()}.`);
  }
  if (read[0] > read[1]) found.warn('UNEXPECTED_SHAPE', 'ends before it starts');
  return { from: read[0], to: read[1] };
}

/** The latest of those that were stated: no view of Amazon's can be older than a date it mentions. */
export function latest(...stated: readonly (Instant | undefined)[]): Instant | undefined {
  return stated.reduce((a, b) => (a === undefined || b === undefined ? (a ?? b) : later(a, b)), undefined);
}
