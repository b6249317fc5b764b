import { describe, expect, test } from 'vitest';
import { readConfiguration } from '../../src/server/config.ts';
import { fromEnv } from '../../src/server/define-config.ts';

const northwind = {
  organisation: 'Northwind Brands',
  name: 'Northwind US',
  site: 'US',
  marketplaceId: 'ATVPDKIKX0DER',
  vendorCodes: ['NORTH'],
  connector: 'sp-api',
  settings: { clientSecret: fromEnv('SECRET'), endpoint: 'https://api.example.com' },
};

const complaint = (environment: Record<string, string>, written?: unknown): string => {
  try {
    readConfiguration(environment, written);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing is wrong';
};

describe('configuration', () => {
  test('nothing written and nothing set is a sound configuration', () => {
    expect(readConfiguration({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      databaseUrl: undefined,
      accounts: [],
    });
  });

  test('the environment wins over the file, and an empty variable counts as not set', () => {
    const written = { port: 5000, logLevel: 'debug' };
    expect(readConfiguration({ PORT: '6000', LOG_LEVEL: '' }, written)).toMatchObject({
      port: 6000,
      logLevel: 'debug',
    });
  });

  test('every mistake is told at once, each by its key and with what to write', () => {
    const said = complaint(
      { PORT: 'abc', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x' },
      { prot: 1, accounts: [{ ...northwind, site: undefined, vendorCodes: 'NORTH', settings: {} }] },
    );
    expect(said.split('\n')).toEqual([
      'The configuration is wrong in 6 places:',
      '  PORT: write a port between 0 and 65535, such as 4000.',
      '  DATABASE_URL: write a connection string such as postgres://user:password@host:5432/acorn.',
      '  LOG_LEVEL: write one of fatal, error, warn, info, debug, trace, silent.',
      '  acorn.config.ts: accounts[0].site: write where Amazon buys, such as "US"; "acorn plugins" lists the sites.',
      '  acorn.config.ts: accounts[0].vendorCodes: write a list of vendor codes.',
      '  acorn.config.ts: prot: there is no such key; remove it.',
    ]);
  });

  test('brokers for the bell: three replicas unless said otherwise, no credentials in addresses, secrets hidden', () => {
    const nats = { servers: ['nats-1:4222', '10.0.0.2:4222', '[::1]:4222'], user: 'acorn', password: 'long-enough' };
    const config = readConfiguration({}, { bell: { nats } });
    expect(config.bell).toEqual({ nats: { ...nats, replicas: 3 } });
    expect(config.secrets).toContain('long-enough');
    expect(readConfiguration({}).bell).toEqual({});
    expect(
      complaint({}, { bell: { nats: { servers: ['nats://acorn:secret@nats-1:4222'], replicas: 2 } } }).split('\n'),
    ).toEqual([
      'The configuration is wrong in 2 places:',
      '  acorn.config.ts: bell.nats.servers[0]: write a server as host:port, such as "nats-1:4222"; user, password and token are keys of their own.',
      '  acorn.config.ts: bell.nats.replicas: write 1, 3 or 5.',
    ]);
    expect(complaint({}, { bell: { nats: { servers: [] } } })).toContain('write one server or more');
  });

  test('webhooks stay on the open internet unless told otherwise, and the key of secrets is 32 bytes, never shown', () => {
    expect(readConfiguration({})).toMatchObject({
      webhooks: { allowHttp: false, allowPrivateAddresses: false },
      secretKeys: [],
    });
    const [current, old] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
    const { secretKeys, secrets } = readConfiguration({ ACORN_SECRET_KEY: `${current}, ${old}` });
    expect(secretKeys.map((key) => Buffer.from(key).toString('base64'))).toEqual([current, old]);
    expect(secrets).toEqual([current, old]);
    expect(complaint({ ACORN_SECRET_KEY: 'too-short' })).toBe(
      'The configuration is wrong: ACORN_SECRET_KEY: write 32 bytes in base64, as "openssl rand -base64 32" does; several are separated by commas.',
    );
    expect(complaint({}, { webhooks: { allowHttp: 'yes' } })).toContain('webhooks.allowHttp: write true or false');
  });

  test('a secret comes from the environment; missing, its variable is named', () => {
    const config = readConfiguration({ SECRET: 'very-secret-value' }, { accounts: [northwind] });
    expect(config.accounts[0]?.settings).toMatchObject({ clientSecret: 'very-secret-value' });
    expect(config.secrets).toEqual(['very-secret-value']);
    expect(complaint({}, { accounts: [northwind] })).toBe(
      'The configuration is wrong: acorn.config.ts: accounts[0].settings.clientSecret: the environment variable SECRET is not set; set it.',
    );
  });

  test('no complaint repeats a value: it may be a secret in the wrong place', () => {
    const said = complaint(
      { PORT: 'Atzr|secret', DATABASE_URL: 'secret', HOST: ' ' },
      { logLevel: 'secret', issuers: 'secret' },
    );
    expect(said).not.toContain('secret');
    expect(said).toContain('5 places'.replace('5', '4'));
  });

  test('a tax profile is checked by its parts, and a day that does not exist is none', () => {
    const account = { ...northwind, settings: {} };
    const sound = {
      establishedIn: 'US',
      registrations: [],
      certificates: [{ kind: 'resale', number: 'MTC-1', validUntil: '2028-12-31' }],
    };
    const config = readConfiguration({}, { accounts: [{ ...account, tax: sound }] });
    expect(config.accounts[0]?.tax).toMatchObject(sound);
    const said = complaint(
      {},
      {
        accounts: [
          {
            ...account,
            tax: {
              establishedIn: 'usa',
              registrations: [{ scheme: 'JP-T', number: 'T1010601041226', validFrom: '2026-02-30' }],
              certificates: [{ kind: 'resale', validFrom: '2026-02-01', validUntil: '2026-01-31' }],
              rounding: 'up',
              vat: true,
            },
          },
        ],
      },
    );
    const at = 'acorn.config.ts: accounts[0].tax';
    expect(said.split('\n').slice(1)).toEqual([
      `  ${at}.establishedIn: write a country such as "DE".`,
      `  ${at}.registrations[0].validFrom: write a day that exists, such as "2026-11-23".`,
      `  ${at}.certificates[0].validUntil: write a last day that is not before the first.`,
      `  ${at}.rounding: write one of half-away-from-zero, truncate, ceiling.`,
      `  ${at}.vat: there is no such key; remove it.`,
    ]);
  });

  test('two accounts of one name, and keys of an issuer fetched in the clear, are refused', () => {
    const twice = complaint({ SECRET: 'x' }, { accounts: [northwind, northwind] });
    expect(twice).toContain('two accounts are called "Northwind US" of "Northwind Brands"');
    const issuer = { issuer: 'https://id.example.com', audience: 'acorn', jwksUri: 'http://169.254.169.254/keys' };
    expect(complaint({}, { issuers: [issuer] })).toContain(
      'issuers[0].jwksUri: write the address of its key set, beginning with https://',
    );
  });

  test('something else than an object is told what to export', () => {
    expect(complaint({}, 'accounts')).toContain('export default defineConfig({ … })');
  });
});
