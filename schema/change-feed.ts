import type { ChangeFeed, ChangeFilter, CursorRefusal, FeedCursor, FeedRequest } from '../src/change-log/change-log.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { maxPageSize } from './limits.ts';
import { refused } from './refused.ts';

/** Arguments of every door that takes a cursor. */
export const afterArgument = {
  type: 'Cursor',
  description: 'Go on after this. Left out: from the oldest change that is kept.',
} as const;

/** Arguments of every subscription to the log, beside its filter. */
export const feedArguments = builder.args((t) => ({
  after: t.field(afterArgument),
  maxBatch: t.int({
    required: true,
    defaultValue: 100,
    description: `How many at most in one batch: 1 to ${maxPageSize}.`,
  }),
}));

/** A subscription costs as much as its largest batch. */
export const feedComplexity = ({ maxBatch }: { readonly maxBatch: number }) => ({
  field: 1,
  multiplier: Math.min(Math.max(maxBatch, 1), maxPageSize),
});

export const afterOf = (after: FeedCursor | null | undefined): Pick<FeedRequest, 'after'> =>
  after == null ? {} : { after };

export function checkSize(size: number, argument: string): void {
  if (size < 1 || size > maxPageSize) {
    throw refused('PAGE_SIZE_OUT_OF_RANGE', `${argument}: 1 to ${maxPageSize}, not ${size}`, { maximum: maxPageSize });
  }
}

/** Why the log cannot be read from a cursor, as GraphQL says it. */
export function cursorRefused(refusal: CursorRefusal) {
  switch (refusal.code) {
    case 'CURSOR_NOT_OURS':
      return refused(refusal.code, 'after: not a cursor of this installation', { argument: 'after' });
    case 'CURSOR_EXPIRED':
      return refused(
        refusal.code,
        'after: what came after this cursor is no longer kept. Export the state anew and go on from the cursor in its first line, or accept the hole and go on from oldestCursor.',
        { argument: 'after', oldestCursor: refusal.oldestCursor, export: '/export' },
      );
  }
}

/**
 * The log as a subscription's source: every batch after a cursor, then live, whatever the subscription makes of it.
 * @throws GraphQLError when there is no reading from this cursor
 */
export async function followLog(
  { changeLog, tenant }: Context,
  { after, maxBatch }: { readonly after?: FeedCursor | null | undefined; readonly maxBatch: number },
  filter: ChangeFilter,
): Promise<ChangeFeed> {
  checkSize(maxBatch, 'maxBatch');
  const feed = changeLog.follow(tenant, { ...afterOf(after), filter, limit: maxBatch });
  if (!feed.ok) throw cursorRefused(feed.refusal);
  const oldestCursor = await feed.value.expired();
  if (oldestCursor !== undefined) throw cursorRefused({ code: 'CURSOR_EXPIRED', oldestCursor });
  return feed.value;
}
