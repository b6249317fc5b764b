import type { RetryOutcome } from '../../schema/context.ts';
import type { AccountId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import { retryParked } from '../ingest/retry.ts';
import type { Connector } from '../seams/connector.ts';
import { listAccounts } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';

/** What a mutation needs to have a parked document read again, in the schema's words. Whose it is has been asked before. */
export const parkedDocumentRetry =
  (database: Database, connectors: readonly Connector[], now: () => Instant) =>
  async (accountId: AccountId, id: string): Promise<RetryOutcome> => {
    const account = (await listAccounts(database)).find((row) => row.accountId === accountId);
    if (account === undefined) return { kind: 'not-parked' };
    const retried = await retryParked({ database, account, connectors, now }, id);
    if (!retried.ok) {
      const { refusal } = retried;
      return refusal.code === 'PARKED_DOCUMENT_NOT_FOUND'
        ? { kind: 'not-parked' }
        : { kind: 'still-parked', code: refusal.code, message: `the connector ${refusal.connector} is not installed` };
    }
    const { resolved, reason, facts } = retried.value;
    return resolved || reason === undefined ? { kind: 'landed', facts } : { kind: 'still-parked', ...reason };
  };
