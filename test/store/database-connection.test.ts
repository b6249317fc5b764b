import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { reachDatabase } from '../../src/store/database-connection.ts';
import { freePort } from '../../src/store/embedded-postgres/server.ts';
import { migrate } from '../../src/store/migrate.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

/** The test database's address with something else in it. */
function but(change: (url: URL) => void): string {
  const url = new URL(database.url);
  change(url);
  return url.href;
}

test('a database that answers is reached', async () => {
  await expect(reachDatabase(database.url)).resolves.toBeUndefined();
});

test.each<[string, () => string | Promise<string>, RegExp]>([
  [
    'a wrong password',
    () =>
      but((url) => {
        url.password = 'hunter2';
      }),
    /the password for user "postgres" is wrong/,
  ],
  [
    'no password',
    () =>
      but((url) => {
        url.password = '';
      }),
    /the server wants a password and DATABASE_URL has none/,
  ],
  [
    'a user who may not',
    () =>
      but((url) => {
        url.username = 'acorn_app';
        url.password = 'hunter2';
      }),
    /user "acorn_app"/,
  ],
  [
    'a database that is missing',
    () =>
      but((url) => {
        url.pathname = '/nowhere';
      }),
    /there is no database "nowhere" on that server/,
  ],
  [
    'a host that is down',
    async () => `postgres://postgres:hunter2@127.0.0.1:${await freePort()}/acorn`,
    /nothing listens there/,
  ],
  [
    'a name that no host has',
    () => 'postgres://postgres:hunter2@acorn.invalid/acorn',
    /acorn\.invalid:5432\/acorn: no host/,
  ],
  ['an address that is none', () => 'postgres://hunter2@:not-a-port/', /DATABASE_URL is not a connection string/],
  [
    'a server without TLS',
    () =>
      but((url) => {
        url.searchParams.set('sslmode', 'verify-full');
      }),
    /do not agree about TLS/,
  ],
])('%s is one sentence, without the password', async (_what, address, sentence) => {
  const error = await reachDatabase(await address()).catch((caught: Error) => caught);
  expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE', message: expect.stringMatching(sentence) });
  const { password } = new URL(database.url);
  expect(String(error)).not.toContain('hunter2');
  expect(String(error)).not.toContain(password);
  expect(String(error)).not.toContain('\n');
});

test('something that is not PostgreSQL is one sentence', async () => {
  const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  await expect(reachDatabase(`postgres://postgres:x@127.0.0.1:${port}/acorn`)).rejects.toMatchObject({
    code: 'DATABASE_UNREACHABLE',
  });
  other.close();
});

test('a server without a connection left is one sentence', async () => {
  const server = new pg.Client({ connectionString: inject('serverUrl') });
  await server.connect();
  const name = new URL(database.url).pathname.slice(1);
  await server.query(
    `CREATE ROLE narrow LOGIN PASSWORD 'narrow' CONNECTION LIMIT 0; GRANT CONNECT ON DATABASE ${name} TO narrow`,
  );
  const error = await reachDatabase(
    but((url) => {
      url.username = 'narrow';
      url.password = 'narrow';
    }),
  ).catch((caught: Error) => caught);
  await server.query(`REVOKE ALL ON DATABASE ${name} FROM narrow; DROP ROLE narrow`);
  await server.end();
  expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE', message: expect.stringContaining('no connection left') });
});

test('migrating says the same when the database cannot be reached', async () => {
  const address = but((url) => {
    url.pathname = '/nowhere';
  });
  await expect(migrate(address, [])).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
});
