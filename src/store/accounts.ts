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

const columns = `"accountId", "organisationId", "name", "site", "marketplaceId", "currency", "timeZone", "vendorCodes", "paymentTerms", "connector", "taxProfile"`;

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('a statement that always returns a row returned none');
  return row;
}
