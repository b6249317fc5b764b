import type { Brand } from './brand.ts';

/** A moment on the time line: ISO 8601 in UTC to the millisecond, `2026-11-23T17:35:28.000Z`. Sorts as text. */
export type Instant = Brand<string, 'Instant'>;

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Read an instant that names its zone. Text without a zone is site-local, and only the reader of the document knows the site. */
export function parseInstant(text: string): Instant | undefined {
  const trimmed = text.trim();
  if (!iso.test(trimmed)) return undefined;
  const at = Date.parse(trimmed);
  return Number.isNaN(at) ? undefined : (new Date(at).toISOString() as Instant);
}

/** An instant written in code. Throws on text that is not one. */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new RangeError(`not an instant: ${text}`);
  return parsed;
}

export const fromMillis = (millis: number): Instant => new Date(millis).toISOString() as Instant;
export const toMillis = (at: Instant): number => Date.parse(at);
export const addMillis = (at: Instant, millis: number): Instant => fromMillis(toMillis(at) + millis);
export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
