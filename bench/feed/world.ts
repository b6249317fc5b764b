import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allScopes } from '../../schema/scopes.ts';
import type { Currency } from '../../src/base/currency.ts';
import { eaches } from '../../src/base/eaches.ts';
import type { PurchaseOrderNumber } from '../../src/base/ids.ts';
import { addMillis, instant } from '../../src/base/instant.ts';
import { createKey } from '../../src/server/keys.ts';
import { ensureAccount, ensureOrganisation } from '../../src/store/accounts.ts';
import { appendChanges } from '../../src/store/changes.ts';
import { openDatabase } from '../../src/store/database.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { orderNumber } from './question.ts';

const founded = instant('2026-09-01T00:00:00Z');

/** A PostgreSQL with one account, as an installation has it, and a way to make something happen in it. */
export interface BenchWorld {
  readonly databaseUrl: string;
  readonly apiKeys: readonly string[];
  /** Commit change number `n`, as the log's own door writes changes. */
  commit(n: number): Promise<void>;
  stop(): Promise<void>;
}

export async function openBenchWorld(keys: number): Promise<BenchWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'acorn-feed-'));
  const server = await startEmbeddedPostgres({ dataDir });
  const databaseUrl = server.url('postgres');
  await migrate(databaseUrl, [fileURLToPath(new URL('../../prisma/migrations', import.meta.url))]);
  const database = openDatabase(databaseUrl);
  const organisation = 'Benchmark';
  const organisationId = await ensureOrganisation(database, organisation, founded);
  const { accountId } = await ensureAccount(
    database,
    {
      organisationId,
      name: 'Benchmark US',
      site: 'US',
      marketplaceId: 'ATVPDKIKX0DER',
      currency: 'USD' as Currency,
      timeZone: 'America/Los_Angeles',
      vendorCodes: ['BENCH'],
      paymentTerms: null,
      connector: null,
    },
    founded,
  );
  const apiKeys: string[] = [];
  for (let n = 0; n < keys; n += 1) {
    apiKeys.push(await createKey(database, { organisation, name: `bench ${n}`, scopes: [] }, allScopes, founded));
  }
  const subject = { kind: 'purchase-order', key: orderNumber } as const;
  return {
    databaseUrl,
    apiKeys,
    commit: (n) =>
      database.ingest(accountId, (sql) =>
        appendChanges(sql, accountId, [
          {
            subject,
            orderNumber: orderNumber as PurchaseOrderNumber,
            occurredAt: addMillis(founded, n),
            difference: { kind: 'quantity-changed', before: eaches(n), after: eaches(n + 1) },
          },
        ]),
      ),
    stop: async () => {
      await database.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
