import { fromMillis, type Instant } from 'acorn/plugin';

const formatters = new Map<string, Intl.DateTimeFormat>();
const dayMillis = 86_400_000;

/**
 * The instant at which a clock on the wall of `timeZone` shows `wallClock`.
 *
 * A time that is shown twice, when clocks go back, is the first. One that is never shown, when clocks go forward, is
 * read with the offset from before, so the start of a day without midnight is the first instant of that day.
 *
 * @param wallClock milliseconds since 1970 as if the wall clock were UTC
 * @param timeZone  IANA name
 */
export function instantAt(wallClock: number, timeZone: string): Instant {
  const before = wallClock - offsetAt(wallClock - dayMillis, timeZone);
  const after = wallClock - offsetAt(wallClock + dayMillis, timeZone);
  const shown = [before, after].filter((at) => at + offsetAt(at, timeZone) === wallClock);
  return fromMillis(shown.length === 0 ? before : Math.min(...shown));
}

/** Milliseconds by which the wall clock of `timeZone` is ahead of UTC at `at`. */
export function offsetAt(at: number, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  const shown = new Map(formatter.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const field = (name: Intl.DateTimeFormatPartTypes): number => shown.get(name) ?? 0;
  const wallClock = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return wallClock - Math.floor(at / 1000) * 1000;
}
