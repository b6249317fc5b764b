import { instant } from '../../src/base/instant.ts';
import { type Recorded, record } from '../../src/change-log/record.ts';
import type { Fact } from '../../src/domain/facts.ts';
import { keepDocuments } from '../../src/store/documents.ts';
import { said } from '../builders/facts.ts';
import type { TestAccount, TestWorld } from './world.ts';

/** Record facts as one document of one moment would. */
export function recordFacts(
  world: TestWorld,
  account: TestAccount,
  facts: readonly Fact[],
  receivedAt?: string,
): Promise<Recorded> {
  const sourced = facts.map((fact) => said(fact, receivedAt));
  return world.database.ingest(account.accountId, async (sql) => {
    const documentId = sourced[0]?.source.documentId;
    if (documentId !== undefined) {
      await keepDocuments(sql, account.accountId, 'sp-api', [
        {
          documentId,
          kind: 'getPurchaseOrders',
          bytes: new Uint8Array(),
          mediaType: 'application/json',
          origin: 'test',
          receivedAt: instant('2026-10-01T00:00:00Z'),
        },
      ]);
    }
    return record(sql, account, sourced);
  });
}
