import type { AccountId, OrganisationId } from '../base/ids.ts';
import type { Database } from '../store/database.ts';

/** What is known of a key by its hash. */
export interface KnownKey {
  readonly prefix: string;
  readonly organisationId: OrganisationId;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  readonly revokedAt: Date | undefined;
}

/** Who is who: what authentication asks before there is a tenant. */
export interface Directory {
  findKey(secretHash: string): Promise<KnownKey | undefined>;
  findOrganisation(name: string): Promise<OrganisationId | undefined>;
  accountsOf(organisationId: OrganisationId): Promise<readonly AccountId[]>;
}

/** The directory in the database, read in the worker's role, which sees keys and organisations and no document. */
export function openDirectory(database: Database): Directory {
  return {
    findKey: (secretHash) =>
      database.work(async (sql) => {
        const [row] = await sql.query<KnownKey & { expiresAt: Date | null; revokedAt: Date | null }>(
          'select "prefix", "organisationId", "scopes", "expiresAt", "revokedAt" from "ApiKey" where "secretHash" = $1',
          [secretHash],
        );
        return row === undefined
          ? undefined
          : { ...row, expiresAt: row.expiresAt ?? undefined, revokedAt: row.revokedAt ?? undefined };
      }),
    findOrganisation: (name) =>
      database.work(async (sql) => {
        const [row] = await sql.query<{ id: OrganisationId }>('select "id" from "Organisation" where "name" = $1', [
          name,
        ]);
        return row?.id;
      }),
    accountsOf: (organisationId) =>
      database.work(async (sql) => {
        const rows = await sql.query<{ accountId: AccountId }>(
          'select "accountId" from "VendorAccount" where "organisationId" = $1 order by "accountId"',
          [organisationId],
        );
        return rows.map((row) => row.accountId);
      }),
  };
}
