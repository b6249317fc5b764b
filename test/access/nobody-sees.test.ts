import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeId } from '../../schema/ids.ts';
import { type RoleName, roles } from '../../schema/roles.ts';
import { allScopes } from '../../schema/scopes.ts';
import type { AccountId, OrganisationId } from '../../src/base/ids.ts';
import { instant } from '../../src/base/instant.ts';
import { openDirectory } from '../../src/server/directory.ts';
import { tenantOf } from '../../src/server/tenant.ts';
import { keepApiKey } from '../../src/store/access.ts';
import { ask } from '../schema/support/ask.ts';
import { aStory } from '../schema/support/story.ts';
import { aWorld, type World } from '../schema/support/world.ts';

const now = instant('2026-11-23T12:00:00Z');
/** Two brands and an agency, each with two accounts in which every kind of thing has happened. */
const names = ['Larkfield', 'Hawthorn', 'Agency'] as const;
type Name = (typeof names)[number];

let world: World;
const organisations = new Map<Name, OrganisationId>();
const accounts = new Map<AccountId, Name>();

beforeAll(async () => {
  world = await aWorld();
  for (const name of names) {
    const organisationId = await world.organisation(name);
    organisations.set(name, organisationId);
    for (const place of ['US', 'CA']) {
      const account = await world.account(organisationId, { name: `${name} ${place}` });
      accounts.set(account.accountId, name);
      await world.tell(account, aStory({ number: `1${name.slice(0, 4).toUpperCase()}${place}X`, received: 9 }));
      await world.tell(account, []);
    }
    await keepApiKey(
      world.database,
      { organisationId, name: 'software', prefix: `acorn_live_${name}`, secretHash: hashOf(name), scopes: allScopes },
      now,
      [],
    );
  }
}, 60_000);
afterAll(() => world.close());

const hashOf = (name: Name): string => Buffer.from(name).toString('hex').padEnd(64, '0');
const owned = (name: Name): AccountId[] => [...accounts].filter(([, owner]) => owner === name).map(([id]) => id);

interface Given {
  readonly by: Name;
  /** The same organisation: to its own software. Another: as an agency. */
  readonly to: Name;
  readonly role: RoleName;
  /** Which of the giver's two accounts; none of them named: all. */
  readonly covers: 'all' | 0 | 1;
  readonly state: 'stands' | 'revoked' | 'over';
}

const aGrant: fc.Arbitrary<Given> = fc.record({
  by: fc.constantFrom(...names),
  to: fc.constantFrom(...names),
  role: fc.constantFrom(...(Object.keys(roles) as RoleName[])),
  covers: fc.constantFrom('all' as const, 0 as const, 1 as const),
  state: fc.constantFrom('stands' as const, 'stands' as const, 'stands' as const, 'revoked' as const, 'over' as const),
});

const anOwner = (name: Name): Given => ({ by: name, to: name, role: 'owner', covers: 'all', state: 'stands' });

/** Said again as plainly as it can be: whether software of `asker` may do this with an account. */
function may(asker: Name, right: string, accountId: AccountId, given: readonly Given[]): boolean {
  const opens = ({ role }: Given) => (roles[role].rights as readonly string[]).includes(right);
  const covers = ({ by, covers: which }: Given) => which === 'all' || owned(by)[which] === accountId;
  const standing = given.filter(({ state }) => state === 'stands').filter(opens);
  const owner = accounts.get(accountId);
  const own = standing.filter(({ by, to }) => by === asker && to === asker);
  if (owner === asker) return own.some(covers);
  const opened = standing.some((grant) => grant.by === owner && grant.to === asker && covers(grant));
  return opened && own.some((grant) => grant.covers === 'all');
}

async function put(given: readonly Given[]): Promise<void> {
  await world.database.work(async (sql) => {
    await sql.query(`update "AccessGrant" set "revokedAt" = $1`, [now]);
    for (const { by, to, role, covers, state } of given) {
      const [giver, holder] = [organisations.get(by), organisations.get(to)];
      await sql.query(
        `insert into "AccessGrant" ("id", "organisationId", "serviceAccountId", "agencyId", "role", "accountIds", "createdAt",
                                    "createdBy", "expiresAt", "revokedAt")
         values ($1, $2, (select "id" from "ServiceAccount" where "organisationId" = $3 and $3 = $2),
                 nullif($3, $2), $4, $5, $6, 'test', $7, $8)`,
        [
          randomUUID(),
          giver,
          holder,
          role,
          covers === 'all' ? [] : [owned(by)[covers]],
          now,
          state === 'over' ? '2026-01-01T00:00:00Z' : null,
          state === 'revoked' ? now : null,
        ],
      );
    }
  });
}

/** Every list of the chain, and the right that opens it. */
const lists: Readonly<Record<string, string>> = {
  accounts: 'account:read',
  products: 'account:read',
  purchaseOrders: 'order:read',
  orderLines: 'order:read',
  shipments: 'shipment:read',
  invoices: 'invoice:read',
  payments: 'payment:read',
  deductions: 'deduction:read',
  parkedDocuments: 'document:read',
  contractWarnings: 'document:read',
};
/** What an entry of the log is about, and the right it takes to hear of it. */
const subjects = { PURCHASE_ORDER_PLACED: 'order:read', INVOICE_ISSUED: 'invoice:read' };

const everything = `{
  ${Object.keys(lists)
    .map((list) => `${list}(first: 50) { nodes { id } }`)
    .join('\n  ')}
  ${Object.keys(subjects)
    .map((kind) => `${kind}: changes(first: 50, filter: { kinds: [${kind}] }) { changes { id } }`)
    .join('\n  ')}
}`;
const accountOf = (id: string): AccountId => decodeId(id)?.parts[0] as AccountId;

test('S1 · whatever is granted and taken back, nobody is shown a row that the plain rule does not allow, nor misses one', async () => {
  const directory = openDirectory(world.database, allScopes);
  const everyId = new Map<string, AccountId>();
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(aGrant, { maxLength: 8 }), fc.constantFrom(...names), async (given, asker) => {
      await put(given);
      const key = await directory.findKey(hashOf(asker), Date.parse(now));
      if (key === undefined) throw new Error('the key is known');
      const tenant = tenantOf(key);
      const scopes = [...key.rights.keys()];
      const { data } = await ask(world, tenant, everything, {}, { scopes });
      const allowed = (right: string) => [...accounts.keys()].filter((id) => may(asker, right, id, given)).sort();
      for (const [list, right] of Object.entries(lists)) {
        const ids: string[] = data[list]?.nodes.map(({ id }: { id: string }) => id) ?? [];
        for (const id of ids) everyId.set(id, accountOf(id));
        shown += ids.length;
        // An account is shown as soon as anything of it is; what hangs on it is walled by its own right.
        const expected = list === 'contractWarnings' ? [] : allowed(right);
        const seen = [...new Set(ids.map(accountOf))].sort();
        if (right === 'account:read') expect(seen.every((id) => reaches(asker, id, given))).toBe(true);
        else expect([list, seen]).toEqual([list, expected]);
      }
      for (const [kind, right] of Object.entries(subjects)) {
        const ids: string[] = data[kind]?.changes.map(({ id }: { id: string }) => id) ?? [];
        const expected = allowed('change:read').filter((id) => may(asker, right, id, given));
        expect([kind, [...new Set(ids.map(accountOf))].sort()]).toEqual([kind, expected]);
      }
      // And by id, whoever found it out.
      const ids = [...everyId.keys()].slice(0, 100);
      const nodes = await ask(world, tenant, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }, { scopes });
      for (const node of nodes.data?.nodes ?? []) {
        if (node !== null) expect(reaches(asker, accountOf(node.id), given)).toBe(true);
      }
    }),
    // An owner of each first, so that there is something to see whatever chance brings.
    { numRuns: 28, examples: names.map((name) => [[anOwner(name)], name]) },
  );
  expect(shown).toBeGreaterThan(50);
}, 120_000);

/** Whether anything at all of an account is open to them. */
const reaches = (asker: Name, accountId: AccountId, given: readonly Given[]): boolean =>
  allScopes.some((right) => may(asker, right, accountId, given));
