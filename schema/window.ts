import type { Instant } from '../src/base/instant.ts';
import { builder } from './builder.ts';

interface WindowShape {
  readonly from: Date | Instant;
  readonly to: Date | Instant;
}

/** From, inclusive, to, inclusive. */
export const Window = builder.objectRef<WindowShape>('Window').implement({
  description: 'A span of time, both ends included.',
  fields: (t) => ({
    from: t.expose('from', { type: 'Instant', description: 'Its first moment.' }),
    to: t.expose('to', { type: 'Instant', description: 'Its last moment.' }),
  }),
});

/** A window of two columns; none when either is missing. */
export const windowOrNull = (from: Date | null, to: Date | null): WindowShape | null =>
  from === null || to === null ? null : { from, to };
