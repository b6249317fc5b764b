import { randomUUID } from 'node:crypto';
import type { AccountId, OrganisationId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Database } from './database.ts';

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

/**
 * Whose key this is, by the SHA-256 of the whole key; by its prefix only where the key was shown before. `undefined` when
 * it is unknown, revoked or expired.
 */
export async function findKeyHolder(
  database: Database,
  key: { readonly secretHash: string } | { readonly prefix: string },
  now: Instant,
): Promise<KeyHolder | undefined> {
  const rows = await database.work((sql) =>
    sql.query<KeyHolder>(
      `select held."id" as "keyId", held."organisationId", held."scopes",
              coalesce(held."allowedAddresses", '{}') as "allowedAddresses",
              ${grantsOf('g."serviceAccountId" = held."serviceAccountId"')}
         from "ApiKey" held join "ServiceAccount" s on s."id" = held."serviceAccountId"
        where held."${'prefix' in key ? 'prefix' : 'secretHash'}" = $1 and held."revokedAt" is null and (held."expiresAt" is null or held."expiresAt" > $2)
          and s."disabledAt" is null`,
      ['prefix' in key ? key.prefix : key.secretHash, now],
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

/** An organisation by its name, as a token names one, or by its id. */
export async function findOrganisation(
  database: Database,
  organisation: string | { readonly id: OrganisationId },
  now: Instant,
): Promise<OrganisationAccounts | undefined> {
  const rows = await database.work((sql) =>
    sql.query<OrganisationAccounts>(
      `select held."organisationId",
              coalesce((select json_agg(json_build_object('accountId', a."accountId", 'site', a."site") order by a."name")
                 from "VendorAccount" a where a."organisationId" = held."organisationId"), '[]') as "accounts",
              ${grantsOf('false')}
         from (select "id" as "organisationId" from "Organisation"
                where "${typeof organisation === 'string' ? 'name' : 'id'}"::text = $1) held`,
      [typeof organisation === 'string' ? organisation : organisation.id, now],
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
 * Keep a key's hash, for the service account of its name, made with these roles over all accounts when there is none.
 * With the role of an owner, the key's own rights are what bounds it. A key that is kept already stays as it is.
 */
export async function keepApiKey(
  database: Database,
  key: NewApiKey,
  now: Instant,
  roles: readonly string[] = ['owner'],
): Promise<void> {
  await database.work(async (sql) => {
    const made = await sql.query<{ id: string }>(
      `insert into "ServiceAccount" ("id", "organisationId", "name", "createdAt") values ($1, $2, $3, $4)
       on conflict do nothing returning "id"`,
      [randomUUID(), key.organisationId, key.name, now],
    );
    if (made[0] !== undefined) {
      await sql.query(
        `insert into "AccessGrant" ("id", "organisationId", "serviceAccountId", "role", "accountIds", "createdAt", "createdBy")
         select gen_random_uuid(), $1, $2, role, '{}', $3, 'acorn keys' from unnest($4::text[]) role`,
        [key.organisationId, made[0].id, now, roles],
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

/** A person of an organisation, as the operator sees them. */
export interface MemberRow {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | null;
  readonly roles: readonly string[];
}

/** Who belongs to an organisation, with the roles they hold today, by issuer and subject. */
export const listMembers = (database: Database, organisationId: OrganisationId, now: Instant): Promise<MemberRow[]> =>
  database.work((sql) =>
    sql.query<MemberRow>(
      `select m."issuer", m."subject", m."name",
              coalesce(array_agg(distinct g."role") filter (where g."id" is not null), '{}') as "roles"
         from "Member" m left join "AccessGrant" g
           on g."memberId" = m."id" and g."revokedAt" is null and (g."expiresAt" is null or g."expiresAt" > $2)
        where m."organisationId" = $1 and m."removedAt" is null
        group by m."id" order by m."issuer", m."subject"`,
      [organisationId, now],
    ),
  );

/** Add a person with roles over all accounts of an organisation. @returns whether they are new here */
export async function addMember(
  database: Database,
  member: {
    readonly organisationId: OrganisationId;
    readonly issuer: string;
    readonly subject: string;
    readonly name: string | null;
    readonly roles: readonly string[];
  },
  now: Instant,
): Promise<boolean> {
  const { organisationId, issuer, subject, name, roles } = member;
  const rows = await database.work((sql) =>
    sql.query(
      `with who as (
         insert into "Member" ("id", "organisationId", "issuer", "subject", "name", "createdAt")
         values (gen_random_uuid(), $1, $2, $3, $4, $5) on conflict do nothing returning "id", "organisationId")
       insert into "AccessGrant" ("id", "organisationId", "memberId", "role", "accountIds", "createdAt", "createdBy")
       select gen_random_uuid(), "organisationId", "id", role, '{}', $5, 'acorn members'
         from who, unnest($6::text[]) role returning "id"`,
      [organisationId, issuer, subject, name, now, roles],
    ),
  );
  return rows.length > 0;
}

/** Remove a person for good. @returns whether they belonged */
export async function removeMember(
  database: Database,
  {
    organisationId,
    issuer,
    subject,
  }: { readonly organisationId: OrganisationId; readonly issuer: string; readonly subject: string },
  now: Instant,
): Promise<boolean> {
  const rows = await database.work((sql) =>
    sql.query(
      `update "Member" set "removedAt" = $4
        where "organisationId" = $1 and "issuer" = $2 and "subject" = $3 and "removedAt" is null returning "id"`,
      [organisationId, issuer, subject, now],
    ),
  );
  return rows.length > 0;
}
