import type { AccountId, OrganisationId } from '../base/ids.ts';
import { fromMillis } from '../base/instant.ts';
import { findKeyHolder, findOrganisationAccounts } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';

/** An organisation and what it owns. */
export interface KnownOrganisation {
  readonly organisationId: OrganisationId;
  readonly accountIds: readonly AccountId[];
  /** Where these accounts are, each site once. */
  readonly sites: readonly string[];
}

/** Who is who: what authentication asks before there is a tenant. */
export interface Directory {
  /** Whose key has this hash, unless it was revoked or is over. Milliseconds since 1970. */
  findKey(
    secretHash: string,
    nowMillis: number,
  ): Promise<(KnownOrganisation & { readonly scopes: readonly string[] }) | undefined>;
  findOrganisation(name: string): Promise<KnownOrganisation | undefined>;
}

/** The directory in the database, read in the worker's role, which sees keys and organisations and no document. */
export const openDirectory = (database: Database): Directory => ({
  findKey: (secretHash, nowMillis) => findKeyHolder(database, { secretHash }, fromMillis(nowMillis)),
  findOrganisation: (name) => findOrganisationAccounts(database, { name }),
});
