import type { RetryOutcome } from '../../schema/context.ts';
import type { AccountId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import { no } from '../base/result.ts';
import { retryParked } from '../ingest/retry.ts';
import type { Connector } from '../seams/connector.ts';
import { listAccounts } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';

/** What a mutation needs to have a parked document read again. Whose it is has been asked before. */
export const parkedDocumentRetry =
  (database: Database, connectors: readonly Connector[], now: () => Instant) =>
  async (accountId: AccountId, id: string): Promise<RetryOutcome> => {
    const account = (await listAccounts(database)).find((row) => row.accountId === accountId);
    return account === undefined
      ? no({ code: 'PARKED_DOCUMENT_NOT_FOUND', id })
      : retryParked({ database, account, connectors, now }, id);
  };
