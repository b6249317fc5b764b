import type { AccountId } from '../src/base/ids.ts';
import type { Instant } from '../src/base/instant.ts';
import type { ChangeLog } from '../src/change-log/change-log.ts';
import type { InstalledSites } from '../src/seams/installed-sites.ts';
import type { FilledSlots } from '../src/seams/slots.ts';
import type { Db, Tenant } from '../src/store/database.ts';
import type { WebhookDesk } from '../src/webhooks/desk.ts';

/** What a resolver may know and use. Made once per operation; for a subscription, once per event. */
export interface Context {
  /** The models, inside the open transaction of this tenant. There is none while a subscription merely waits. */
  readonly db: Db;
  /** Whose rows the transaction shows. */
  readonly tenant: Tenant;
  /** Who asks, for what goes on after the answer: a key by its prefix, or a token by its issuer and subject. */
  readonly principal: { readonly kind: 'api-key' | 'token'; readonly name: string };
  /** The rights of the key or token that asks. Unknown names grant nothing. */
  readonly scopes: ReadonlySet<string>;
  readonly changeLog: ChangeLog;
  /** The sites of this installation. A site that is not there is a refusal, never a default. */
  readonly sites: InstalledSites;
  /** What plugins say where the core leaves a place for them. */
  readonly slots: FilledSlots;
  /** What setting up a webhook needs of this installation. */
  readonly webhooks: WebhookDesk;
  /** How the plugins of this installation are doing. */
  readonly board: PluginBoard;
  /** What the key or token that asks may use of the feed, and uses. */
  readonly allowances: Allowances;
  /** Stands in the log and in every error, so that a question about either finds the other. */
  readonly requestId: string;
  /** What handing out access needs beside the rows. */
  readonly access: Access;
  /** Reads a parked document once more, in transactions of its own; never inside `db`. */
  readonly retryParked: (accountId: AccountId, id: string) => Promise<RetryOutcome>;
}

/** How much of something is used, and how much may be. */
export interface Allowance {
  readonly used: number;
  readonly limit: number;
}

/** What one key may use of the feed on this process. */
export interface Allowances {
  /** Open websockets. */
  readonly sockets: Allowance;
  /** Open subscriptions, by whatever transport. */
  readonly subscriptions: Allowance;
  readonly subscriptionsPerSocket: number;
  /** Changes of the past, read in the last minute. */
  readonly replay: Allowance;
  /** Milliseconds until changes of the past may be read again; 0 at once. */
  replayWaitMillis(): number;
  /** So many changes of the past were read. */
  replayed(changes: number): void;
}

/** Who hands out access, when, and what there is to hand out. */
export interface Access {
  /** Stands in what was given: a key's prefix, or an issuer and subject. */
  readonly actor: string;
  readonly now: () => Instant;
  /** Which accounts a right of the asker's holds for. */
  readonly accountsWith: (right: string) => ReadonlySet<AccountId>;
  /** Whether a right of the asker's holds over all of their organisation. */
  readonly holdsEverywhere: (right: string) => boolean;
  /** Every right there is here, those of plugins too. */
  readonly everyRight: readonly string[];
  /** The id of an organisation of this installation by its name, which only who knows it can ask for. */
  readonly organisationNamed: (name: string) => Promise<string | undefined>;
  /** A new key: its text, to be shown once, and what is kept of it. */
  readonly newKey: () => { readonly text: string; readonly prefix: string; readonly secretHash: string };
}

/** What came of trying a parked document again. */
export type RetryOutcome =
  /** It could be read: this many facts of it were new. */
  | { readonly kind: 'landed'; readonly facts: number }
  /** It still cannot be read, for this reason. */
  | { readonly kind: 'still-parked'; readonly code: string; readonly message: string }
  /** No such document is parked: it never was, it is another tenant's, or it landed before. */
  | { readonly kind: 'not-parked' };

/** How each plugin is doing, as this process knows it. Asked of memory: it reads nothing. */
export interface PluginBoard {
  /** In the order in which they start. */
  list(): readonly PluginOnBoard[];
}

export interface PluginOnBoard {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  /** Codes of the sites it brings. */
  readonly sites: readonly string[];
  readonly enabled: boolean;
  readonly health: 'OK' | 'DEGRADED' | 'FAILED' | 'DISABLED' | 'UNKNOWN';
  readonly breaker: 'CLOSED' | 'OPEN' | 'HALF_OPEN';
  readonly problems: readonly ProblemOnBoard[];
}

export interface ProblemOnBoard {
  readonly part: string;
  readonly name?: string;
  readonly message: string;
  /** Set: it happened with this account's rows, and is shown to nobody who may not see those. */
  readonly accountId?: AccountId;
}
