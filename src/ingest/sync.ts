import type { Connector, ConnectorLog } from '../seams/connector.ts';
import { loadCursor, notePull } from '../store/cursors.ts';
import { addUp, type IngestContext, type Ingested, ingest } from './ingest.ts';

export interface SyncContext extends IngestContext {
  readonly connector: Connector;
  /** The connector's own settings for this account. */
  readonly settings: unknown;
  readonly signal: AbortSignal;
  readonly log: ConnectorLog;
  readonly onProgress?: (progress: number) => void;
}

/**
 * Bring an account up to date: one pull of its connector, to its end, from where the last one got to.
 * What a batch says and where to go on are stored together, so a crash repeats nothing and skips nothing.
 *
 * @throws what the connector throws: `UpstreamRefused` when waiting cannot mend it. The problem is noted for people to read.
 */
export async function syncAccount(context: SyncContext): Promise<Ingested> {
  const { database, connector, account, settings, signal, log, now, onProgress } = context;
  const { accountId } = account;
  const cursor = await database.ingest(accountId, (sql) => loadCursor(sql, accountId, connector.name));
  const started = cursor === undefined || Object.keys(cursor).length === 0 ? undefined : cursor;
  let total: Ingested = { documents: 0, repeated: 0, stated: 0, facts: 0, changes: 0, warnings: 0, parked: [] };
  try {
    for await (const batch of connector.pull({ account, settings, signal, log, now }, started)) {
      total = addUp(total, await ingest(context, batch.documents, { cursor: batch.cursor, progress: batch.progress }));
      onProgress?.(batch.progress);
    }
  } catch (cause) {
    if (!signal.aborted) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      await database
        .ingest(accountId, (sql) => notePull(sql, accountId, connector.name, problem, now()))
        .catch(() => {});
    }
    throw cause;
  }
  if (!signal.aborted) await database.ingest(accountId, (sql) => notePull(sql, accountId, connector.name, null, now()));
  return total;
}
