import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/base/ids.ts';
import { ownTables } from '../../src/plugin-runtime/own-tables.ts';
import type { PluginFieldContext } from '../../src/seams/schema.ts';
import { openPluginTables } from '../../src/store/plugin-tables.ts';
import { aPlugin } from '../builders/plugin.ts';
import { migrateOf, migrations, notes, removeFolders } from '../plugin-runtime/support/plugins.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { startGateway, type TestGateway } from './support/gateway.ts';
import { type Transport, transports } from './support/transports.ts';

/** How often the plugin's load was asked. */
let loads = 0;
const noted = aPlugin('noted', {
  migrations: migrations(notes),
  schema: {
    sdl: 'extend type Query { "Notes of every account, in order." notedBodies: [String!] }',
    fields: {
      'Query.notedBodies': {
        needs: 'order:read',
        resolve: async (_root: object, _args: object, { accountIds, batch }: PluginFieldContext) => {
          const bodies = await Promise.all(
            accountIds.map((accountId) =>
              batch('bodies', { accountId, key: 'n' }, async (ids, query) => {
                loads += 1;
                const rows = await query<{ id: string; body: string }>('select id, body from note');
                return ids.map((id) => rows.filter((row) => row.id === id).map(({ body }) => body));
              }),
            ),
          );
          return bodies.flat().sort();
        },
      },
    },
  },
});

let gateway: TestGateway;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await migrateOf(database.url, noted);
  gateway = await startGateway(database.url, [], [noted]);
  const accounts = await gateway.database.work((sql) =>
    sql.query<{ accountId: AccountId; name: string }>('select "accountId", "name" from "VendorAccount"'),
  );
  const tables = openPluginTables(database.url);
  for (const { accountId, name } of accounts) {
    await ownTables(noted, tables)(accountId, (query) =>
      query('insert into note values ($1, $2, $3)', [accountId, 'n', `of ${name}`]),
    );
  }
  await tables.close();
});
afterAll(async () => {
  await gateway?.stop();
  await database?.drop();
  removeFolders();
});

describe.each(Object.keys(transports) as (keyof typeof transports)[])('by %s', (name) => {
  const ask: Transport = transports[name];

  test('a tenant sees the rows a plugin keeps for it, asked once for each account, and nobody sees those of others', async () => {
    loads = 0;
    const query = '{ notedBodies again: notedBodies }';
    const mine = ['of Northwind CA', 'of Northwind US'];
    expect(await ask(gateway, query)).toEqual({ data: { notedBodies: mine, again: mine } });
    expect(loads).toBe(2);
    const theirs = await ask(gateway, query, { authorization: `Bearer ${gateway.otherKey}` });
    expect(theirs.data).toEqual({ notedBodies: ['of Secret Brand'], again: ['of Secret Brand'] });
  });
});
