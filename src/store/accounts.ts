import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../base/canonical-json.ts';
import type { Currency } from '../base/currency.ts';
import type { AccountId, OrganisationId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { TaxProfile } from '../seams/tax-profile.ts';
import type { Database } from './database.ts';

export interface AccountRow {
  readonly accountId: AccountId;
  readonly organisationId: OrganisationId;
  readonly name: string;
  readonly site: string;
  readonly marketplaceId: string;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly vendorCodes: readonly string[];
  readonly paymentTerms: string | null;
  readonly connector: string | null;
  /** Null: nobody has said anything of its taxes. */
  readonly taxProfile: TaxProfile | null;
}

/** What an operator settles. An account without a tax profile has one that says nothing. */
export type AccountSettings = Omit<AccountRow, 'accountId' | 'taxProfile'> & Partial<Pick<AccountRow, 'taxProfile'>>;

/** The organisation of this name, made when there is none. */
export async function ensureOrganisation(database: Database, name: string, now: Instant): Promise<OrganisationId> {
  const rows = await database.work((sql) =>
    sql.query<{ id: OrganisationId }>(
      `insert into "Organisation" ("id", "name", "createdAt") values ($1, $2, $3)
       on conflict ("name") do update set "name" = excluded."name" returning "id"`,
      [randomUUID(), name, now],
    ),
  );
  return only(rows).id;
}

/** The account of this name in its organisation: made, or brought up to these settings. Its site and currency never change. */
export async function ensureAccount(database: Database, account: AccountSettings, now: Instant): Promise<AccountRow> {
  const rows = await database.work((sql) =>
    sql.query<AccountRow>(
      `insert into "VendorAccount" as a ("accountId", "organisationId", "name", "site", "marketplaceId", "currency", "timeZone",
                                         "vendorCodes", "paymentTerms", "connector", "taxProfile", "createdAt")
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict ("organisationId", "name") do update
         set "vendorCodes" = excluded."vendorCodes", "paymentTerms" = excluded."paymentTerms",
             "connector" = excluded."connector", "taxProfile" = excluded."taxProfile"
       returning ${columns}`,
      [
        randomUUID(),
        account.organisationId,
        account.name,
        account.site,
        account.marketplaceId,
        account.currency,
        account.timeZone,
        account.vendorCodes,
        account.paymentTerms,
        account.connector,
        account.taxProfile == null ? null : canonicalJson(account.taxProfile),
        now,
      ],
    ),
  );
  return only(rows);
}

/** Every account of the installation, by organisation and name. */
export const listAccounts = (database: Database): Promise<AccountRow[]> =>
  database.work((sql) =>
    sql.query<AccountRow>(`select ${columns} from "VendorAccount" order by "organisationId", "name"`),
  );

export interface KeyHolder {
  readonly keyId: string;
  readonly organisationId: OrganisationId;
  readonly scopes: readonly string[];
  readonly accountIds: readonly AccountId[];
  /** Where these accounts are, each site once, sorted. */
  readonly sites: readonly string[];
}

/** Whose key this is, by the SHA-256 of the whole key; `undefined` when it is unknown, revoked or expired. */
export async function findKeyHolder(
  database: Database,
  secretHash: string,
  now: Instant,
): Promise<KeyHolder | undefined> {
  const rows = await database.work((sql) =>
    sql.query<KeyHolder>(
      `select k."id" as "keyId", k."organisationId", k."scopes",
              coalesce((select array_agg(a."accountId"::text order by a."name") from "VendorAccount" a
                         where a."organisationId" = k."organisationId"), '{}') as "accountIds",
              coalesce((select array_agg(distinct a."site" order by a."site") from "VendorAccount" a
                         where a."organisationId" = k."organisationId"), '{}') as "sites"
         from "ApiKey" k
        where k."secretHash" = $1 and k."revokedAt" is null and (k."expiresAt" is null or k."expiresAt" > $2)`,
      [secretHash, now],
    ),
  );
  return rows[0];
}

/** The accounts of an organisation, for a token that names one. */
export async function findOrganisationAccounts(
  database: Database,
  organisation: { readonly id: OrganisationId } | { readonly name: string },
): Promise<Pick<KeyHolder, 'organisationId' | 'accountIds' | 'sites'> | undefined> {
  const [column, value] = 'id' in organisation ? ['id', organisation.id] : ['name', organisation.name];
  const rows = await database.work((sql) =>
    sql.query<Pick<KeyHolder, 'organisationId' | 'accountIds' | 'sites'>>(
      `select o."id" as "organisationId",
              coalesce((select array_agg(a."accountId"::text order by a."name") from "VendorAccount" a
                         where a."organisationId" = o."id"), '{}') as "accountIds",
              coalesce((select array_agg(distinct a."site" order by a."site") from "VendorAccount" a
                         where a."organisationId" = o."id"), '{}') as "sites"
         from "Organisation" o where o."${column}"::text = $1`,
      [value],
    ),
  );
  return rows[0];
}

export interface NewApiKey {
  readonly organisationId: OrganisationId;
  readonly name: string;
  readonly prefix: string;
  readonly secretHash: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: Instant;
}

/** Keep a key's hash. A key that is kept already stays as it is. */
export async function keepApiKey(database: Database, key: NewApiKey, now: Instant): Promise<void> {
  await database.work((sql) =>
    sql.query(
      `insert into "ApiKey" ("id", "organisationId", "name", "prefix", "secretHash", "scopes", "createdAt", "expiresAt")
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [randomUUID(), key.organisationId, key.name, key.prefix, key.secretHash, key.scopes, now, key.expiresAt ?? null],
    ),
  );
}

/** End a key by its prefix, for good. @returns whether there is one */
export async function revokeApiKey(database: Database, prefix: string, now: Instant): Promise<boolean> {
  const rows = await database.work((sql) =>
    sql.query(`update "ApiKey" set "revokedAt" = coalesce("revokedAt", $2) where "prefix" = $1 returning "prefix"`, [
      prefix,
      now,
    ]),
  );
  return rows.length > 0;
}

const columns = `"accountId", "organisationId", "name", "site", "marketplaceId", "currency", "timeZone", "vendorCodes", "paymentTerms", "connector", "taxProfile"`;

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('a statement that always returns a row returned none');
  return row;
}
