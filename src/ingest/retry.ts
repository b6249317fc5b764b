import { no, type Result, yes } from '../base/result.ts';
import { record } from '../change-log/record.ts';
import type { Connector } from '../seams/connector.ts';
import { findParked, loadDocument, noteRetry } from '../store/documents.ts';
import { type IngestContext, translateSafely } from './ingest.ts';

export type RetryRefusal =
  | { readonly code: 'PARKED_DOCUMENT_NOT_FOUND'; readonly id: string }
  | { readonly code: 'CONNECTOR_NOT_INSTALLED'; readonly connector: string };

export interface Retried {
  /** Whether it could be read this time. */
  readonly resolved: boolean;
  /** Why not, when it could not. */
  readonly reason?: { readonly code: string; readonly message: string };
  readonly facts: number;
  readonly changes: number;
}

/** Read a parked document again, with whatever has been learnt since. What can be read now is recorded; the rest stays parked. */
export function retryParked(
  context: Omit<IngestContext, 'connector'> & { readonly connectors: readonly Connector[] },
  id: string,
): Promise<Result<Retried, RetryRefusal>> {
  const { database, account, connectors, now } = context;
  const { accountId } = account;
  return database.ingest(accountId, async (sql) => {
    const parked = await findParked(sql, accountId, id);
    const document = parked && (await loadDocument(sql, accountId, parked.documentId));
    if (parked === undefined || document === undefined) return no({ code: 'PARKED_DOCUMENT_NOT_FOUND', id });
    const connector = connectors.find(({ name }) => name === document.connector);
    if (connector === undefined) return no({ code: 'CONNECTOR_NOT_INSTALLED', connector: document.connector });

    const translation = translateSafely(connector, document, account);
    const reason = translation.unreadable.find(({ at }) => at === parked.at);
    const recorded = await record(
      sql,
      account,
      translation.facts.map(({ fact, at }) => ({
        fact,
        source: { connector: connector.name, documentId: parked.documentId, at, receivedAt: document.receivedAt },
      })),
    );
    await noteRetry(sql, accountId, id, reason, now());
    return yes({
      resolved: reason === undefined,
      ...(reason !== undefined && { reason: { code: reason.code, message: reason.message } }),
      facts: recorded.facts,
      changes: recorded.changes.length,
    });
  });
}
