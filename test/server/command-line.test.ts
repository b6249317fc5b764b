import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { acorn } from './support/process.ts';

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'acorn-command-'));
  database = await testDatabase();
  writeFileSync(
    join(folder, 'acorn.config.ts'),
    `export default { accounts: [{ organisation: 'Northwind Brands', name: 'Northwind US', site: 'US',
       marketplaceId: 'ATVPDKIKX0DER', vendorCodes: ['NORTH'], connector: 'sp-api',
       settings: { clientId: 'id', clientSecret: 'planted-client-secret', refreshToken: 'Atzr|planted-refresh', endpoint: 'http://127.0.0.1:9', tokenUrl: 'http://127.0.0.1:9/token' } }] };`,
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database?.drop();
});

const run = async (
  args: string[],
  environment: Record<string, string> = { DATABASE_URL: database.url },
  at = folder,
) => {
  const process = acorn(args, environment, at);
  const code = await process.exit;
  return { code, out: process.out(), err: process.err() };
};
/** One sentence, no stack, and a failing exit code. */
const oneSentence = ({ code, err }: { code: number | null; err: string }) => {
  expect(code).toBe(1);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err).not.toMatch(/\bat .*:\d+:\d+/);
  return err.trim();
};

describe('asking', () => {
  test('help names every command, the version is the package’s, and neither needs a database', async () => {
    const { code, out } = await run(['--help'], {});
    expect(code).toBe(0);
    for (const command of [
      'start',
      'simulate',
      'import',
      'accounts',
      'keys create',
      'keys revoke',
      'rates import',
      'migrate',
    ]) {
      expect(out).toContain(`acorn ${command}`);
    }
    expect(out.split('\n').length).toBeLessThan(50);
    expect((await run(['--version'], {})).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('what is not a command or an option is told in a sentence', async () => {
    expect(oneSentence(await run(['strat']))).toBe('There is no command "strat": see "acorn --help".');
    expect(oneSentence(await run(['start', '--dmeo']))).toContain("Unknown option '--dmeo'");
    expect(oneSentence(await run(['import', 'a.json']))).toContain('--account');
  });
});

describe('trouble is one sentence', () => {
  test('a port in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const said = oneSentence(await run(['start'], { DATABASE_URL: database.url, PORT: String(port) }));
    expect(said).toContain(`Port ${port} on 127.0.0.1 is in use`);
    other.close();
  });

  test('a database that is not there, or that does not let us in, without its password', async () => {
    const gone = await run(['start'], {
      DATABASE_URL: 'postgres://acorn:planted-password@127.0.0.1:9/acorn',
      PORT: '0',
    });
    expect(oneSentence(gone)).toContain('Cannot use the database at 127.0.0.1:9/acorn');
    const wrong = new URL(database.url);
    wrong.password = 'planted-password';
    const refused = await run(['migrate'], { DATABASE_URL: wrong.href });
    expect(oneSentence(refused)).toContain('password');
    expect(gone.out + gone.err + refused.out + refused.err).not.toContain('planted-password');
  });

  test('a configuration that cannot be', async () => {
    expect(oneSentence(await run(['start'], { PORT: '99999' }))).toBe(
      'The configuration is wrong: PORT: write a port between 0 and 65535.',
    );
    const elsewhere = mkdtempSync(join(folder, 'site-'));
    writeFileSync(
      join(elsewhere, 'acorn.config.ts'),
      `export default { accounts: [{ organisation: 'a', name: 'b', site: 'XX', marketplaceId: 'c', vendorCodes: [] }] };`,
    );
    const said = oneSentence(await run(['start'], { DATABASE_URL: database.url, PORT: '0' }, elsewhere));
    expect(said).toContain('accounts[0].site: the site "XX" is not installed');
  });
});

describe('keys and accounts', () => {
  test('a key is shown once, works, and stops working when it is revoked', { timeout: 60_000 }, async () => {
    const process = acorn(['start'], { DATABASE_URL: database.url, PORT: '0', LOG_LEVEL: 'trace' }, folder);
    const url = await process.says(/"url":"([^"]+)"/);

    const made = await run([
      'keys',
      'create',
      '--organisation',
      'Northwind Brands',
      '--scope',
      'account:read',
      '--days',
      '1',
    ]);
    expect(made.code).toBe(0);
    const key = made.out.trim();
    expect(key).toMatch(/^acorn_live_\w{8}_\w{38}$/);
    const ask = () =>
      fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ accounts(first: 5) { nodes { name } } }' }),
      });
    expect(await (await ask()).json()).toEqual({ data: { accounts: { nodes: [{ name: 'Northwind US' }] } } });

    expect((await run(['keys', 'revoke', key.slice(0, 19)])).code).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    expect((await ask()).status).toBe(401);

    expect((await run(['accounts'])).out).toMatch(
      /^Northwind US \(Northwind Brands\)\n {2}[\w-]{36} {2}US USD {2}NORTH\n/,
    );
    const narrow = await run([
      'keys',
      'create',
      '--organisation',
      'Northwind Brands',
      '--name',
      'Dock',
      '--role',
      'logistics',
    ]);
    expect(
      await (
        await fetch(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${narrow.out.trim()}`, 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ viewer { rights } }' }),
        })
      ).json(),
    ).toEqual({
      data: { viewer: { rights: ['account:read', 'order:read', 'shipment:read', 'receipt:read', 'change:read'] } },
    });
    expect(
      oneSentence(await run(['keys', 'create', '--organisation', 'Northwind Brands', '--role', 'emperor'])),
    ).toContain('there is no role "emperor": write one of owner, sales');

    expect(oneSentence(await run(['keys', 'create', '--organisation', 'Nobody']))).toContain(
      'no organisation "Nobody"',
    );
    expect(oneSentence(await run(['keys', 'create', '--organisation', 'Northwind Brands', '--scope', 'x']))).toContain(
      'order:read',
    );

    // R14, S6: it stops cleanly and soon, and nothing secret is in what it wrote while its connector failed.
    const started = Date.now();
    expect(await process.stop()).toBe(0);
    expect(Date.now() - started).toBeLessThan(10_000);
    const written = process.out() + process.err();
    expect(written).toContain('"account":"Northwind US"');
    const { password } = new URL(database.url);
    for (const secret of [key, 'planted-client-secret', 'planted-refresh', password]) {
      expect(secret.length).toBeGreaterThan(5);
      expect(written).not.toContain(secret);
    }
  });

  test('people are added with a role, listed, and removed', async () => {
    const northwind = ['--organisation', 'Northwind Brands'];
    const anna = ['https://id.example.com', 'anna'];
    expect((await run(['members', ...northwind])).out).toBe('Northwind Brands has no members yet.\n');
    expect((await run(['members', 'add', ...anna, ...northwind, '--name', 'Anna', '--role', 'finance'])).out).toBe(
      'Anna is a member of Northwind Brands: finance.\n',
    );
    expect((await run(['members', ...northwind])).out).toBe('Anna  finance  anna of https://id.example.com\n');
    expect((await run(['members', 'remove', ...anna, ...northwind])).code).toBe(0);
    expect(oneSentence(await run(['members', 'remove', ...anna, ...northwind]))).toContain('is no member');
  }, 60_000);
});

describe('files', () => {
  const order = (number: string, units: number) => ({
    purchaseOrderNumber: number,
    purchaseOrderState: 'New',
    orderDetails: {
      purchaseOrderDate: '2026-11-02T10:00:00Z',
      purchaseOrderStateChangedDate: '2026-11-02T10:00:00Z',
      purchaseOrderType: 'RegularOrder',
      buyingParty: { partyId: 'PHX6' },
      sellingParty: { partyId: 'NORTH' },
      shipToParty: { partyId: 'PHX6' },
      billToParty: { partyId: 'AMZN' },
      items: [
        {
          itemSequenceNumber: '1',
          amazonProductIdentifier: 'B000000001',
          orderedQuantity: { amount: units, unitOfMeasure: 'Eaches', unitSize: 1 },
          isBackOrderAllowed: false,
          netCost: { currencyCode: 'USD', amount: '12.34' },
        },
      ],
    },
  });

  test('each file says what landed, what was repeated, what was parked and why, and what is unknown', async () => {
    const write = (name: string, content: unknown) => {
      writeFileSync(join(folder, name), JSON.stringify(content));
      return name;
    };
    const good = write('orders.json', { payload: { orders: [order('ABCD1234', 10)] } });
    const bad = write('half.json', {
      payload: {
        orders: [order('ABCD1235', 10), { ...order('ABCD1236', 1), orderDetails: { purchaseOrderDate: 'yesterday' } }],
      },
    });
    const strange = write('strange.json', { hello: 'world' });
    const { code, out } = await run(['import', good, good, bad, strange, 'missing.json', '--account', 'Northwind US']);
    expect(code).toBe(1);
    const lines = out.trim().split('\n');
    expect(lines[0]).toMatch(/^orders\.json: landed: getPurchaseOrders, \d+ new facts? of \d+, \d+ changes?/);
    expect(lines[1]).toBe('orders.json: repeated, getPurchaseOrders was here before');
    expect(lines[2]).toMatch(/^half\.json: landed without \d+ parts?: getPurchaseOrders/);
    expect(lines[3]).toMatch(/^ {2}parked [A-Z_]+ at \/payload\/orders\/1.*: .+/);
    expect(out).toContain('strange.json: not recognised (UNKNOWN_DOCUMENT)');
    expect(out).toContain('missing.json: not read, there is no such file');
    expect(lines.at(-1)).toBe('1 landed, 1 repeated, 1 parked, 2 not read');
    expect((await run(['import', good, '--account', 'Northwind US'])).code).toBe(0);
    expect(oneSentence(await run(['import', good, '--account', 'Nobody']))).toContain('write one of "Northwind US"');
  });
});

describe('reference rates', () => {
  test('a file of rates lands, twice changes nothing, and what was left out is told by its place', async () => {
    const write = (name: string, rates: string) => {
      writeFileSync(join(folder, name), `<Envelope><Cube><Cube time="2026-11-20">${rates}</Cube></Cube></Envelope>`);
      return name;
    };
    const good = write('daily.xml', '<Cube currency="USD" rate="1.1532"/><Cube currency="JPY" rate="171.35"/>');
    const bad = write('other.xml', '<Cube currency="USD" rate="1.2"/><Cube currency="CAD" rate="N/A"/>');
    writeFileSync(join(folder, 'rates.json'), '{}');
    const { code, out } = await run(['rates', 'import', good, bad, 'rates.json', 'missing.xml']);
    expect(code).toBe(1);
    expect(out.trim().split('\n')).toEqual([
      'daily.xml: 2 rates, 2026-11-20 to 2026-11-20: 2 landed, 0 known, 0 left out',
      'other.xml: 1 rate, 2026-11-20 to 2026-11-20: 0 landed, 0 known, 2 left out',
      expect.stringMatching(/^ {2}left out RATE_UNREADABLE at \/Envelope\/Cube\/Cube\[1\]\/Cube\[2\]: CAD 2026-11-20/),
      expect.stringMatching(/^ {2}left out RATE_DIFFERS at \/Envelope\/Cube\/Cube\[1\]\/Cube\[1\]: .* kept as 1\.1532/),
      expect.stringMatching(/^rates\.json: no file of reference rates \(NOT_XML\): line 1/),
      'missing.xml: not read, there is no such file',
    ]);
    expect(await run(['rates', 'import', good])).toMatchObject({
      code: 0,
      out: 'daily.xml: 2 rates, 2026-11-20 to 2026-11-20: 0 landed, 2 known, 0 left out\n',
    });
  });
});
