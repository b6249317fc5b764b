import type { Currency } from '../../src/base/currency.ts';
import type { AccountId } from '../../src/base/ids.ts';
import { instant } from '../../src/base/instant.ts';
import type { AccountProfile } from '../../src/seams/connector.ts';
import { ensureAccount, ensureOrganisation } from '../../src/store/accounts.ts';
import { type Database, openDatabase, type Tenant } from '../../src/store/database.ts';
import { testDatabase } from './database.ts';

export interface TestAccount extends AccountProfile {
  readonly tenant: Tenant;
}

/** A migrated database of this file's own, opened as the product opens it, with as many accounts as asked for. */
export interface TestWorld {
  readonly url: string;
  readonly database: Database;
  /** @param organisation who owns it; left out, an organisation of its own */
  account(name: string, site?: keyof typeof stores, organisation?: string): Promise<TestAccount>;
  close(): Promise<void>;
}

const stores = {
  US: { marketplaceId: 'ATVPDKIKX0DER', currency: 'USD', timeZone: 'America/Los_Angeles' },
  CA: { marketplaceId: 'A2EUQ1WTGCTBG2', currency: 'CAD', timeZone: 'America/Toronto' },
  EU: { marketplaceId: 'A1PA6795UKMFR9', currency: 'EUR', timeZone: 'Europe/Berlin' },
  JP: { marketplaceId: 'A1VC38T7YXB528', currency: 'JPY', timeZone: 'Asia/Tokyo' },
} as const;

const founded = instant('2026-05-01T00:00:00Z');

export async function testWorld(): Promise<TestWorld> {
  const { url, drop } = await testDatabase();
  const database = openDatabase(url);
  return {
    url,
    database,
    account: async (name, site = 'US', organisation = `${name} Ltd`) => {
      const organisationId = await ensureOrganisation(database, organisation, founded);
      const { marketplaceId, currency, timeZone } = stores[site];
      const row = await ensureAccount(
        database,
        {
          organisationId,
          name,
          site,
          marketplaceId,
          currency: currency as Currency,
          timeZone,
          vendorCodes: [],
          paymentTerms: null,
          connector: 'sp-api',
        },
        founded,
      );
      return { ...row, tenant: { organisationId, accountIds: [row.accountId as AccountId] } };
    },
    close: async () => {
      await database.close();
      await drop();
    },
  };
}
