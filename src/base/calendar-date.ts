import type { Brand } from './brand.ts';
import type { Instant } from './instant.ts';

/** A calendar day without a clock or a zone: `2026-11-23`. Sorts as text. */
export type CalendarDate = Brand<string, 'CalendarDate'>;

/** A day that exists, or `undefined`: 30 February is not one. */
export function parseDay(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text ? (text as CalendarDate) : undefined;
}

/** A day written in code. Throws on text that is not one. */
export function day(text: string): CalendarDate {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(`not a calendar day: ${text}`);
  return parsed;
}

/** Calendar days, weekends included. Day 1 is the day after. */
export function addDays(from: CalendarDate, days: number): CalendarDate {
  const at = new Date(`${from}T00:00:00.000Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10) as CalendarDate;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The day it is at `at` in an IANA zone: 2026-12-01T07:30Z is still 30 November in Los Angeles. */
export function dayIn(at: Instant, timeZone: string): CalendarDate {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(new Date(at)) as CalendarDate;
}
