import type { Currency } from '../base/currency.ts';
import type { AccountId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Fact } from '../domain/facts.ts';

/** How documents of one kind reach us, and what they say. */
export interface Connector {
  /** `sp-api`, `edi-x12`: stands in every source. */
  readonly name: string;

  /**
   * I/O. Batches of raw documents newer than `cursor`, oldest first. Safe to ask twice.
   *
   * Each batch carries the cursor to store in the same transaction as what the batch says; after a crash the next pull
   * starts from the last stored one. Ends when it has caught up with upstream. Waits out throttling and outages by itself
   * (R8); throws `UpstreamRefused` only for what waiting cannot mend, such as revoked credentials.
   */
  pull(context: PullContext, cursor: Cursor | undefined): AsyncIterable<PulledBatch>;

  /** Pure. What one document says. Unknown content is a refusal or a warning, never a guess. */
  translate(document: RawDocument, account: AccountProfile): Translation;

  /** Pure. Whether these bytes, from a file, are a document of this connector, and of which kind. */
  recognise(bytes: Uint8Array, fileName: string): string | undefined;
}

/** Where a connector stands in its source: JSON of its own making. */
export type Cursor = { readonly [key: string]: unknown };

/** What the platform knows of an account and a document does not say. */
export interface AccountProfile {
  readonly accountId: AccountId;
  readonly name: string;
  readonly site: string;
  readonly marketplaceId: string;
  readonly currency: Currency;
  /** IANA zone of the site: a date without a zone is a day there. */
  readonly timeZone: string;
}

export interface PullContext {
  readonly account: AccountProfile;
  /** This connector's own settings for the account, checked by the connector. Never logged. */
  readonly settings: unknown;
  readonly signal: AbortSignal;
  readonly log: ConnectorLog;
  /** The wall clock. Upstream's own clock, where it tells one, counts for windows. */
  readonly now: () => Instant;
}

export interface ConnectorLog {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

export interface PulledBatch {
  readonly documents: readonly RawDocument[];
  /** Where to go on after this batch is safely stored. */
  readonly cursor: Cursor;
  /** How far a first import is, 0 to 1, for a person who waits. */
  readonly progress: number;
}

/** A document as received, byte for byte. */
export interface RawDocument {
  /** The kind of document, in the connector's own words: `getPurchaseOrders`. */
  readonly kind: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly receivedAt: Instant;
  /** Where it came from, for a person: a path and query, a file name. No secrets. */
  readonly origin: string;
}

/** What a document says, where it says it, and what was odd or unreadable about it. */
export interface Translation {
  readonly facts: readonly { readonly fact: Fact; readonly at: string }[];
  readonly warnings: readonly ContractWarning[];
  /** Parts that could not be read. The rest of the document goes on. */
  readonly unreadable: readonly Unreadable[];
}

/** Upstream departed from its own contract, and we could read it all the same. */
export interface ContractWarning {
  readonly code: 'UNKNOWN_VALUE' | 'UNEXPECTED_SHAPE' | 'MISSING_MEMBER' | 'NORMALISED';
  /** Which member, without positions, so that equal departures count as one: `/payload/orders/-/purchaseOrderState`. */
  readonly member: string;
  /** What was found, shortened. */
  readonly found: string;
}

/** A part that is kept and parked until it can be read. */
export interface Unreadable {
  readonly code: UnreadableCode;
  /** JSON pointer or segment position; empty for the whole document. */
  readonly at: string;
  /** For a person: what was expected, what was found. */
  readonly message: string;
}

export type UnreadableCode =
  | 'NOT_JSON'
  | 'UNKNOWN_DOCUMENT'
  | 'MISSING_MEMBER'
  | 'NOT_A_DATE'
  | 'NOT_A_COUNT'
  | 'NOT_AN_AMOUNT'
  | 'CURRENCY_MISMATCH'
  | 'NOT_FOR_THIS_ACCOUNT'
  | 'UPSTREAM_ERROR';

/** Waiting cannot mend it: revoked credentials, a vendor group that is not ours. */
export class UpstreamRefused extends Error {
  override readonly name = 'UpstreamRefused';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
