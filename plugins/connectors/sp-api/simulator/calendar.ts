// Days and hours where the vendor and its warehouse live.
import type { Instant } from './clock.ts';
import type { Random } from './random.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const dayLength = 24 * hour;

/** A calendar day without a clock, counted from 1970-01-01. */
export type DayNumber = number;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** Minutes to add to UTC in `zone` at that instant, in milliseconds. */
function offsetOf(zone: string, at: Instant): number {
  const key = `${zone} ${Math.floor(at / hour)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  const offset = found ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * hour + Number(found[3]) * minute) : 0;
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** The calendar day that it is in `zone` at that instant. */
export function dayIn(zone: string, at: Instant): DayNumber {
  return Math.floor((at + offsetOf(zone, at)) / dayLength);
}

/** The instant at which a clock in `zone` shows `minutes` after midnight of `day`. */
export function atLocal(zone: string, day: DayNumber, minutes: number): Instant {
  const naive = day * dayLength + minutes * minute;
  const guess = naive - offsetOf(zone, naive);
  return naive - offsetOf(zone, guess);
}

/** 0 is Sunday. */
export const weekday = (day: DayNumber): number => (((day + 4) % 7) + 7) % 7;

/** Monday to Friday; the simulated warehouses know no other holidays. */
export const isBusinessDay = (day: DayNumber): boolean => weekday(day) !== 0 && weekday(day) !== 6;

/** The `count`-th business day after `day`; with 0, `day` itself or the next business day. */
export function addBusinessDays(day: DayNumber, count: number): DayNumber {
  let at = day;
  while (!isBusinessDay(at)) at += 1;
  for (let left = count; left > 0; ) {
    at += 1;
    if (isBusinessDay(at)) left -= 1;
  }
  return at;
}

/** The first day on or after `day` that falls on `wanted` (0 is Sunday). */
export const nextWeekday = (day: DayNumber, wanted: number): DayNumber => day + ((wanted - weekday(day) + 7) % 7);

/** The last day of the month in which `day` lies. */
export function endOfMonth(day: DayNumber): DayNumber {
  const date = new Date(day * dayLength);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / dayLength;
}

/**
 * A moment of a working day, `days` business days after `from` and always later than `from`.
 * With 0 days it is one to three hours later.
 */
export function workTime(zone: string, from: Instant, days: number, random: Random): Instant {
  if (days === 0) return from + random.int(60, 180) * minute;
  const day = addBusinessDays(dayIn(zone, from), days);
  const at = atLocal(zone, day, random.int(8 * 60, 17 * 60)) + random.int(0, 59) * 1000;
  return Math.max(at, from + random.int(20, 90) * minute);
}

/** `2026-03-01T13:05:00Z`: Amazon's instants, to the second. */
export const isoInstant = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** `2026-03-01` */
export const isoDay = (day: DayNumber): string => new Date(day * dayLength).toISOString().slice(0, 10);
