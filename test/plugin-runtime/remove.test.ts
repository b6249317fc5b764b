import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plugin } from '../../src/seams/plugin.ts';
import { removePluginCommand } from '../../src/server/commands/plugin-state.ts';
import { removePlugin } from '../../src/store/plugin-remove.ts';
import { anInvoice } from '../builders/facts.ts';
import { recordFacts } from '../support/record.ts';
import { type TestWorld, testWorld } from '../support/world.ts';
import { aPlugin, migrations, notes, removeFolders, run, until } from './support/plugins.ts';

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

/** Everything in the database that is not the server's own: objects, rights, policies, the plugin's roles; then the rows of every table. */
async function everything(): Promise<string[]> {
  const { rows } = await owner.query<{ line: string }>(`
    select 'schema ' || nspname || coalesce(nspacl::text, '') as line from pg_namespace where nspname !~ '^pg_(temp|toast)'
    union all select 'class ' || oid::regclass || ' ' || relkind::text || relrowsecurity || relforcerowsecurity || coalesce(relacl::text, '')
      from pg_class where relnamespace not in ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)
    union all select 'column ' || attrelid::regclass || '.' || attname || atttypid::regtype || coalesce(attacl::text, '')
      from pg_attribute join pg_class c on c.oid = attrelid where c.relnamespace not in ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)
    union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where conrelid <> 0
    union all select 'trigger ' || tgrelid::regclass || ' ' || regexp_replace(tgname, '[0-9]+$', '') || tgenabled::text from pg_trigger
    union all select 'policy ' || polrelid::regclass || ' ' || polname || polroles::text from pg_policy
    union all select 'function ' || oid::regprocedure || coalesce(proacl::text, '') from pg_proc where pronamespace <> 'pg_catalog'::regnamespace
    union all select 'role ' || rolname from pg_roles where shobj_description(oid, 'pg_authid') = 'Acorn plugin test-gone'
    order by line`);
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const content: string[] = [];
  for (const { name } of tables) {
    const { rows: found } = await owner.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
    content.push(...found.map(({ row }) => `${name} ${row}`));
  }
  return [...rows.map(({ line }) => line), ...content];
}

test('a plugin with tables, rows, events, jobs and places in the log goes without a trace; core data is untouched', async () => {
  const account = await world.account('Removal');
  await recordFacts(world, account, [anInvoice()]);
  const before = await everything();

  const plugin: Plugin = aPlugin({
    id: 'test-gone',
    capabilities: { reads: ['Invoice'] },
    migrations: migrations({
      ...notes,
      '20260102_more': `
        CREATE TYPE mood AS ENUM ('good', 'bad');
        CREATE SEQUENCE counter;
        CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS $$ select n * 2 $$;
        CREATE TABLE mood_of (
          "accountId" uuid NOT NULL, number text NOT NULL, mood mood NOT NULL, n bigserial,
          PRIMARY KEY ("accountId", number),
          FOREIGN KEY ("accountId", number) REFERENCES "Invoice" ("accountId", "number") ON DELETE CASCADE
        );
        CREATE VIEW moods WITH (security_invoker = true) AS SELECT * FROM mood_of;`,
    }),
    emits: {
      noted: {
        version: 1,
        description: 'A note was made.',
        schema: { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } },
        example: {},
      },
    },
    on: [
      {
        name: 'note',
        to: ['invoice-issued'],
        handle: async ({ accountId, ...heard }, { tables, emit }) => {
          if (heard.subject === undefined) return;
          const number = heard.invoiceNumber ?? '';
          await tables(accountId, async (query) => {
            await query('insert into note values ($1, $2, $2)', [accountId, number]);
            await query(`insert into mood_of select "accountId", "number", 'good' from "Invoice" where "number" = $1`, [
              number,
            ]);
          });
          await emit(accountId, 'noted', { number });
        },
      },
    ],
    jobs: [{ name: 'tick', everySeconds: 60, deadlineSeconds: 5, run: async () => {} }],
  });
  const { runtime } = await run(world, [plugin]);
  await until(
    async () =>
      (
        await owner.query(
          'select (select count(*)::int from "PluginEvent") as events, (select count(*)::int from "PluginJob" where "endedAt" is not null) as jobs, (select count(*)::int from plugin_test_gone.moods) as moods',
        )
      ).rows[0],
    ({ events, jobs, moods }) => events === 1 && jobs === 1 && moods === 1,
  );
  await runtime.stop();
  expect(await everything()).not.toEqual(before);

  expect(await removePlugin(world.url, 'test-gone')).toEqual({ known: true, tables: ['mood_of', 'note'] });
  expect(await everything()).toEqual(before);
  expect(await removePlugin(world.url, 'test-gone')).toEqual({ known: false, tables: [] });
});

test('the command refuses a plugin that is installed, and text that is no id', async () => {
  const said: string[] = [];
  const call = {
    platform: { database: world.database, databaseUrl: world.url },
    installed: ['site-us'],
    terminal: { screen: { isTTY: false, columns: 80, write: (text: string) => said.push(text) } },
  };
  await expect(removePluginCommand(call, 'site-us')).rejects.toThrow(
    'the plugin "site-us" is installed and would bring its tables back: take it out of acorn.config.ts first',
  );
  await expect(removePluginCommand(call, 'public"; drop')).rejects.toThrow('say which plugin to remove');
  expect(await removePluginCommand(call, 'site-gb')).toBe(0);
  expect(said).toEqual(['Nothing of a plugin "site-gb" is in this database.\n']);
});
