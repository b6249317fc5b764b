import type { AccountId } from '../src/base/ids.ts';
import type { Context } from './context.ts';
import { accountIdsOf } from './ids.ts';
import { Refused } from './refused-type.ts';
import { type RoleName, rightsOfRole } from './roles.ts';

type Giving = Pick<Context, 'access' | 'db' | 'tenant'>;

/** A role over accounts, as somebody wants to give it. Accounts left out: all, those that come later too. */
export interface ToGive {
  readonly role: RoleName;
  readonly accounts?: readonly string[] | null | undefined;
}

/** Roles that open more than daily work does. */
const highest: readonly RoleName[] = ['owner', 'admin', 'auditor'];

/**
 * The accounts a grant may name, or a refusal. Whoever gives holds `access:write` for each of them, or everywhere when
 * the grant covers all. Who hands out access may give the roles of daily work without working in them; the highest
 * ones only who may do all that they may, everywhere.
 *
 * @returns ids for the grant's row; empty: all
 */
export async function accountsToGive({ role, accounts }: ToGive, { access, db, tenant }: Giving): Promise<AccountId[]> {
  if (highest.includes(role) && !rightsOfRole(role, access.everyRight).every(access.holdsEverywhere)) {
    throw new Refused('NOT_YOURS_TO_GIVE', `only somebody who may do all that "${role}" may can make another one`);
  }
  const wanted = accountIdsOf(accounts, 'accounts');
  if (wanted === undefined) {
    if (access.holdsEverywhere('access:write')) return [];
    throw new Refused('NOT_YOURS_TO_GIVE', 'you may hand out access to some accounts, not to all: name them');
  }
  const owned = await db.vendorAccount.count({
    where: { organisationId: tenant.organisationId ?? '', accountId: { in: wanted } },
  });
  if (wanted.length === 0 || owned !== new Set(wanted).size) {
    throw new Refused('ACCOUNT_NOT_FOUND', 'name accounts of your own organisation, or leave them out for all');
  }
  const mine = access.accountsWith('access:write');
  if (!wanted.every((accountId) => mine.has(accountId))) {
    throw new Refused('NOT_YOURS_TO_GIVE', 'you may not hand out access to every one of these accounts');
  }
  return wanted;
}

/** Rights for a key: those asked for, if there are such, or all there are. What its account may not do, it cannot either. */
export function keyRights(asked: readonly string[] | null | undefined, { everyRight }: Context['access']): string[] {
  const unknown = asked?.find((right) => !everyRight.includes(right));
  if (unknown !== undefined) throw new Refused('RIGHT_UNKNOWN', `there is no right "${unknown}"`);
  return [...(asked ?? everyRight)];
}
