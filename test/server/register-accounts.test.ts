import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '../../src/base/instant.ts';
import type { AccountConfig } from '../../src/server/define-config.ts';
import { demoTaxProfiles } from '../../src/server/demo-tax-profiles.ts';
import { registerAccounts } from '../../src/server/platform.ts';
import { installed } from '../support/installed.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world?.close());

const northwind: AccountConfig = {
  organisation: 'Northwind Brands',
  name: 'Northwind US',
  site: 'US',
  marketplaceId: 'ATVPDKIKX0DER',
  vendorCodes: ['NORTH'],
  connector: 'sp-api',
  settings: { clientId: 'id', clientSecret: 'planted-secret', refreshToken: 'planted-token' },
};
const register = async (changes: Partial<AccountConfig>) =>
  registerAccounts(world.database, [{ ...northwind, ...changes }], await installed(), () =>
    instant('2026-11-23T12:00:00Z'),
  );

describe('an account is of what is installed', () => {
  test('a site, a store and a connector that are there', async () => {
    const [connected] = await register({});
    expect(connected).toMatchObject({ account: { site: 'US', currency: 'USD' }, connector: { name: 'sp-api' } });
  });

  test('its tax profile is kept as it is written, and gone when it is written no more', async () => {
    const tax = {
      establishedIn: 'US',
      registrations: [],
      certificates: [{ kind: 'resale', validUntil: '2028-12-31' }],
    };
    const [kept] = await register({ tax });
    expect(kept?.account.taxProfile).toEqual(tax);
    const [gone] = await register({});
    expect(gone?.account.taxProfile).toBeNull();
  });

  test.each([
    ['JP-T', 'T10106010412', 'accounts[0].tax.registrations[0].number: write a good JP-T ('],
    ['EU-VAT', 'DE290314577', 'accounts[0].tax.registrations[0].number: write a good EU-VAT ('],
    ['CA-GST', '81239 4410 RT0001', 'accounts[0].tax.registrations[0].number: write a good CA-GST ('],
  ])('a number that can be no %s is told by its key before anything starts', async (scheme, number, said) => {
    await expect(register({ tax: { registrations: [{ scheme, number }] } })).rejects.toThrow(said);
  });

  test('the numbers of the demo are good ones', async () => {
    for (const tax of Object.values(demoTaxProfiles)) await expect(register({ tax })).resolves.toHaveLength(1);
  });

  test.each([
    [{ site: 'GB' }, 'accounts[0].site: the site "GB" is not installed: write one of "CA", "EU", "JP", "US".'],
    [
      { marketplaceId: 'A1F83G8C2ARO7P' },
      'accounts[0].marketplaceId: "A1F83G8C2ARO7P" is no store of site US: write one of "ATVPDKIKX0DER" (US).',
    ],
    [{ connector: 'edi' }, 'accounts[0].connector: write one of "sp-api".'],
    [
      { settings: { clientId: '', clientSecret: 'planted-secret', refreshToken: 'planted-token' } },
      'accounts[0].settings.clientId: Too small: expected string to have >=1 characters.',
    ],
    [
      { settings: { ...northwind.settings, endpoint: 'http://planted.example.com' } },
      'accounts[0].settings.endpoint: must be https, or http on this machine.',
    ],
  ])('what is not there, or does not fit its plugin, is told by its key: %j', async (changes, said) => {
    const refused = register(changes);
    await expect(refused).rejects.toThrow(`The configuration is wrong: ${said}`);
    await expect(refused).rejects.not.toThrow(/planted/);
  });
});
