import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** Tables that no account owns, each with the reason. Every other table is a tenant's, new ones included. */
const withoutAccount: Readonly<Record<string, string>> = {
  _prisma_migrations: "the history of the database's own shape",
  Organisation: 'owns accounts; walled off by organisation instead',
  ApiKey: 'belongs to an organisation and may reach several of its accounts',
  ServiceAccount: 'belongs to an organisation; what it may reach is granted',
  Member: 'belongs to an organisation; what they may reach is granted',
  AccessGrant: 'of an organisation, over its accounts; seen by the agency it is given to',
  Webhook: 'belongs to an organisation and may send of several of its accounts; walled off by organisation instead',
  WebhookSecret: 'as its webhook',
  WebhookProgress: 'as its webhook',
  WebhookDelivery: 'as its webhook',
  Feed: 'the head of the whole log: one number and the secret of its cursors',
  Plugin: 'what is installed, for the whole installation',
  PluginMigration: "the history of the plugins' tables",
  ReferenceRate: 'published rates of currencies: public, and the same for everybody',
  PluginJob: 'jobs run once per installation; what one does for an account is in the tables of its plugin',
};

/** The only unique keys of a tenant's table that may begin with something else, each with the reason. */
const accountRegistry: Readonly<Record<string, string>> = {
  VendorAccount_organisationId_name_key: 'the list of accounts itself: names are unique within an organisation',
};

/** Tables that the roles may see whole: bookkeeping that holds nothing of a tenant's. */
const withoutRowSecurity = ['_prisma_migrations'];

/** The only tables whose every row every request and every plugin may see, since they hold public facts. */
const publicFacts = ['ReferenceRate'];

/** The role a request runs as, and the role of background work. */
const roles = ['acorn_app', 'acorn_worker'];

interface Table {
  readonly name: string;
  readonly secured: boolean;
  readonly forced: boolean;
  readonly policies: number;
  readonly owner: string;
}
interface Key {
  readonly table: string;
  readonly name: string;
  readonly primary: boolean;
  readonly columns: string[];
}
interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly columns: string[];
  readonly target: string;
  readonly targetColumns: string[];
}

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

async function tables(): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    SELECT c.relname::text AS name, c.relrowsecurity AS secured, c.relforcerowsecurity AS forced,
      (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname <> 'plugin') AS policies,
      pg_get_userbyid(c.relowner)::text AS owner
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`);
  return rows;
}

async function keys(): Promise<Key[]> {
  const { rows } = await client.query<Key>(`
    SELECT t.relname::text AS table, x.relname::text AS name, i.indisprimary AS primary,
      (SELECT array_agg(coalesce(a.attname::text, '(expression)') ORDER BY k.place)
        FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
        LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum > 0) AS columns
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
    WHERE t.relnamespace = 'public'::regnamespace AND (i.indisunique OR i.indisexclusion) ORDER BY 1, 2`);
  return rows;
}

async function foreignKeys(): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(`
    SELECT t.relname::text AS table, c.conname::text AS name, f.relname::text AS target,
      (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum) AS columns,
      (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum) AS "targetColumns"
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
    WHERE c.contype = 'f' AND t.relnamespace = 'public'::regnamespace ORDER BY 1, 2`);
  return rows;
}

const isTenant = (table: string): boolean => withoutAccount[table] === undefined;

/** Everything about the tables that could let one account's row meet another's; empty when the wall has no hole. */
async function holes(): Promise<string[]> {
  const found: string[] = [];
  const allTables = await tables();
  const allKeys = await keys();
  for (const { name, secured, forced, policies } of allTables) {
    if (!withoutRowSecurity.includes(name) && !(secured && forced && policies > 0)) {
      found.push(`${name}: row security is not enabled, forced and given a policy`);
    }
    if (isTenant(name) && !allKeys.some((key) => key.table === name && key.primary)) {
      found.push(`${name}: no primary key`);
    }
  }
  for (const { table, name, columns } of allKeys) {
    if (isTenant(table) && columns[0] !== 'accountId' && accountRegistry[name] === undefined) {
      found.push(`${table}: unique key ${name} begins with ${columns[0]}`);
    }
  }
  for (const { table, name, columns, target, targetColumns } of await foreignKeys()) {
    if (isTenant(target) && !(columns[0] === 'accountId' && targetColumns[0] === 'accountId')) {
      found.push(`${table}: foreign key ${name} does not begin with the account on both sides`);
    }
  }
  return found;
}

test('S1 · the account leads every primary, unique and foreign key, and every table is behind row security', async () => {
  expect(await holes()).toEqual([]);
  const tenantTables = (await tables()).filter((table) => isTenant(table.name));
  expect(tenantTables.length).toBeGreaterThan(20);
});

test('no exception outlives the table or the key it was made for', async () => {
  const names = [...(await tables()).map((table) => table.name), ...(await keys()).map((key) => key.name)];
  expect(names).toEqual(expect.arrayContaining([...Object.keys(withoutAccount), ...Object.keys(accountRegistry)]));
});

describe('a hole in the wall is seen', () => {
  test.each([
    [
      'a table without an account',
      'CREATE TABLE "New" (id int PRIMARY KEY)',
      /New: unique key New_pkey begins with id/,
    ],
    ['a table without a primary key', 'CREATE TABLE "New" ("accountId" uuid)', /New: no primary key/],
    ['a unique key across accounts', 'CREATE UNIQUE INDEX bad ON "Invoice" (number)', /Invoice: unique key bad/],
    ['an expression first', 'CREATE UNIQUE INDEX bad ON "Invoice" (lower(number))', /begins with \(expression\)/],
    [
      'a pointer across accounts',
      'CREATE TABLE "New" ("accountId" uuid PRIMARY KEY, other uuid REFERENCES "VendorAccount" ("accountId"))',
      /New: foreign key New_other_fkey/,
    ],
    ['row security not forced', 'ALTER TABLE "Invoice" NO FORCE ROW LEVEL SECURITY', /Invoice: row security/],
    ['row security off', 'ALTER TABLE "Invoice" DISABLE ROW LEVEL SECURITY', /Invoice: row security/],
    ['no policy', 'DROP POLICY tenant ON "Invoice"', /Invoice: row security/],
  ])('%s', async (_what, change, seen) => {
    await client.query('BEGIN');
    await client.query(change);
    const found = await holes();
    await client.query('ROLLBACK');
    expect(found.join('\n')).toMatch(seen);
  });
});

test('S2 · the roles of requests and of background work cannot bypass row security, by themselves or by membership', async () => {
  const { rows } = await client.query<{ role: string; trouble: string | null }>(
    `SELECT r.rolname::text AS role,
       (SELECT string_agg(m.rolname, ', ') FROM pg_roles m
         WHERE pg_has_role(r.oid, m.oid, 'MEMBER') AND (m.rolsuper OR m.rolbypassrls OR m.rolcreaterole)) AS trouble
     FROM pg_roles r WHERE r.rolname = ANY ($1) ORDER BY 1`,
    [roles],
  );
  expect(rows).toEqual(roles.map((role) => ({ role, trouble: null })));
});

test('S2 · those roles own nothing, so they cannot change a policy or a trigger', async () => {
  const { rows } = await client.query<{ owned: number }>(
    `SELECT count(*)::int AS owned FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
     WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o' AND r.rolname = ANY ($1)`,
    [roles],
  );
  expect(rows).toEqual([{ owned: 0 }]);
  expect((await tables()).filter((table) => roles.includes(table.owner))).toEqual([]);
});

test('S2 · without a context a request sees no row of any table of a tenant', async () => {
  const tenantTables = (await tables()).filter((table) => isTenant(table.name));
  await aRowOfSomebody();
  await client.query('BEGIN');
  await client.query('SET LOCAL ROLE acorn_app');
  const seen: Record<string, number> = {};
  for (const { name } of tenantTables) {
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${client.escapeIdentifier(name)}`,
    );
    seen[name] = rows[0]?.n ?? -1;
  }
  await client.query('ROLLBACK');
  expect(Object.entries(seen).filter(([, rows]) => rows !== 0)).toEqual([]);
});

/** Tables with a policy that shows this role rows without asking whose they are. */
async function openTo(role: string): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(
    `SELECT DISTINCT p.polrelid::regclass::text AS table FROM pg_policy p
     WHERE pg_get_expr(p.polqual, p.polrelid) = 'true'
       AND (0 = ANY (p.polroles) OR (SELECT oid FROM pg_roles WHERE rolname = $1) = ANY (p.polroles)) ORDER BY 1`,
    [role],
  );
  return rows.map(({ table }) => table.replaceAll('"', ''));
}

test('beside the head of the log, public facts are all that is seen without being asked whose it is', async () => {
  expect(await openTo('acorn_app')).toEqual(['Feed', ...publicFacts]);
  expect(await openTo('acorn_plugin')).toEqual(publicFacts);
});

test.each(publicFacts)('%s is read by requests, added to by background work, and updated by neither', async (table) => {
  const { rows } = await client.query<{ role: string; may: string[] }>(
    `SELECT role, array_agg(privilege) FILTER (WHERE has_table_privilege(role, $1, privilege)) AS may
     FROM unnest($2::text[]) role
       CROSS JOIN unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) privilege
     GROUP BY role ORDER BY role`,
    [`"${table}"`, roles],
  );
  expect(rows).toEqual([
    { role: 'acorn_app', may: ['SELECT'] },
    { role: 'acorn_worker', may: ['SELECT', 'INSERT', 'DELETE'] },
  ]);
});

/** Something to see, so that seeing nothing means something. */
async function aRowOfSomebody(): Promise<void> {
  const organisation = '11111111-1111-4111-8111-111111111111';
  const account = '22222222-2222-4222-8222-222222222222';
  await client.query(`INSERT INTO "Organisation" (id, name, "createdAt") VALUES ($1, 'Acme', now())`, [organisation]);
  await client.query(
    `INSERT INTO "VendorAccount" ("accountId", "organisationId", name, site, "marketplaceId", currency, "timeZone", "createdAt")
     VALUES ($1, $2, 'Acme US', 'US', 'ATVPDKIKX0DER', 'USD', 'America/Los_Angeles', now())`,
    [account, organisation],
  );
  await client.query(`INSERT INTO "Product" ("accountId", asin) VALUES ($1, 'B000000001')`, [account]);
  const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM "Product"');
  expect(rows).toEqual([{ n: 1 }]);
}
