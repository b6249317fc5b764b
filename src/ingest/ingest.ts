import { sha256 } from '../base/canonical-json.ts';
import type { Sha256 } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import { BrokenPromise } from '../base/invariant.ts';
import { record } from '../change-log/record.ts';
import type { AccountProfile, Connector, Cursor, RawDocument, Translation, Unreadable } from '../seams/connector.ts';
import { keepCursor } from '../store/cursors.ts';
import type { Database } from '../store/database.ts';
import { keepDocuments, keepWarnings, parkUnreadable } from '../store/documents.ts';
import type { SourcedFact } from '../store/facts.ts';
import type { Sql } from '../store/sql.ts';

export interface IngestContext {
  readonly database: Database;
  readonly connector: Pick<Connector, 'name' | 'translate'>;
  readonly account: AccountProfile;
  readonly now: () => Instant;
}

/** What became of a batch of documents. */
export interface Ingested {
  /** Documents seen for the first time. */
  readonly documents: number;
  /** Documents whose bytes were known. */
  readonly repeated: number;
  /** Facts the documents stated, known or not. */
  readonly stated: number;
  /** Facts that were new. */
  readonly facts: number;
  readonly changes: number;
  readonly warnings: number;
  readonly parked: readonly ParkedPart[];
}

export interface ParkedPart {
  readonly code: string;
  readonly at: string;
  readonly message: string;
  readonly documentId: Sha256;
}

/**
 * Take in documents: keep them, read them, record what they say, park what cannot be read, and move the cursor on, all in
 * one transaction. A document that breaks a promise of ours does not hold up the rest: the batch is taken apart, and that
 * one is kept and parked.
 */
export async function ingest(
  context: IngestContext,
  documents: readonly RawDocument[],
  moveOn?: { readonly cursor: Cursor; readonly progress: number },
): Promise<Ingested> {
  const { database, account, connector, now } = context;
  const step = (sql: Sql): Promise<void> =>
    moveOn === undefined
      ? Promise.resolve()
      : keepCursor(sql, account.accountId, connector.name, moveOn.cursor, moveOn.progress, now());
  try {
    return await database.ingest(account.accountId, async (sql) => {
      const ingested = await takeIn(sql, context, documents);
      await step(sql);
      return ingested;
    });
  } catch (cause) {
    if (!isOurs(cause)) throw cause;
    const each: Ingested[] = [];
    for (const document of documents) each.push(await ingestAlone(context, document));
    await database.ingest(account.accountId, step);
    return each.reduce(addUp, nothing);
  }
}

async function ingestAlone(context: IngestContext, document: RawDocument): Promise<Ingested> {
  const { database, account } = context;
  try {
    return await database.ingest(account.accountId, (sql) => takeIn(sql, context, [document]));
  } catch (cause) {
    if (!isOurs(cause)) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    const unreadable = [{ code: 'COULD_NOT_RECORD', at: '', message }];
    return database.ingest(account.accountId, (sql) =>
      takeIn(
        sql,
        {
          ...context,
          connector: { ...context.connector, translate: () => ({ facts: [], warnings: [], unreadable: [] }) },
        },
        [document],
        unreadable,
      ),
    );
  }
}

async function takeIn(
  sql: Sql,
  { connector, account, now }: IngestContext,
  documents: readonly RawDocument[],
  alsoParked: readonly { readonly code: string; readonly at: string; readonly message: string }[] = [],
): Promise<Ingested> {
  const { accountId } = account;
  const facts: SourcedFact[] = [];
  const parked: ParkedPart[] = [];
  let warned = 0;
  const hashed = documents.map((document) => ({ ...document, documentId: sha256(document.bytes) }));
  const fresh = await keepDocuments(sql, accountId, connector.name, hashed);
  for (const document of hashed) {
    const { documentId } = document;
    const translation = translateSafely(connector, document, account);
    const unreadable = [...translation.unreadable, ...alsoParked];
    if (fresh.has(documentId)) {
      warned += translation.warnings.length;
      await keepWarnings(sql, accountId, connector.name, documentId, document, translation.warnings);
    }
    if (unreadable.length > 0) await parkUnreadable(sql, accountId, documentId, unreadable, now());
    parked.push(...unreadable.map((part) => ({ ...part, documentId })));
    for (const { fact, at } of translation.facts) {
      facts.push({ fact, source: { connector: connector.name, documentId, at, receivedAt: document.receivedAt } });
    }
  }
  const recorded = await record(sql, account, facts);
  return {
    documents: fresh.size,
    repeated: documents.length - fresh.size,
    stated: facts.length,
    facts: recorded.facts,
    changes: recorded.changes.length,
    warnings: warned,
    parked,
  };
}

/** A translator is pure and refuses what it cannot read; one that throws all the same loses nothing but its own document. */
export function translateSafely(
  connector: Pick<Connector, 'name' | 'translate'>,
  document: RawDocument,
  account: AccountProfile,
): Translation {
  try {
    return connector.translate(document, account);
  } catch (cause) {
    const unreadable: Unreadable = {
      code: 'UNKNOWN_DOCUMENT',
      at: '',
      message: `${connector.name} could not read this ${document.kind}: ${cause instanceof Error ? cause.message : String(cause)}`,
    };
    return { facts: [], warnings: [], unreadable: [unreadable] };
  }
}

/** A promise broken by what the document says, as against a database that is away, full or out of patience. */
function isOurs(cause: unknown): boolean {
  if (cause instanceof BrokenPromise || cause instanceof RangeError || cause instanceof TypeError) return true;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation).
  return /^2[23][0-9A-Z]{3}$/.test(code);
}

const nothing: Ingested = { documents: 0, repeated: 0, stated: 0, facts: 0, changes: 0, warnings: 0, parked: [] };

export const addUp = (a: Ingested, b: Ingested): Ingested => ({
  documents: a.documents + b.documents,
  repeated: a.repeated + b.repeated,
  stated: a.stated + b.stated,
  facts: a.facts + b.facts,
  changes: a.changes + b.changes,
  warnings: a.warnings + b.warnings,
  parked: [...a.parked, ...b.parked],
});
