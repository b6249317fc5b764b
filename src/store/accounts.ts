import { randomUUID } from 'node:crypto';
import type { Currency } from '../base/currency.ts';
import type { AccountId, OrganisationId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
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
}

export type AccountSettings = Omit<AccountRow, 'accountId'>;

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
                                         "vendorCodes", "paymentTerms", "connector", "createdAt")
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict ("organisationId", "name") do update
         set "vendorCodes" = excluded."vendorCodes", "paymentTerms" = excluded."paymentTerms", "connector" = excluded."connector"
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

/** A grant in force, and the accounts it covers today. */
export interface GrantRow {
  readonly id: string;
  readonly role: string;
  readonly everywhere: boolean;
  /** Given to the holder's organisation by another one. */
  readonly received: boolean;
  readonly accounts: readonly { readonly accountId: AccountId; readonly site: string }[];
}

/** Whoever asks, and what was granted to them. */
export interface GrantHolder {
  readonly organisationId: OrganisationId;
  readonly grants: readonly GrantRow[];
}

export interface KeyHolder extends GrantHolder {
  readonly keyId: string;
  readonly scopes: readonly string[];
  readonly allowedAddresses: readonly string[];
}

/** The grants in force at `$2` of the holder called `held`: its own organisation's, and those its organisation holds as an agency. */
const grantsOf = (own: string): string => `
  coalesce((
    select json_agg(json_build_object('id', g."id", 'role', g."role", 'everywhere', g."accountIds" = '{}',
             'received', g."agencyId" is not null,
             'accounts', coalesce((
               select json_agg(json_build_object('accountId', a."accountId", 'site', a."site") order by a."name")
                 from "VendorAccount" a
                where a."organisationId" = g."organisationId"
                  and (g."accountIds" = '{}' or a."accountId" = any (g."accountIds"))), '[]')) order by g."createdAt", g."id")
      from "AccessGrant" g
     where (${own} and g."organisationId" = held."organisationId" or g."agencyId" = held."organisationId")
       and g."revokedAt" is null and (g."expiresAt" is null or g."expiresAt" > $2)), '[]') as "grants"`;

/** Whose key this is, by the SHA-256 of the whole key; `undefined` when it is unknown, revoked or expired. */
export async function findKeyHolder(
  database: Database,
  secretHash: string,
  now: Instant,
): Promise<KeyHolder | undefined> {
  const rows = await database.work((sql) =>
    sql.query<KeyHolder>(
      `select held."id" as "keyId", held."organisationId", held."scopes",
              coalesce(held."allowedAddresses", '{}') as "allowedAddresses",
              ${grantsOf('g."serviceAccountId" = held."serviceAccountId"')}
         from "ApiKey" held join "ServiceAccount" s on s."id" = held."serviceAccountId"
        where held."secretHash" = $1 and held."revokedAt" is null and (held."expiresAt" is null or held."expiresAt" > $2)
          and s."disabledAt" is null`,
      [secretHash, now],
    ),
  );
  return rows[0];
}

/** The member of an organisation whom an issuer calls by this subject; `undefined` when there is none, or no more. */
export async function findMember(
  database: Database,
  member: { readonly organisation: string; readonly issuer: string; readonly subject: string },
  now: Instant,
): Promise<GrantHolder | undefined> {
  const rows = await database.work((sql) =>
    sql.query<GrantHolder>(
      `select held."organisationId", ${grantsOf('g."memberId" = held."id"')}
         from "Member" held join "Organisation" o on o."id" = held."organisationId"
        where o."name" = $1 and held."issuer" = $3 and held."subject" = $4 and held."removedAt" is null`,
      [member.organisation, now, member.issuer, member.subject],
    ),
  );
  return rows[0];
}

/** The accounts of an organisation, and what others opened to it. */
export interface OrganisationAccounts {
  readonly organisationId: OrganisationId;
  readonly accounts: GrantRow['accounts'];
  readonly grants: readonly GrantRow[];
}

/** An organisation by its name, for a token that names one. */
export async function findOrganisation(
  database: Database,
  name: string,
  now: Instant,
): Promise<OrganisationAccounts | undefined> {
  const rows = await database.work((sql) =>
    sql.query<OrganisationAccounts>(
      `select held."organisationId",
              coalesce((select json_agg(json_build_object('accountId', a."accountId", 'site', a."site") order by a."name")
                 from "VendorAccount" a where a."organisationId" = held."organisationId"), '[]') as "accounts",
              ${grantsOf('false')}
         from (select "id" as "organisationId" from "Organisation" where "name" = $1) held`,
      [name, now],
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
  /** CIDR blocks; left out or empty: usable from anywhere. */
  readonly allowedAddresses?: readonly string[];
  readonly expiresAt?: Instant;
}

/**
 * Keep a key's hash, for the service account of its name. One that is new may do everything in its organisation, so the
 * key's own rights are what bounds it. A key that is kept already stays as it is.
 */
export async function keepApiKey(database: Database, key: NewApiKey, now: Instant): Promise<void> {
  await database.work(async (sql) => {
    const made = await sql.query<{ id: string }>(
      `insert into "ServiceAccount" ("id", "organisationId", "name", "createdAt") values ($1, $2, $3, $4)
       on conflict do nothing returning "id"`,
      [randomUUID(), key.organisationId, key.name, now],
    );
    if (made[0] !== undefined) {
      await sql.query(
        `insert into "AccessGrant" ("id", "organisationId", "serviceAccountId", "role", "accountIds", "createdAt", "createdBy")
         values ($1, $2, $3, 'owner', '{}', $4, 'acorn keys')`,
        [randomUUID(), key.organisationId, made[0].id, now],
      );
    }
    await sql.query(
      `insert into "ApiKey" ("id", "organisationId", "serviceAccountId", "name", "prefix", "secretHash", "scopes",
                             "allowedAddresses", "createdAt", "expiresAt")
       select $1, $2, s."id", $3, $4, $5, $6, $7, $8, $9 from "ServiceAccount" s
        where s."organisationId" = $2 and s."name" = $3 on conflict do nothing`,
      [
        randomUUID(),
        key.organisationId,
        key.name,
        key.prefix,
        key.secretHash,
        key.scopes,
        key.allowedAddresses ?? [],
        now,
        key.expiresAt ?? null,
      ],
    );
  });
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

const columns = `"accountId", "organisationId", "name", "site", "marketplaceId", "currency", "timeZone", "vendorCodes", "paymentTerms", "connector"`;

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('a statement that always returns a row returned none');
  return row;
}

/** Note that a key was used, and every grant its rights may rest on. */
export async function noteKeyUsed(database: Database, holder: KeyHolder, now: Instant): Promise<void> {
  await database.work(async (sql) => {
    await sql.query('update "ApiKey" set "lastUsedAt" = $2 where "id" = $1', [holder.keyId, now]);
    await sql.query('update "AccessGrant" set "lastUsedAt" = $2 where "id" = any ($1)', [
      holder.grants.map(({ id }) => id),
      now,
    ]);
  });
}
