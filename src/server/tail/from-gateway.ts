import { type Access, ask, FeedError, follow } from '../../client/index.ts';
import type { Whose } from './line.ts';
import type { TailSource } from './source.ts';

/** The feed of a gateway, by its API. */
export async function fromGateway(access: Access): Promise<TailSource> {
  return {
    accounts: await accountsOf(access),
    head: async () => (await ask<{ changeHead: string }>(access, '{ changeHead }')).changeHead,
    follow: (request) => follow({ ...access, ...request }),
  };
}

/** A key without the right to accounts sees changes without their accounts' names. */
export async function accountsOf(access: Access): Promise<ReadonlyMap<string, Whose>> {
  const named = new Map<string, Whose>();
  let after: string | null = null;
  do {
    const page: AccountPage = await ask<AccountPage>(access, accountQuery, { after }).catch((thrown: unknown) => {
      if (thrown instanceof FeedError && thrown.code === 'FORBIDDEN') return nothing;
      throw thrown;
    });
    for (const { id, name, site } of page.accounts.nodes) named.set(id, { name, site });
    after = page.accounts.pageInfo.hasNextPage ? page.accounts.pageInfo.endCursor : null;
  } while (after !== null);
  return named;
}

interface AccountPage {
  readonly accounts: {
    readonly nodes: readonly (Whose & { readonly id: string })[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
const nothing: AccountPage = { accounts: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } };
const accountQuery = `query ($after: String) {
  accounts(first: 250, after: $after) { nodes { id name site } pageInfo { hasNextPage endCursor } }
}`;
