import { afterAll, beforeAll, expect, test } from 'vitest';
import { plugins } from '../../plugins/index.ts';
import { guardSites } from '../../src/plugin-host/guarded-sites.ts';
import type { Site } from '../../src/seams/site.ts';
import type { Tenant } from '../../src/store/database.ts';
import { aGate } from '../plugin-host/schema/support.ts';
import { ask } from './support/ask.ts';
import { aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let tenant: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  tenant = tenantOf(larkfield, [await world.account(larkfield)]);
});
afterAll(() => world.close());

const query = `query ($scheme: String!, $value: String!) {
  identifierCheck(scheme: $scheme, value: $value) { scheme { scheme site } verdict normalised display reason message } }`;
const check = async (scheme: string, value: string, asking = {}) =>
  ask(world, tenant, query, { scheme, value }, asking);

test.each([
  ['E8', 'EU-VAT', 'de 136.695.976', 'VALID', 'DE136695976', 'DE136695976', null, 'EU'],
  ['E8', 'EU-VAT', 'EL094259216', 'VALID', 'EL094259216', 'EL094259216', null, 'EU'],
  ['E8', 'EU-VAT', 'XIGD001', 'SHAPE_ONLY', 'XIGD001', 'XIGD001', 'NO_CHECK_DIGIT', 'EU'],
  ['E8', 'EU-VAT', 'GR094259216', 'INVALID', 'GR094259216', 'GR094259216', 'UNKNOWN_PREFIX', 'EU'],
  ['J2', 'JP-T', 'T7000012050002', 'VALID', 'T7000012050002', 'T7000012050002', null, 'JP'],
  ['J2', 'JP-T', 'T8000012050002', 'SHAPE_ONLY', 'T8000012050002', 'T8000012050002', 'CHECK_DIGIT_NOT_PROMISED', 'JP'],
  ['J2', 'JP-T', '7000012050002', 'INVALID', '7000012050002', '7000012050002', 'WRONG_SHAPE', 'JP'],
  ['A6', 'CA-GST', '123456782rt0001', 'VALID', '123456782RT0001', '123456782 RT0001', null, 'CA'],
  ['A6', 'CA-GST', '123456789RT0001', 'INVALID', '123456789RT0001', '123456789RT0001', 'WRONG_CHECK_DIGIT', 'CA'],
  ['A6', 'CA-QST', '1234567890TQ0001', 'SHAPE_ONLY', '1234567890TQ0001', '1234567890 TQ0001', 'NO_CHECK_DIGIT', 'CA'],
  ['', 'US-EIN', '911646860', 'SHAPE_ONLY', '911646860', '91-1646860', 'NO_CHECK_DIGIT', 'US'],
  ['', 'IBAN', 'de89370400440532013000', 'VALID', 'DE89370400440532013000', 'DE89 3704 0044 0532 0130 00', null, null],
])('%s · %s %s is %s', async (_number, scheme, value, verdict, normalised, display, reason, site) => {
  const { data, errors, statements } = await check(scheme, value);
  expect(errors).toEqual([]);
  expect(data.identifierCheck).toEqual({
    scheme: { scheme, site },
    verdict,
    normalised,
    display,
    reason,
    message: reason === null ? null : expect.stringMatching(/\w+ \w+/),
  });
  expect(statements).toBe(0);
});

test('the list says who brings which, and who says what a good one is', async () => {
  const { data } = await ask(world, tenant, '{ identifierSchemes { scheme site name source } }');
  expect(data.identifierSchemes.map((one: { scheme: string; site: string | null }) => [one.scheme, one.site])).toEqual([
    ['BIC', null],
    ['CA-BN', 'CA'],
    ['CA-GST', 'CA'],
    ['CA-QST', 'CA'],
    ['EU-VAT', 'EU'],
    ['GLN', null],
    ['GTIN', null],
    ['IBAN', null],
    ['JP-T', 'JP'],
    ['SSCC', null],
    ['US-EIN', 'US'],
  ]);
  expect(data.identifierSchemes.every(({ source }: { source: string }) => source.length > 5)).toBe(true);
});

test('a kind that is not there is an error that names those that are', async () => {
  const { data, errors } = await check('GB-VAT', 'GB980780684');
  expect(data.identifierCheck).toBeNull();
  expect(errors).toMatchObject([
    { code: 'IDENTIFIER_SCHEME_UNKNOWN', extensions: { known: expect.arrayContaining(['EU-VAT', 'IBAN']) } },
  ]);
});

test('a text too long to be one is not looked at', async () => {
  const { errors } = await check('IBAN', '9'.repeat(101));
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', extensions: { argument: 'value' } }]);
});

test('needs the right to read accounts', async () => {
  const { errors } = await check('IBAN', 'DE89370400440532013000', { scopes: ['invoice:read'] });
  expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
});

test("a scheme that throws takes down its own field, under its plugin's name", async () => {
  const us = plugins.flatMap(({ sites = [] }) => sites).find(({ code }) => code === 'US') as Site;
  const broken: Site = {
    ...us,
    identifiers: [
      {
        scheme: 'US-EIN',
        name: 'broken',
        source: 'nobody',
        check: () => {
          throw new TypeError('prefixes is undefined');
        },
      },
    ],
  };
  const site = { id: 'site-us', version: '1.0.0', description: 'A test.', platform: '^1', sites: [broken] };
  const sites = guardSites([site], aGate());
  const { data, errors } = await check('US-EIN', '911646860', { sites });
  expect(data.identifierCheck).toBeNull();
  expect(errors).toMatchObject([{ code: 'PLUGIN_FAILED' }]);
});
