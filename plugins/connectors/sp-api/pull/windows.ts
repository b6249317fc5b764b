import { addMillis, earlier, fromMillis, type Instant, toMillis, type Window } from 'acorn/plugin';

const second = 1000;
const day = 86_400_000;

/**
 * The longest range one call may ask for, less the second by which each range reaches back over the last one.
 * @source Vendor Orders API v1, `createdAfter`; Invoices API 2026-06-25, `fromIssueDate`
 */
export const longestRange = { orders: 7 * day - second, invoices: 90 * day - second } as const;

/** Ranges, oldest first, that cover `from` to `to` without gap or overlap. None when there is nothing between. */
export function windows(from: Instant, to: Instant, longestMillis: number): Window[] {
  const tiles: Window[] = [];
  for (let start = from; start < to; ) {
    const end = earlier(addMillis(start, longestMillis), to);
    tiles.push({ from: start, to: end });
    start = end;
  }
  return tiles;
}

/** The bounds to ask for: a second early, because "after" may leave out the very second it names. */
export const asked = ({ from, to }: Window): { readonly after: string; readonly before: string } => ({
  after: wholeSecond(addMillis(from, -second)),
  before: wholeSecond(to),
});

/** `2026-11-23T17:35:28Z`: the form in Amazon's examples. */
export const wholeSecond = (at: Instant): string => `${at.slice(0, 19)}Z`;

/** The same day and time some calendar months earlier; 31 August less six months is 28 February. */
export function monthsBefore(at: Instant, months: number): Instant {
  const date = new Date(toMillis(at));
  const dayOfMonth = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(dayOfMonth, lastDay));
  return fromMillis(date.getTime());
}
