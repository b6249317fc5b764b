import type { AccountId } from '../base/ids.ts';
import { accountsIn, type Rights } from '../domain/access/rights.ts';
import { type Tenant, type WalledKind, walledKinds } from '../store/database.ts';
import type { Known } from './directory.ts';

/** Whose rows somebody's operations see: the accounts of which they may do anything, and of each kind only what they may read. */
export function tenantOf({ organisationId, rights }: Pick<Known, 'organisationId' | 'rights'>): Tenant {
  const accountIds = accountsIn(rights);
  const only: Partial<Record<WalledKind, readonly AccountId[]>> = {};
  for (const kind of walledKinds) {
    const readable = readableOf(rights, kind);
    if (readable.length < accountIds.length) only[kind] = readable;
  }
  return { organisationId, accountIds, ...(Object.keys(only).length === 0 ? {} : { only }) };
}

const readableOf = (rights: Rights, kind: WalledKind): readonly AccountId[] => [...(rights.get(`${kind}:read`) ?? [])];
