import type { AccountId } from '../../base/ids.ts';

/** A right, such as `order:read`: a thing, and what may be done with it. */
export type Right = string;

/** Which accounts each right holds for; none yet, of an organisation without any. A right that is not in it is not held. */
export type Rights = ReadonlyMap<Right, ReadonlySet<AccountId>>;

/** A role over accounts, as it stands today: what is over or was taken back is not among them. */
export interface Grant {
  readonly role: string;
  /** The accounts it covers now. */
  readonly accountIds: readonly AccountId[];
  /** Whether it covers all accounts of whoever gave it, those that come later too. */
  readonly everywhere: boolean;
}

export interface Holder {
  /** Given by the holder's own organisation. */
  readonly own: readonly Grant[];
  /** Given to the holder's organisation by others, as to an agency. */
  readonly received: readonly Grant[];
  /** The most it may do: of a key, the rights it was made with. Left out: no bound. */
  readonly bound?: ReadonlySet<Right>;
}

/**
 * What somebody may do, account by account.
 *
 * Of the own organisation's accounts: what the roles say that cover them. Of accounts that others opened to the
 * organisation: what both the other's role and one's own say, and of one's own only the roles that hold everywhere;
 * nobody can pass on more than they were given, nor a colleague's share of it.
 *
 * @param rightsOfRole what a role may do; of a role nobody knows, nothing
 */
export function rightsOf({ own, received, bound }: Holder, rightsOfRole: (role: string) => Iterable<Right>): Rights {
  const rights = new Map<Right, Set<AccountId>>();
  const allow = (right: Right, accountIds: readonly AccountId[]): void => {
    if (bound !== undefined && !bound.has(right)) return;
    const accounts = rights.get(right) ?? new Set();
    for (const accountId of accountIds) accounts.add(accountId);
    rights.set(right, accounts);
  };
  for (const { role, accountIds } of own) {
    for (const right of rightsOfRole(role)) allow(right, accountIds);
  }
  const everywhere = new Set(own.filter((grant) => grant.everywhere).flatMap(({ role }) => [...rightsOfRole(role)]));
  for (const { role, accountIds } of received) {
    if (accountIds.length === 0) continue;
    for (const right of rightsOfRole(role)) if (everywhere.has(right)) allow(right, accountIds);
  }
  return rights;
}

/** The rights somebody holds over all of their own organisation, accounts that come later included. */
export const rightsEverywhere = (
  { own, bound }: Pick<Holder, 'own' | 'bound'>,
  rightsOfRole: (role: string) => Iterable<Right>,
): ReadonlySet<Right> =>
  new Set(
    own
      .filter(({ everywhere }) => everywhere)
      .flatMap(({ role }) => [...rightsOfRole(role)])
      .filter((right) => bound?.has(right) !== false),
  );

/** Every account of which anything may be seen or done, each once. */
export const accountsIn = (rights: Rights): AccountId[] => [
  ...new Set([...rights.values()].flatMap((accounts) => [...accounts])),
];
