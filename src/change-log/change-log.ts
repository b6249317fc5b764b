import type { Brand } from '../base/brand.ts';
import type { AccountId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Result } from '../base/result.ts';
import type { Change, ChangeKind, Severity } from '../domain/changes.ts';
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

/** Every member narrows; an absent one does not. An empty list matches nothing. */
export interface ChangeFilter {
  readonly accountIds?: readonly AccountId[];
  readonly kinds?: readonly ChangeKind[];
  readonly severities?: readonly Severity[];
  readonly orderNumbers?: readonly string[];
  readonly asins?: readonly string[];
}

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

export type CursorRefusal = { readonly code: 'CURSOR_NOT_OURS' };

export interface FeedRequest {
  /** Exclusive. Absent: from the very first change. */
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
   */
  follow(tenant: Tenant, request: FeedRequest): Result<ChangeFeed, CursorRefusal>;
}
