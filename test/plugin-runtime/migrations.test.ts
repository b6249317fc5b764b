import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { core } from '../../src/server/core.ts';
import { type TestWorld, testWorld } from '../support/world.ts';
import { aPlugin, migrateOf, migrations, notes, removeFolders } from './support/plugins.ts';

let world: TestWorld;
let owner: pg.Client;
beforeAll(async () => {
  world = await testWorld();
  owner = new pg.Client({ connectionString: world.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.close();
  removeFolders();
});

let count = 0;
const anId = (): string => {
  count += 1;
  return `test-${count}`;
};
const rows = async (sql: string, values: unknown[] = []) => (await owner.query(sql, values)).rows;

test("a plugin's files run once, in its own schema, and others' come after those they are given after", async () => {
  const first = aPlugin({
    id: anId(),
    migrations: migrations({ ...notes, '20260102_more': 'ALTER TABLE note ADD COLUMN more text;' }),
  });
  const second = aPlugin({ id: anId(), migrations: migrations(notes) });
  expect(await migrateOf(world.url, first, second)).toMatchObject({
    applied: [`${first.id}/20260101_notes`, `${first.id}/20260102_more`, `${second.id}/20260101_notes`],
  });
  expect(await migrateOf(world.url, first, second)).toMatchObject({ applied: [] });
  expect(
    await rows(
      `select table_schema as schema from information_schema.tables where table_name = 'note' and table_schema like 'plugin_test%' order by 1`,
    ),
  ).toEqual([{ schema: 'plugin_test_1' }, { schema: 'plugin_test_2' }]);
});

test('row security is put on whatever the plugin wrote, forced on its owner too', async () => {
  const plugin = aPlugin({ id: anId(), migrations: migrations(notes) });
  await migrateOf(world.url, plugin);
  expect(
    await rows(
      `select relrowsecurity, relforcerowsecurity, (select string_agg(polname, ',') from pg_policy where polrelid = c.oid) as policies
         from pg_class c where oid = $1::regclass`,
      [`plugin_${plugin.id.replaceAll('-', '_')}.note`],
    ),
  ).toEqual([{ relrowsecurity: true, relforcerowsecurity: true, policies: 'tenant' }]);
});

test('a later migration can move the rows that are there, though row security is forced', async () => {
  const account = await world.account('Backfill');
  const id = anId();
  await migrateOf(world.url, aPlugin({ id, migrations: migrations(notes) }));
  const table = `plugin_${id.replaceAll('-', '_')}.note`;
  await rows(`insert into ${table} values ($1, 'a', 'old')`, [account.accountId]);
  await migrateOf(
    world.url,
    aPlugin({ id, migrations: migrations({ ...notes, '20260102_new': `UPDATE note SET body = 'new';` }) }),
  );
  expect(await rows(`select body from ${table}`)).toEqual([{ body: 'new' }]);
});

test('gateways that start together take turns, and each file runs once', async () => {
  const plugin = aPlugin({ id: anId(), migrations: migrations(notes) });
  const all = await Promise.all([1, 2, 3].map(() => migrateOf(world.url, plugin)));
  expect(all.flatMap(({ applied }) => applied)).toEqual([`${plugin.id}/20260101_notes`]);
});

test('what was applied is remembered: edited, missing and left over are told apart', async () => {
  const folder = migrations(notes);
  const plugin = aPlugin({ id: anId(), migrations: folder });
  await migrateOf(world.url, plugin);
  expect((await migrateOf(world.url)).leftOver).toContain(plugin.id);

  await expect(
    migrateOf(world.url, aPlugin({ ...plugin, migrations: migrations({ '20270101_other': '' }) })),
  ).rejects.toMatchObject({
    code: 'MIGRATION_MISSING',
    message: expect.stringContaining(`"20260101_notes" of the plugin "${plugin.id}"`),
  });
  writeFileSync(join(fileURLToPath(folder), '20260101_notes', 'migration.sql'), `${notes['20260101_notes']} -- edited`);
  await expect(migrateOf(world.url, plugin)).rejects.toMatchObject({
    code: 'MIGRATION_EDITED',
    message: expect.stringContaining(`"20260101_notes" of the plugin "${plugin.id}"`),
  });
});

const head = '"accountId" uuid NOT NULL, id int NOT NULL';
describe('a migration that reaches too far fails wholly, naming plugin, file and cure', () => {
  test.each([
    [
      'alters a core table',
      'CREATE TABLE own (a int);\nALTER TABLE "Invoice" ADD COLUMN mine int;',
      /must be owner of table Invoice \(42501.*changes nothing outside its schema/,
    ],
    ['drops a core table', 'DROP TABLE "Change" CASCADE;', /must be owner of table Change/],
    ['writes a core row', `UPDATE "Invoice" SET "totalMinor" = 0;`, /permission denied for table Invoice/],
    ['reads core rows', 'CREATE TABLE copy AS SELECT * FROM "Invoice";', /permission denied for table Invoice/],
    [
      'hooks on to a core table',
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ begin return null; end $$; CREATE TRIGGER t BEFORE INSERT ON "Invoice" FOR EACH ROW EXECUTE FUNCTION f();',
      /permission denied for table Invoice/,
    ],
    [
      'gives itself another role',
      'RESET ROLE; ALTER TABLE "Invoice" ADD COLUMN mine int;',
      /cannot set parameter "role"/,
    ],
    ['becomes somebody else', `SET SESSION AUTHORIZATION DEFAULT;`, /cannot set parameter "session_authorization"/],
    ['takes a role by function', `SELECT set_config('role', 'none', false);`, /cannot set parameter "role"/],
    ['commits', 'CREATE TABLE a (b int); COMMIT;', /(transaction|COMMIT)/],
    [
      'makes a table in public',
      `CREATE TABLE public.mine (${head}, PRIMARY KEY ("accountId", id));`,
      /permission denied for schema public/,
    ],
    [
      'has a table without an account',
      'CREATE TABLE t (id int PRIMARY KEY);',
      /table t has no column "accountId" uuid not null/,
    ],
    ['has a table without a key', `CREATE TABLE t (${head});`, /table t has no primary key/],
    [
      'has a key across accounts',
      `CREATE TABLE t (${head}, PRIMARY KEY ("accountId", id), UNIQUE (id));`,
      /the unique key t_id_key of table t does not begin/,
    ],
    [
      'refers across accounts',
      `CREATE TABLE t (${head}, other uuid REFERENCES "VendorAccount" ON DELETE CASCADE, PRIMARY KEY ("accountId", id));`,
      /the foreign key t_other_fkey of table t does not begin/,
    ],
    [
      'would hold up the core',
      `CREATE TABLE t (${head}, n text, PRIMARY KEY ("accountId", id), FOREIGN KEY ("accountId", n) REFERENCES "Invoice");`,
      /would keep what it refers to from being deleted: write ON DELETE CASCADE/,
    ],
    [
      'has a policy of its own',
      `CREATE TABLE t (${head}, PRIMARY KEY ("accountId", id)); CREATE POLICY all_of_it ON t USING (true);`,
      /table t has the policy all_of_it/,
    ],
    ['has a view over everybody', `CREATE VIEW v AS SELECT 1 AS one;`, /the view v hides whose rows it shows/],
    ['has a copy over everybody', `CREATE MATERIALIZED VIEW v AS SELECT 1 AS one;`, /v is a materialized view/],
    [
      'has a trigger',
      `CREATE TABLE t (${head}, PRIMARY KEY ("accountId", id)); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ begin return null; end $$; CREATE TRIGGER g BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION f();`,
      /table t has the trigger g/,
    ],
    [
      'runs as its owner',
      'CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$ select 1 $$;',
      /the function f is SECURITY DEFINER/,
    ],
    ['is wrong', 'CREATE TABLE a ();\nCREATE TABEL b ();', /syntax error at or near "TABEL" \(42601, line 2\)/],
  ])('%s', async (_what, sql, said) => {
    const id = anId();
    const plugin = aPlugin({ id, migrations: migrations({ '20260101_bad': sql }) });
    const refused = migrateOf(world.url, plugin);
    await expect(refused).rejects.toMatchObject({ code: 'MIGRATION_FAILED', message: expect.stringMatching(said) });
    await expect(refused).rejects.toThrow(
      `The migration "20260101_bad" of the plugin "${id}" failed and was rolled back wholly: `,
    );
    expect(
      await rows(`select relname from pg_class where relnamespace = $1::regnamespace`, [
        `plugin_${id.replaceAll('-', '_')}`,
      ]),
    ).toEqual([]);
    // Put right, the same name goes in: nothing of the failure stays in the way.
    await migrateOf(world.url, aPlugin({ id, migrations: migrations({ '20260101_bad': notes['20260101_notes'] }) }));
  });
});

test('a core row goes although a plugin refers to it, and the plugin row goes with it', async () => {
  const account = await world.account('Cascade');
  const id = anId();
  await migrateOf(
    world.url,
    aPlugin({
      id,
      migrations: migrations({
        '20260101_t': `CREATE TABLE t ("accountId" uuid NOT NULL, asin text NOT NULL, PRIMARY KEY ("accountId", asin),
          FOREIGN KEY ("accountId", asin) REFERENCES "Product" ("accountId", asin) ON DELETE CASCADE)`,
      }),
    }),
  );
  const table = `plugin_${id.replaceAll('-', '_')}.t`;
  await rows(`insert into "Product" ("accountId", asin) values ($1, 'B01')`, [account.accountId]);
  await rows(`insert into ${table} values ($1, 'B01')`, [account.accountId]);
  await world.database.ingest(account.accountId, (sql) => sql.query(`delete from "Product" where asin = 'B01'`));
  expect(await rows(`select * from ${table}`)).toEqual([]);
});

test('what plugins may select from they may read in listeners and jobs; organisations have no account to be seen by', async () => {
  const reads = [...core.models.keys()].filter((model) => model !== 'Organisation');
  expect(reads.length).toBeGreaterThan(15);
  await migrateOf(world.url, aPlugin({ id: anId(), capabilities: { reads } }));
});

test('a model that plugins cannot read is refused by name', async () => {
  await expect(
    migrateOf(world.url, aPlugin({ id: anId(), capabilities: { reads: ['Invoice', 'ApiKey'] } })),
  ).rejects.toMatchObject({
    code: 'MIGRATION_INVALID',
    message: expect.stringContaining('wants to read ApiKey, which plugins cannot: name models out of '),
  });
});
