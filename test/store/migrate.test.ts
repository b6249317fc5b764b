import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { prismaVerdict } from '../support/prisma-ddl.ts';

let folder: string;
let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'acorn-migrations-'));
  database = await testDatabase({ empty: true });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

function aMigration(name: string, sql: string, inFolder = folder): void {
  mkdirSync(join(inFolder, name), { recursive: true });
  writeFileSync(join(inFolder, name, 'migration.sql'), sql);
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
  );
  return rows.map((row) => row.name).filter((name) => name !== '_prisma_migrations');
}

const orders = 'CREATE TABLE "Order" (id int PRIMARY KEY);';
const guard = `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  raise exception 'no; never';
end $$;
CREATE TRIGGER refuse BEFORE DELETE ON "Order" FOR EACH STATEMENT EXECUTE FUNCTION refuse();`;

test('migrations are applied once, by name, functions with semicolons included', async () => {
  aMigration('20260102_guard', guard);
  aMigration('20260101_orders', orders);
  expect(await migrate(database.url, [folder])).toEqual({ applied: ['20260101_orders', '20260102_guard'] });
  await expect(client.query('DELETE FROM "Order"')).rejects.toThrow('no; never');
  expect(await migrate(database.url, [folder])).toEqual({ applied: [] });
});

test("the history is Prisma's: one finished row with the checksum of the file", async () => {
  aMigration('20260101_orders', orders);
  await migrate(client, [folder]);
  const { rows } = await client.query('SELECT *, finished_at >= started_at AS in_order FROM _prisma_migrations');
  expect(rows).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      migration_name: '20260101_orders',
      checksum: createHash('sha256').update(orders).digest('hex'),
      started_at: expect.any(Date),
      finished_at: expect.any(Date),
      applied_steps_count: 1,
      logs: null,
      rolled_back_at: null,
      in_order: true,
    },
  ]);
});

test("Prisma's own engine reads that history as its own: done, behind, failed and edited", async () => {
  aMigration('20260101_orders', orders);
  aMigration('20260102_guard', guard);
  await migrate(database.url, [folder]);
  expect(await prismaVerdict(database.url, folder)).toEqual({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  });
  aMigration('20260103_later', 'CREATE TABLE "Later" (id int);');
  expect(await prismaVerdict(database.url, folder)).toMatchObject({
    history: { diagnostic: 'databaseIsBehind', unappliedMigrationNames: ['20260103_later'] },
  });
  aMigration('20260103_later', 'nonsense');
  await expect(migrate(database.url, [folder])).rejects.toThrow();
  aMigration('20260101_orders', `${orders} -- edited`);
  expect(await prismaVerdict(database.url, folder)).toMatchObject({
    editedMigrationNames: ['20260101_orders'],
    failedMigrationNames: ['20260103_later'],
  });
});

test("a plugin's folder comes after the core's, whatever the dates say", async () => {
  const plugin = join(folder, 'plugin');
  const core = join(folder, 'core');
  aMigration('20250101_plugin_note', 'CREATE TABLE "Note" (id int REFERENCES "Order" (id));', plugin);
  aMigration('20260101_orders', orders, core);
  expect((await migrate(database.url, [core, plugin])).applied).toEqual(['20260101_orders', '20250101_plugin_note']);
});

describe('a migration that fails', () => {
  beforeEach(() => {
    aMigration('20260101_orders', orders);
    aMigration('20260102_broken', 'CREATE TABLE "Half" (id int);\nCREATE TABLE "Broken" (id nonsense);');
    aMigration('20260103_later', 'CREATE TABLE "Later" (id int);');
  });

  test('leaves nothing of itself, keeps what came before, and stops what would come after', async () => {
    await expect(migrate(database.url, [folder])).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(/"20260102_broken" failed .* type "nonsense" does not exist \(42704, line 2\)/),
    });
    expect(await tables()).toEqual(['Order']);
  });

  test('is refused until an operator says it was rolled back', async () => {
    await expect(migrate(database.url, [folder])).rejects.toThrow();
    aMigration('20260102_broken', 'CREATE TABLE "Mended" (id int);');
    const refusal = await migrate(database.url, [folder]).catch((error: Error) => error.message);
    expect(refusal).toMatch(/"20260102_broken" failed earlier/);
    // The sentence holds the statement that helps; it must really help.
    await client.query(/run: (UPDATE .*?);/.exec(String(refusal))?.[1] ?? 'no statement in the sentence');
    expect((await migrate(database.url, [folder])).applied).toEqual(['20260102_broken', '20260103_later']);
  });
});

test('a trouble that is not the fault of the file is not held against it', async () => {
  aMigration('20260101_orders', orders);
  const blocker = new pg.Client({ connectionString: database.url });
  await blocker.connect();
  await migrate(database.url, [folder]);
  aMigration('20260103_busy', 'SET LOCAL lock_timeout = 50; ALTER TABLE "Order" ADD COLUMN n int;');
  await blocker.query('BEGIN; LOCK TABLE "Order"');
  await expect(migrate(database.url, [folder])).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message: expect.stringContaining('could not be applied now'),
  });
  await blocker.query('ROLLBACK');
  await blocker.end();
  expect((await migrate(database.url, [folder])).applied).toEqual(['20260103_busy']);
});

test('an applied file that was edited is refused by name; other line ends are no edit', async () => {
  aMigration('20260101_orders', `${orders}\n`);
  await migrate(database.url, [folder]);
  aMigration('20260101_orders', `${orders}\r\n`);
  expect(await migrate(database.url, [folder])).toEqual({ applied: [] });
  aMigration('20260101_orders', `${orders} -- more`);
  await expect(migrate(database.url, [folder])).rejects.toMatchObject({
    code: 'MIGRATION_EDITED',
    message: expect.stringContaining('"20260101_orders"'),
  });
});

test('an applied file that is gone is refused by name', async () => {
  aMigration('20260101_orders', orders);
  aMigration('20260102_later', 'CREATE TABLE "Later" (id int);');
  await migrate(database.url, [folder]);
  rmSync(join(folder, '20260102_later'), { recursive: true });
  await expect(migrate(database.url, [folder])).rejects.toMatchObject({
    code: 'MIGRATION_MISSING',
    message: expect.stringContaining('"20260102_later"'),
  });
});

test('a database that belongs to somebody else is left alone', async () => {
  await client.query('CREATE TABLE customers (id int)');
  aMigration('20260101_orders', orders);
  await expect(migrate(database.url, [folder])).rejects.toMatchObject({
    code: 'DATABASE_NOT_EMPTY',
    message: expect.stringContaining('customers'),
  });
  expect(await tables()).toEqual(['customers']);
});

test('a statement that cannot be in a transaction is the fault of the file, and is remembered', async () => {
  aMigration('20260101_orders', orders);
  aMigration('20260102_index', 'CREATE INDEX CONCURRENTLY later ON "Order" (id);');
  const first = await migrate(database.url, [folder]).catch((error: Error) => error.message);
  expect(first).toMatch(/"20260102_index" failed .*CREATE INDEX CONCURRENTLY.* \(25001\)/);
  await expect(migrate(database.url, [folder])).rejects.toThrow(/"20260102_index" failed earlier/);
});

test('a right that is missing is not held against the file', async () => {
  aMigration('20260101_role', 'CREATE ROLE never_made;');
  await client.query('GRANT CREATE ON SCHEMA public TO acorn_app; SET ROLE acorn_app');
  await expect(migrate(client, [folder])).rejects.toMatchObject({
    message: expect.stringMatching(/could not be applied now .*permission denied to create role \(42501\)/),
  });
  await client.query('RESET ROLE');
  const { rows } = await client.query('SELECT count(*)::int AS n FROM _prisma_migrations');
  expect(rows).toEqual([{ n: 0 }]);
});

test('a file that commits by itself is refused', async () => {
  aMigration('20260101_commits', 'CREATE TABLE "A" (id int); COMMIT; BEGIN;');
  await expect(migrate(database.url, [folder])).rejects.toThrow(/"20260101_commits".*ends its transaction itself/);
});

test('R13 · two that start at once apply each migration once, and the second waits for the first', async () => {
  aMigration('20260101_orders', `${orders} SELECT pg_sleep(0.3);`);
  aMigration('20260102_later', 'CREATE TABLE "Later" (id int);');
  const said: string[] = [];
  const both = await Promise.all([1, 2].map(() => migrate(database.url, [folder], { log: (line) => said.push(line) })));
  expect(both.flatMap((one) => one.applied).sort()).toEqual(['20260101_orders', '20260102_later']);
  expect(said.filter((line) => line.startsWith('Another Acorn is migrating'))).toHaveLength(1);
  expect(said.some((line) => /^Applied migration 20260101_orders in \d+ ms\.$/.test(line))).toBe(true);
});

test('a runner killed in the middle of a file leaves no trace, and the next one applies it', async () => {
  aMigration('20260101_slow', `${orders} SELECT pg_sleep(20);`);
  const first = migrate(database.url, [folder]).catch((error: Error) => error);
  await expect
    .poll(
      async () =>
        (
          await client.query(
            "SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid() AND datname = current_database()",
          )
        ).rowCount,
    )
    .toBe(1);
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid() AND datname = current_database()",
  );
  expect(await first).toBeInstanceOf(Error);
  expect(await tables()).toEqual([]);
  aMigration('20260101_slow', orders);
  expect((await migrate(database.url, [folder])).applied).toEqual(['20260101_slow']);
});

test('a folder without its file, and two of one name, are refused before anything is applied', async () => {
  mkdirSync(join(folder, '20260101_empty'));
  await expect(migrate(database.url, [folder])).rejects.toMatchObject({ code: 'MIGRATION_INVALID' });
  aMigration('20260101_empty', orders);
  await expect(migrate(database.url, [folder, folder])).rejects.toMatchObject({ code: 'MIGRATION_INVALID' });
  expect(await tables()).toEqual([]);
});
