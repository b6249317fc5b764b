import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acorn } from '../server/support/process.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { gbInvoice } from './gb-invoice.ts';

let folder: string;
let database: TestDatabase;
let key: string;

const unitedStates = `{ organisation: 'Larkfield', name: 'Larkfield US', site: 'US', marketplaceId: 'ATVPDKIKX0DER', vendorCodes: ['LARK'] }`;
const britain = `{ organisation: 'Larkfield', name: 'Larkfield GB', site: 'GB', marketplaceId: 'A1F83G8C2ARO7P', vendorCodes: ['LARKG'] }`;
const configure = (plugins: string, ...accounts: string[]) =>
  writeFileSync(join(folder, 'acorn.config.ts'), `export default { ${plugins} accounts: [${accounts.join(', ')}] };`);
const installed = `plugins: { install: ['acorn-plugin-gb'] },`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'acorn-gb-'));
  database = await testDatabase();
  // As npm installs a package of this name.
  mkdirSync(join(folder, 'node_modules'));
  const example = fileURLToPath(new URL('../../examples/plugin-gb', import.meta.url));
  symlinkSync(example, join(folder, 'node_modules', 'acorn-plugin-gb'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'gb.json'), JSON.stringify(gbInvoice('GB-1', 'GBP')));
  writeFileSync(join(folder, 'us.json'), JSON.stringify(gbInvoice('US-1', 'USD')));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database?.drop();
});

const run = async (...args: string[]) => {
  const process = acorn(args, { DATABASE_URL: database.url }, folder);
  const code = await process.exit;
  return { code, out: process.out(), err: process.err() };
};

/** Start Acorn in the folder as it is configured now, ask it, and stop it. */
async function whileRunning<T>(work: (ask: (query: string) => Promise<Answer>) => Promise<T>): Promise<T> {
  const process = acorn(['start'], { DATABASE_URL: database.url, PORT: '0', LOG_LEVEL: 'info' }, folder);
  try {
    const url = await process.says(/"url":"([^"]+)"/);
    return await work(async (query) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
      return (await response.json()) as Answer;
    });
  } finally {
    await process.stop();
  }
}
interface Answer {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly message: string }[];
}

/** Every row of every core table except the bookkeeping of plugins, and every schema, as lines to compare. */
async function contents(): Promise<{ readonly rows: string[]; readonly schemas: string[] }> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select tablename::text as name from pg_tables where schemaname = 'public' and tablename !~ '^(Plugin|_prisma)' order by 1`,
    );
    const rows: string[] = [];
    for (const { name } of tables) {
      const found = await client.query<{ row: string }>(
        `select '${name} ' || t::text as row from "${name}" t order by 1`,
      );
      rows.push(...found.rows.map(({ row }) => row));
    }
    const { rows: schemas } = await client.query<{ name: string }>(
      `select nspname::text as name from pg_namespace where nspname !~ '^pg_' order by 1`,
    );
    return { rows, schemas: schemas.map(({ name }) => name) };
  } finally {
    await client.end();
  }
}

const everyType = '{ __schema { types { name fields(includeDeprecated: true) { name } } } }';
const amounts = '{ invoices(first: 10) { nodes { number total { amount currency } } } }';
const vat = `{ invoices(first: 10) { nodes { number gb { vatByRate { rate inForce base { amount } vat { amount } vatByLaw { amount } } } } } }`;

test('named in acorn.config.ts it is there, taken out it is gone; what the core knows stays as it was', {
  timeout: 120_000,
}, async () => {
  configure('', unitedStates);
  const before = await run('import', 'us.json', '--account', 'Larkfield US');
  expect(before).toMatchObject({ code: 0 });
  const made = await run('keys', 'create', '--organisation', 'Larkfield');
  key = made.out.trim();
  const without = await whileRunning(async (ask) => ({ types: await ask(everyType), amounts: await ask(amounts) }));
  expect(without.amounts.data).toMatchObject({ invoices: { nodes: [{ number: 'US-1', total: { currency: 'USD' } }] } });
  const untouched = await contents();

  // Without the plugin there is no such site, and nothing falls back to another.
  configure('', unitedStates, britain);
  expect((await run('accounts')).err).toContain('the site "GB" is not installed');

  configure(installed, unitedStates, britain);
  expect(await run('import', 'gb.json', '--account', 'Larkfield GB')).toMatchObject({ code: 0 });
  await whileRunning(async (ask) => {
    const { data, errors } = await ask(vat);
    expect(errors).toBeUndefined();
    expect(data?.invoices).toEqual({
      nodes: expect.arrayContaining([
        { number: 'US-1', gb: null },
        {
          number: 'GB-1',
          gb: {
            vatByRate: [
              {
                rate: '0',
                inForce: true,
                base: { amount: '12.00' },
                vat: { amount: '0.00' },
                vatByLaw: { amount: '0.00' },
              },
              // A penny too much was charged, and the invoice says so by itself.
              {
                rate: '20',
                inForce: true,
                base: { amount: '100.00' },
                vat: { amount: '20.01' },
                vatByLaw: { amount: '20.00' },
              },
            ],
          },
        },
      ]),
    });
  });

  configure('', unitedStates);
  expect(await run('plugin', 'remove', 'site-gb')).toMatchObject({ code: 0 });
  const after = await contents();
  // Only the head of the log moved on, and when a key was used last, since another account's invoice came in meanwhile.
  expect(after.schemas).toEqual(untouched.schemas);
  expect(untouched.rows.filter((row) => !/^(Feed|ApiKey|AccessGrant) /.test(row) && !after.rows.includes(row))).toEqual(
    [],
  );
  expect(untouched.rows.length).toBeGreaterThan(5);
  const again = await whileRunning(async (ask) => ({
    types: await ask(everyType),
    amounts: await ask(amounts),
    vat: await ask(vat),
  }));
  expect(again.types).toEqual(without.types);
  expect(JSON.stringify(again.types)).not.toMatch(/"Gb|"gb"/);
  expect(again.vat.errors?.[0]?.message).toContain('Cannot query field "gb"');
  // What the account at that site had told before is the core's, and still there.
  expect(again.amounts.data).toMatchObject({
    invoices: { nodes: expect.arrayContaining([expect.objectContaining({ number: 'GB-1' })]) },
  });
});

test('acorn plugin check keeps it to every law, by the name of its package', { timeout: 60_000 }, async () => {
  configure('');
  const { code, out } = await run('plugin', 'check', 'acorn-plugin-gb');
  expect(out).toContain(' 0 broken');
  expect(out).toContain('✓ S13');
  expect(out).toContain('✓ O2');
  expect(code).toBe(0);
});
