import type { AccountId } from '../src/base/ids.ts';
import type { Result } from '../src/base/result.ts';
import type { ChangeLog } from '../src/change-log/change-log.ts';
import type { Db, Tenant } from '../src/store/database.ts';

/** What a resolver may know and use. Made once per operation; for a subscription, once per event. */
export interface Context {
  /** The models, inside the open transaction of this tenant. There is none while a subscription merely waits. */
  readonly db: Db;
  /** Whose rows the transaction shows. */
  readonly tenant: Tenant;
  /** The rights of the key or token that asks. Unknown names grant nothing. */
  readonly scopes: ReadonlySet<string>;
  readonly changeLog: ChangeLog;
  /** Stands in the log and in every error, so that a question about either finds the other. */
  readonly requestId: string;
  /** Reads a parked document once more, in transactions of its own; never inside `db`. */
  readonly retryParked: (accountId: AccountId, id: string) => Promise<RetryOutcome>;
}

/** What came of trying a parked document again; as ingest answers it. */
export type RetryOutcome = Result<
  {
    /** Whether it could be read this time. */
    readonly resolved: boolean;
    /** Why not, when it could not. */
    readonly reason?: { readonly code: string; readonly message: string };
    /** Facts of it that were new, also when a part of it still waits. */
    readonly facts: number;
  },
  | { readonly code: 'PARKED_DOCUMENT_NOT_FOUND'; readonly id: string }
  | { readonly code: 'CONNECTOR_NOT_INSTALLED'; readonly connector: string }
>;

/** A context without its transaction: what a subscription has until an event comes. */
export type WaitingContext = Omit<Context, 'db'>;
