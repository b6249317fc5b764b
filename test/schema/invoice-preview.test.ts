import { afterAll, beforeAll, expect, test } from 'vitest';
import { previewQuery } from '../../src/server/preview/query.ts';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask } from './support/ask.ts';
import { accountRef, aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let ca: AccountRow;
let eu: AccountRow;
let tenant: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  ca = await world.account(larkfield, {
    ...{ name: 'Larkfield CA', site: 'CA', marketplaceId: 'A2EUQ1WTGCTBG2', timeZone: 'America/Toronto' },
    currency: 'CAD' as AccountRow['currency'],
    paymentTerms: null,
    taxProfile: {
      name: 'Larkfield Ltd.',
      registrations: [{ scheme: 'CA-GST', number: '812394419RT0001' }],
      certificates: [{ kind: 'resale', region: 'BC', number: 'PST-1042-7719' }],
    },
  });
  eu = await world.account(larkfield, {
    ...{ name: 'Larkfield DE', site: 'EU', marketplaceId: 'A1PA6795UKMFR9', timeZone: 'Europe/Berlin' },
    currency: 'EUR' as AccountRow['currency'],
  });
  tenant = tenantOf(larkfield, [ca, eu]);
});
afterAll(() => world.close());

const preview = (input: object) => ask(world, tenant, previewQuery, { input });

const toBritishColumbia = (changes: object = {}) => ({
  account: accountRef(ca),
  issuedOn: '2026-11-23',
  suppliedOn: '2026-11-20',
  shipTo: { country: 'CA', region: 'BC' },
  lines: [{ net: '100.00' }],
  ...changes,
});

test('A2 · an account brings its site, its currency and its tax profile, in one statement', async () => {
  const { data, errors, statements } = await preview(toBritishColumbia());
  expect(errors).toEqual([]);
  expect(statements).toBe(1);
  expect(data.invoicePreview).toMatchObject({
    site: 'CA',
    taxes: [
      { name: 'GST', tax: { amount: '5.00', currency: 'CAD' } },
      { name: 'PST', rate: '0', tax: { amount: '0.00' }, exemption: { reference: 'PST-1042-7719' } },
    ],
    total: { amount: '105.00', currency: 'CAD' },
    warnings: [{ code: 'TERMS_NOT_STATED', about: ['terms'] }],
    blocking: [],
  });
});

test('what the input says counts before what is kept of the account', async () => {
  const { data } = await preview(toBritishColumbia({ certificates: [], supplier: { name: 'Hawthorn' } }));
  expect(data.invoicePreview.taxes[1]).toMatchObject({ name: 'PST', tax: { amount: '7.00' } });
  const missing: string[] = data.invoicePreview.missing;
  expect(missing).not.toContain('supplier.registrations');
});

test('without an account nothing is read', async () => {
  const { data, statements } = await preview({ site: 'JP', suppliedOn: '2026-11-20', lines: [{ net: '1000' }] });
  expect(statements).toBe(0);
  expect(data.invoicePreview).toMatchObject({ total: { amount: '1100', currency: 'JPY' } });
});

test('every place that makes no sense is told at once, by its path', async () => {
  const { errors } = await preview({
    site: 'EU',
    currency: 'EUR',
    shipTo: { country: 'Germany' },
    terms: { text: 'Basic', netDueDays: -1, discountPercent: '101' },
    certificates: [{ kind: 'resale', validFrom: '2026-02-01', validUntil: '2026-01-01' }],
    lines: [{ net: '0.125' }, {}],
  });
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['invoicePreview'] }]);
  const { problems } = (errors[0]?.extensions ?? {}) as { readonly problems: readonly { readonly path: string }[] };
  expect(problems.map(({ path }) => path)).toEqual([
    'input.shipTo.country',
    'input.terms.netDueDays',
    'input.terms.discountPercent',
    'input.certificates[0].validUntil',
    'input.lines[0].net',
    'input.lines[1]',
  ]);
});

test.each([
  [{ lines: [{ net: '1' }] }, 'input.site'],
  [{ site: 'EU', lines: [{ net: '1' }] }, 'input.currency'],
  [{ site: 'US', lines: [] }, 'input.lines'],
])('what is needed and not there is told by its path: %j', async (input, path) => {
  const { errors } = await preview(input);
  expect(errors.map(({ extensions }) => [extensions.code, extensions.argument])).toEqual([['BAD_USER_INPUT', path]]);
});

test('an account of somebody else is not told from one that is not there', async () => {
  const stranger = await world.organisation('Hawthorn');
  const theirs = await world.account(stranger, { name: 'Hawthorn US' });
  const { errors } = await preview({ account: accountRef(theirs), lines: [{ net: '1.00' }] });
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', extensions: { argument: 'input.account' } }]);
});

test('a site that contradicts the account, and one that is not installed, are refused', async () => {
  const contradicted = await preview(toBritishColumbia({ site: 'US' }));
  expect(contradicted.errors).toMatchObject([{ extensions: { argument: 'input.site' } }]);
  const unknown = await preview({ site: 'XX', lines: [{ net: '1.00' }] });
  expect(unknown.errors).toMatchObject([{ code: 'SITE_NOT_INSTALLED' }]);
});

test('whoever may not read invoices may not preview one', async () => {
  const { data, errors } = await ask(
    world,
    tenant,
    previewQuery,
    { input: { site: 'US', lines: [{ net: '1.00' }] } },
    { scopes: ['order:read'] },
  );
  expect(data.invoicePreview).toBeNull();
  expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
});

test('the operation of the command asks for everything that there is', async () => {
  const { data } = await ask(
    world,
    tenant,
    `{ ${['InvoicePreview', 'PreviewProblem', 'RequiredInvoiceField', 'PreviewLine', 'AssessedTax']
      .map((name) => `${name}: __type(name: "${name}") { fields { name } }`)
      .join(' ')} }`,
  );
  for (const { fields } of Object.values(data) as { readonly fields: readonly { readonly name: string }[] }[]) {
    for (const { name } of fields) expect(previewQuery).toMatch(new RegExp(`\\b${name}\\b`));
  }
});
