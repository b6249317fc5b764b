import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AcornProcess, acorn } from '../server/support/process.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** A plugin from outside, for tenants in Japan: a field, a right of its own and a secret. */
const plugin = `import { definePlugin } from 'acorn/plugin';
import { z } from '${import.meta.resolve('zod')}';
export default definePlugin({
  id: 'greeter', version: '1.2.0', description: 'It greets.', platform: '^0.9', visibleTo: ['JP'],
  config: { deployment: z.object({ word: z.string(), token: z.string() }), secrets: ['token'] },
  scopes: { 'greeter:read': 'Greetings.' },
  schema: {
    sdl: 'extend type Query { "A greeting." greeterHello: String "One that fails." greeterFails: String }',
    fields: {
      'Query.greeterHello': { needs: 'greeter:read', resolve: (_none, _args, { config }) => config.word },
      'Query.greeterFails': { needs: 'greeter:read', resolve: (_none, _args, { config }) => { throw new Error('with ' + config.token); } },
    },
  },
});`;
const account = (organisation: string, site: string, marketplaceId: string) => ({
  organisation,
  name: `${organisation} ${site}`,
  site,
  marketplaceId,
  vendorCodes: [],
});

let folder: string;
let database: TestDatabase;
let server: AcornProcess | undefined;
let url: string;
const keys: Record<string, string> = {};

const run = async (...args: string[]): Promise<string> => {
  const process = acorn(args, { DATABASE_URL: database.url }, folder);
  expect({ code: await process.exit, err: process.err().replace(/^Keep it now.*\n/m, '') }).toEqual({
    code: 0,
    err: '',
  });
  return process.out();
};
const ask = async (key: string, query: string) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
  };
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'acorn-server-'));
  database = await testDatabase();
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'greeter.ts'), plugin);
  const config = {
    port: 0,
    accounts: [
      account('Sakura', 'JP', 'A1VC38T7YXB528'),
      account('Liberty', 'US', 'ATVPDKIKX0DER'),
      account('Both', 'US', 'ATVPDKIKX0DER'),
      account('Both', 'JP', 'A1VC38T7YXB528'),
    ],
    plugins: {
      install: ['./greeter.ts'],
      allowPlatformMismatch: ['greeter'],
      config: { greeter: { word: 'konnichiwa', token: 'planted-token' } },
    },
  };
  writeFileSync(join(folder, 'acorn.config.ts'), `export default ${JSON.stringify(config)};`);
  for (const organisation of ['Sakura', 'Liberty', 'Both']) {
    keys[organisation] = (await run('keys', 'create', '--organisation', organisation)).trim();
  }
  server = acorn(['start'], { DATABASE_URL: database.url }, folder);
  url = await server.says(/"url":"([^"]+)"/);
}, 90_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
  await database?.drop();
}, 30_000);

test('tenants at its sites see a plugin, others do not know that it is there', async () => {
  for (const organisation of ['Sakura', 'Both']) {
    expect(await ask(keys[organisation] ?? '', '{ greeterHello }')).toEqual({ data: { greeterHello: 'konnichiwa' } });
  }
  const { errors } = await ask(keys.Liberty ?? '', '{ greeterHello }');
  expect(errors?.map(({ message }) => message)).toEqual(['Cannot query field "greeterHello" on type "Query".']);
  const { data } = await ask(keys.Liberty ?? '', '{ __type(name: "Query") { fields { name } } }');
  expect(JSON.stringify(data)).toContain('"invoices"');
  expect(JSON.stringify(data)).not.toContain('greeter');
});

test('a key may be made for a right that a plugin adds, and for no other', async () => {
  const narrow = (await run('keys', 'create', '--organisation', 'Sakura', '--scope', 'order:read')).trim();
  const { errors, data } = await ask(narrow, '{ greeterHello }');
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect(data).toEqual({ greeterHello: null });
  const own = (await run('keys', 'create', '--organisation', 'Sakura', '--scope', 'greeter:read')).trim();
  expect(await ask(own, '{ greeterHello }')).toEqual({ data: { greeterHello: 'konnichiwa' } });
}, 60_000);

test('a field that throws is lost alone; the cause is in the log, without its secret', async () => {
  const { data, errors } = await ask(keys.Sakura ?? '', '{ greeterHello greeterFails }');
  expect(data).toEqual({ greeterHello: 'konnichiwa', greeterFails: null });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'PLUGIN_FAILED', plugin: 'greeter' });
  expect(JSON.stringify(errors)).not.toContain('planted');
  expect(server?.out()).toContain('a field of a plugin did not answer');
  expect(server?.out()).not.toContain('planted-token');
});

test('a plugin that runs outside its range is in the log of every start, and in the API', async () => {
  const said = '"greeter" 1.2.0 was written for platform ^0.9 and runs on platform 1.0.0';
  expect(server?.out().replaceAll('\\"', '"')).toContain(said);
  const { data } = await ask(keys.Liberty ?? '', '{ platform { plugins { problems { message } } } }');
  expect(JSON.stringify(data).replaceAll('\\"', '"')).toContain(said);
});

test('platform says what is installed; what is switched off says so, while it runs', async () => {
  const query = '{ platform { version plugins { id version enabled health { status } } } greeterHello }';
  const greeter = async () => {
    const { data, errors } = await ask(keys.Sakura ?? '', query);
    const platform = data?.platform as { version: string; plugins: { id: string }[] } | undefined;
    expect(platform?.version).toBe('1.0.0');
    return {
      of: platform?.plugins.find(({ id }) => id === 'greeter'),
      hello: data?.greeterHello,
      code: errors?.[0]?.extensions.code,
    };
  };
  expect(await greeter()).toEqual({
    of: { id: 'greeter', version: '1.2.0', enabled: true, health: { status: 'OK' } },
    hello: 'konnichiwa',
    code: undefined,
  });

  await run('plugins', 'disable', 'greeter');
  await expect.poll(greeter, { timeout: 6_000, interval: 250 }).toEqual({
    of: { id: 'greeter', version: '1.2.0', enabled: false, health: { status: 'DISABLED' } },
    hello: null,
    code: 'PLUGIN_DISABLED',
  });

  await run('plugins', 'enable', 'greeter');
  await expect.poll(async () => (await greeter()).hello, { timeout: 6_000, interval: 250 }).toBe('konnichiwa');
}, 60_000);
