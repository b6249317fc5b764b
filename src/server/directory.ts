import { rightsOfRole } from '../../schema/roles.ts';
import type { OrganisationId } from '../base/ids.ts';
import { fromMillis } from '../base/instant.ts';
import { type Grant, type Rights, rightsEverywhere, rightsOf } from '../domain/access/rights.ts';
import {
  findKeyHolder,
  findMember,
  findOrganisation,
  type GrantHolder,
  type GrantRow,
  noteKeyUsed,
} from '../store/access.ts';
import type { Database } from '../store/database.ts';

/** Somebody the installation knows, and what they may do in it. */
export interface Known {
  readonly organisationId: OrganisationId;
  readonly rights: Rights;
  /** Those of them that hold over all of their own organisation. */
  readonly everywhere: ReadonlySet<string>;
  /** Where the accounts are of which they may do anything, each site once, sorted. */
  readonly sites: readonly string[];
}

export interface KnownKey extends Known {
  /** CIDR blocks it may be used from; empty: anywhere. */
  readonly allowedAddresses: readonly string[];
}

/** What a verified token says of who it is about. */
export interface Bearer {
  readonly issuer: string;
  readonly subject: string;
  /** The name of their organisation. */
  readonly organisation: string;
  /** The most the token allows; of members, left out: all that was granted to them. */
  readonly scopes?: readonly string[];
}

/** Who is who: what authentication asks before there is a tenant. Times are milliseconds since 1970. */
export interface Directory {
  /** Whose key has this hash, unless it was revoked or is over. */
  findKey(secretHash: string, nowMillis: number): Promise<KnownKey | undefined>;
  /** The same for a key that was let in before, by its prefix: what it may do by now. */
  findKnownKey(prefix: string, nowMillis: number): Promise<KnownKey | undefined>;
  /** A member, by what was granted to them here. */
  findMember(bearer: Bearer, nowMillis: number): Promise<Known | undefined>;
  /** Whom an issuer vouches for: its token's rights over all accounts of the organisation it names. */
  findVouchedFor(
    bearer: { readonly organisation: Bearer['organisation'] | { readonly id: OrganisationId } } & Pick<
      Bearer,
      'scopes'
    >,
    nowMillis: number,
  ): Promise<Known | undefined>;
}

/** A use is noted when the last one is older than this, in milliseconds. */
const notedEvery = 60_000;

/**
 * The directory in the database, read in the worker's role, which sees keys and organisations and no document.
 *
 * @param everyRight those there are here, plugins' included: what an owner may do
 */
export function openDirectory(database: Database, everyRight: readonly string[]): Directory {
  const noted = new Map<string, number>();
  const known = ({ organisationId, grants }: GrantHolder, bound: readonly string[] | undefined): Known => {
    const holder = {
      own: grants.filter(({ received }) => !received).map(asGrant),
      received: grants.filter(({ received }) => received).map(asGrant),
      ...(bound === undefined ? {} : { bound: new Set(bound) }),
    };
    const ofRole = (role: string) => rightsOfRole(role, everyRight);
    const rights = rightsOf(holder, ofRole);
    const everywhere = rightsEverywhere(holder, ofRole);
    return {
      organisationId,
      rights,
      everywhere,
      sites: sitesOf(
        rights,
        grants.flatMap(({ accounts }) => accounts),
      ),
    };
  };

  return {
    findKey: async (secretHash, nowMillis) => {
      const holder = await findKeyHolder(database, { secretHash }, fromMillis(nowMillis));
      if (holder === undefined) return undefined;
      if ((noted.get(holder.keyId) ?? 0) + notedEvery <= nowMillis) {
        noted.set(holder.keyId, nowMillis);
        // Nobody waits for it, and a database that is away has been noticed by then.
        noteKeyUsed(database, holder, fromMillis(nowMillis)).catch(() => noted.delete(holder.keyId));
      }
      return { ...known(holder, holder.scopes), allowedAddresses: holder.allowedAddresses };
    },
    findKnownKey: async (prefix, nowMillis) => {
      const holder = await findKeyHolder(database, { prefix }, fromMillis(nowMillis));
      return holder && { ...known(holder, holder.scopes), allowedAddresses: holder.allowedAddresses };
    },
    findMember: async (bearer, nowMillis) => {
      const holder = await findMember(database, bearer, fromMillis(nowMillis));
      return holder === undefined ? undefined : known(holder, bearer.scopes);
    },
    findVouchedFor: async ({ organisation, scopes = [] }, nowMillis) => {
      const found = await findOrganisation(database, organisation, fromMillis(nowMillis));
      if (found === undefined) return undefined;
      const everything = { id: '', role: 'owner', everywhere: true, received: false, accounts: found.accounts };
      return known({ ...found, grants: [everything, ...found.grants] }, scopes);
    },
  };
}

const asGrant = ({ role, everywhere, accounts }: GrantRow): Grant => ({
  role,
  everywhere,
  accountIds: accounts.map(({ accountId }) => accountId),
});

function sitesOf(rights: Rights, accounts: GrantRow['accounts']): string[] {
  const reached = new Set([...rights.values()].flatMap((ids) => [...ids]));
  return [...new Set(accounts.filter(({ accountId }) => reached.has(accountId)).map(({ site }) => site))].sort();
}
