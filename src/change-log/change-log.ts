import type { Brand } from '../base/brand.ts';
import type { AccountId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Result } from '../base/result.ts';
import type { Change, Severity } from '../domain/changes.ts';
import type { ChangeFilter } from '../store/change-page.ts';
import type { Db, Tenant } from '../store/database.ts';

/** A place in the feed, readable only by the installation that gave it. The same place is always the same text. */
export type FeedCursor = Brand<string, 'FeedCursor'>;

/** A change with its place in the log. */
export interface LoggedChange extends Change {
  readonly id: bigint;
  readonly accountId: AccountId;
  /** Dense within the account: a consumer proves by it that nothing is missing. */
  readonly sequence: bigint;
  readonly cursor: FeedCursor;
  readonly severity: Severity;
  readonly recordedAt: Instant;
  readonly actBy?: Instant;
}

export type { ChangeFilter } from '../store/change-page.ts';

export interface ChangeBatch {
  readonly changes: readonly LoggedChange[];
  /** Where to go on. Moves even when a filter let nothing through. */
  readonly cursor: FeedCursor;
  /** The same place as a number, which no client is shown. */
  readonly position: bigint;
  /** The place of the first change in it; `position` when there is none. */
  readonly first: bigint;
  /** Whether this batch reached the end of the log as it stood. */
  readonly caughtUp: boolean;
}

export type CursorRefusal =
  | { readonly code: 'CURSOR_NOT_OURS' }
  /** What came after it is no longer kept. */
  | { readonly code: 'CURSOR_EXPIRED'; readonly oldestCursor: FeedCursor };

/** The place before the oldest change that is kept, whichever that is. No cursor is of it. */
export const oldestKept = -1n;

/** A feed that cannot go on: what its next batch would begin with has gone. Thrown by `next`, in place of a hole. */
export class CursorExpired extends Error {
  /** The oldest place from which the log is still whole. */
  readonly oldestCursor: FeedCursor;
  constructor(oldestCursor: FeedCursor) {
    super('what came after this cursor is no longer kept');
    this.oldestCursor = oldestCursor;
  }
}

export interface FeedRequest {
  /** Exclusive. Absent: from the oldest change that is kept. */
  readonly after?: FeedCursor;
  readonly filter?: ChangeFilter;
  /** Most changes in one batch. */
  readonly limit: number;
}

/**
 * Batches after a cursor, then live. Whoever shares a feed with others reads it from any place instead: who asks for
 * the same at the same time shares one reading of the log.
 */
export interface ChangeFeed extends AsyncIterableIterator<ChangeBatch> {
  /** Where it begins: after this. */
  readonly start: bigint;
  /** The end of the log now. */
  head(): Promise<bigint>;
  /** The oldest place that is kept, when where it begins is not any more: from there it would have a hole. */
  expired(): Promise<FeedCursor | undefined>;
  /** One batch after a place, and not beyond `until`. Looks anew, so what was numbered before is in it. */
  batchAfter(position: bigint, until?: bigint): Promise<ChangeBatch>;
  /** The batch that says where one stands, and nothing else. */
  nothingAt(position: bigint): ChangeBatch;
  /** The feed from a place: batches as they come, and an empty one as a heartbeat. */
  followFrom(position: bigint): AsyncIterableIterator<ChangeBatch>;
}

export interface ChangeLog {
  /** The end of the log as this snapshot sees it: read beside other data, it is a bootstrap without a hole. */
  head(db: Db): Promise<FeedCursor>;
  /** One batch after a cursor, oldest first, of what the snapshot's tenant may see. */
  page(db: Db, request: FeedRequest): Promise<Result<ChangeBatch, CursorRefusal>>;
  /**
   * Batches after a cursor, then live, in order, without gaps. Pulled: a slow consumer holds nothing in memory.
   * An empty batch comes every `heartbeatMillis`, so a filtered feed moves on. `return()` ends a wait at once.
   *
   * Reading throws `CursorExpired` when the log is no longer kept from there.
   */
  follow(tenant: Tenant, request: FeedRequest): Result<ChangeFeed, CursorRefusal>;
}
