import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { instant } from '../../src/base/instant.ts';
import { ensureAccount, ensureOrganisation } from '../../src/store/accounts.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { removePlugin } from '../../src/store/plugin-remove.ts';
import { openPluginTables } from '../../src/store/plugin-tables.ts';
import { aPlugin, migrateOf, migrations, notes, removeFolders } from './support/plugins.ts';

const core = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const name = `plain_${randomBytes(5).toString('hex')}`;
let server: pg.Client;
beforeAll(async () => {
  server = new pg.Client({ connectionString: inject('serverUrl') });
  await server.connect();
});
afterAll(async () => {
  await server.query(`drop database if exists ${name} with (force)`);
  await server.end();
  removeFolders();
});

test('an owner who is no superuser, as on a managed PostgreSQL, can have plugins with tables, and remove them', async () => {
  await server.query(`create role ${name} login password 'plain' createrole nosuperuser`);
  await server.query(`grant acorn_app, acorn_worker, acorn_plugin, acorn_retention to ${name} with admin option`);
  await server.query(`create database ${name} owner ${name}`);
  const url = new URL(inject('serverUrl'));
  Object.assign(url, { username: name, password: 'plain', pathname: `/${name}` });
  await migrate(url.href, [core]);

  const plugin = aPlugin({ id: 'plain-one', migrations: migrations(notes), capabilities: { reads: ['Invoice'] } });
  expect(await migrateOf(url.href, plugin)).toMatchObject({ applied: ['plain-one/20260101_notes'] });
  const reaching = aPlugin({
    id: 'plain-two',
    migrations: migrations({ '20260101_bad': 'DROP TABLE "Invoice" CASCADE;' }),
  });
  await expect(migrateOf(url.href, plugin, reaching)).rejects.toThrow('must be owner of table Invoice');

  const database = openDatabase(url.href);
  const tables = openPluginTables(url.href);
  const now = instant('2026-11-23T12:00:00Z');
  const { accountId } = await ensureAccount(
    database,
    {
      organisationId: await ensureOrganisation(database, 'Plain', now),
      name: 'Plain',
      site: 'US',
      marketplaceId: 'ATVPDKIKX0DER',
      currency: 'USD' as never,
      timeZone: 'UTC',
      vendorCodes: [],
      paymentTerms: null,
      connector: null,
    },
    now,
  );
  await tables.use('plain-one', accountId, (query) => query('insert into note values ($1, $2, $2)', [accountId, 'n']));
  expect(await tables.use('plain-one', accountId, (query) => query('select id from note'))).toEqual([{ id: 'n' }]);
  await tables.close();
  await database.close();

  expect(await removePlugin(url.href, 'plain-one')).toEqual({ known: true, tables: ['note'] });
  expect(
    (
      await server.query(
        `select rolname from pg_roles where shobj_description(oid, 'pg_authid') = 'Acorn plugin plain-one'`,
      )
    ).rows,
  ).toEqual([]);
});
