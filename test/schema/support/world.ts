import type { RetryOutcome } from '../../../schema/context.ts';
import { encodeId } from '../../../schema/ids.ts';
import { canonicalJson, parseCanonicalJson } from '../../../src/base/canonical-json.ts';
import type { AccountId, OrganisationId } from '../../../src/base/ids.ts';
import { instant } from '../../../src/base/instant.ts';
import { type OpenChangeLog, openChangeLog } from '../../../src/change-log/open.ts';
import { sequenceStatement } from '../../../src/change-log/sequencer.ts';
import type { Fact } from '../../../src/domain/facts.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { retryParked } from '../../../src/ingest/retry.ts';
import type { AccountProfile, Connector } from '../../../src/seams/connector.ts';
import { type AccountRow, ensureAccount, ensureOrganisation } from '../../../src/store/accounts.ts';
import { type Database, openDatabase, type Tenant } from '../../../src/store/database.ts';
import { testDatabase } from '../../support/database.ts';

const now = instant('2026-11-23T12:00:00Z');

/** A database of one's own with organisations, accounts and stories in it, told through the real door. */
export interface World {
  readonly url: string;
  readonly database: Database;
  readonly changeLog: OpenChangeLog;
  organisation(name: string): Promise<OrganisationId>;
  account(organisationId: OrganisationId, changes?: Partial<AccountRow>): Promise<AccountRow>;
  /** Take in one document that states these facts, or that cannot be read when there are none. */
  tell(account: AccountRow, facts: readonly Fact[]): Promise<void>;
  /** Try a parked document again, as the server would. */
  retry(
    accounts: readonly AccountRow[],
    connector?: Connector,
  ): (accountId: AccountId, id: string) => Promise<RetryOutcome>;
  close(): Promise<void>;
}

export async function aWorld(): Promise<World> {
  const { url } = await testDatabase();
  const database = openDatabase(url, { poolSize: 4 });
  const changeLog = await openChangeLog(database, { pollMillis: 50, heartbeatMillis: 300 });
  let documents = 0;
  return {
    url,
    database,
    changeLog,
    organisation: (name) => ensureOrganisation(database, name, now),
    account: (organisationId, changes = {}) =>
      ensureAccount(
        database,
        {
          organisationId,
          name: 'Larkfield US',
          site: 'US',
          marketplaceId: 'ATVPDKIKX0DER',
          currency: 'USD' as AccountRow['currency'],
          timeZone: 'America/Los_Angeles',
          vendorCodes: ['LARK1'],
          paymentTerms: 'NET60',
          connector: 'plain',
          ...changes,
        },
        now,
      ),
    tell: async (account, facts) => {
      documents += 1;
      await ingest({ database, connector: plain, account: profile(account), now: () => now }, [
        {
          kind: 'facts',
          bytes: Buffer.from(facts.length === 0 ? `not facts ${documents}` : canonicalJson(facts)),
          mediaType: 'application/json',
          receivedAt: now,
          origin: `story-${documents}.json`,
        },
      ]);
      await database.work((sql) => sql.query(sequenceStatement));
    },
    retry:
      (accounts, connector = plain) =>
      async (accountId, id) => {
        const account = accounts.find((candidate) => candidate.accountId === accountId);
        if (account === undefined) throw new Error(`asked for an account that is not the tenant's: ${accountId}`);
        const retried = await retryParked(
          { database, account: profile(account), connectors: [connector], now: () => now },
          id,
        );
        if (!retried.ok) return { kind: 'not-parked' };
        const { resolved, reason, facts } = retried.value;
        return resolved || reason === undefined ? { kind: 'landed', facts } : { kind: 'still-parked', ...reason };
      },
    close: async () => {
      await changeLog.close();
      await database.close();
    },
  };
}

export const tenantOf = (organisationId: OrganisationId, accounts: readonly AccountRow[]): Tenant => ({
  organisationId,
  accountIds: accounts.map(({ accountId }) => accountId),
});

/** The global id of an account, as a client holds it. */
export const accountRef = (account: AccountRow): string => encodeId('VendorAccount', [account.accountId]);

const profile = (account: AccountRow): AccountProfile => account;

/** Documents of this connector are facts written out: what stands between a test and the door. */
export const plain: Connector = {
  name: 'plain',
  // Never asked: tests hand documents over themselves.
  pull: async function* () {},
  recognise: () => 'facts',
  translate: ({ bytes }) => {
    const text = Buffer.from(bytes).toString();
    if (!text.startsWith('[')) {
      return { facts: [], warnings: [], unreadable: [{ code: 'NOT_JSON', at: '', message: 'expected JSON' }] };
    }
    const facts = (parseCanonicalJson(text) as Fact[]).map((fact, index) => ({ fact, at: `/${index}` }));
    return { facts, warnings: [], unreadable: [] };
  },
};
