import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Composition } from '../../src/plugin-host/composition.ts';
import { guardSites } from '../../src/plugin-host/guarded-sites.ts';
import { demoTaxProfiles } from '../../src/server/demo-tax-profiles.ts';
import { taxProfileOf } from '../../src/server/tax-profile-config.ts';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { aGate } from '../plugin-host/schema/support.ts';
import { installed } from '../support/installed.ts';
import { ask } from './support/ask.ts';
import { aStory, type Story } from './support/story.ts';
import { accountRef, aWorld, tenantOf, type World } from './support/world.ts';

/** The four accounts of the demo, by what the simulated world says of them. */
const stores = [
  {
    name: 'Larkfield Home US',
    site: 'US',
    currency: 'USD',
    marketplaceId: 'ATVPDKIKX0DER',
    timeZone: 'America/Los_Angeles',
    shipTo: { id: 'PHX6', countryCode: 'US', region: 'AZ' },
    shipFrom: { id: 'LARK-DC1', countryCode: 'US', region: 'NV' },
    billTo: { id: 'AMZN-US-AP' },
  },
  {
    name: 'Larkfield Home CA',
    site: 'CA',
    currency: 'CAD',
    marketplaceId: 'A2EUQ1WTGCTBG2',
    timeZone: 'America/Toronto',
    shipTo: { id: 'YVR3', countryCode: 'CA', region: 'BC' },
    shipFrom: { id: 'LARK-DC7', countryCode: 'CA', region: 'ON' },
    billTo: { id: 'AMZN-CA-AP', taxId: '85730 5932 RT0001' },
  },
  {
    name: 'Lärchenfeld DE',
    site: 'EU',
    currency: 'EUR',
    marketplaceId: 'A1PA6795UKMFR9',
    timeZone: 'Europe/Berlin',
    shipTo: { id: 'WRO2', countryCode: 'PL' },
    shipFrom: { id: 'LARC-LAGER', countryCode: 'DE' },
    billTo: { id: 'AMZN-EU-AP', taxId: 'PL5260250995' },
  },
  {
    name: 'Hibari JP',
    site: 'JP',
    currency: 'JPY',
    marketplaceId: 'A1VC38T7YXB528',
    timeZone: 'Asia/Tokyo',
    shipTo: { id: 'NRT1', countryCode: 'JP', region: '千葉県' },
    shipFrom: { id: 'HIBARI-W1', countryCode: 'JP', region: '東京都' },
    billTo: { id: 'AMZN-JP-AP', taxId: 'T3040001028447' },
  },
] as const;

const query = `{
  invoices(first: 4, orderBy: NUMBER_ASC) {
    nodes {
      account { name site }
      total { amount currency }
      taxAssessment { rule taxPoint total { amount } warnings { code } }
      settlement { dueOn payday }
      us { resaleCertificate { number validUntil state } }
      ca {
        province
        taxes { name jurisdiction rate base { amount } tax { amount } }
        lines { lineNumber status }
        gstNumber
        resaleNumber
      }
      eu {
        treatment
        vatBreakdown { category rate base { amount } vat { amount } exemptionCode }
        sellerVatId
        buyerVatId
        notes(language: "de")
      }
      jp { qualified registrationNumber taxPerRate { rate reduced base { amount } tax { amount } } }
    }
  }
}`;

let world: World;
let accounts: AccountRow[];
let tenant: Tenant;
let composition: Composition;

beforeAll(async () => {
  world = await aWorld();
  composition = await installed();
  const owner = await world.organisation('Larkfield Group');
  accounts = [];
  for (const [at, { name, site, currency, marketplaceId, timeZone, ...places }] of stores.entries()) {
    const profile = demoTaxProfiles[name];
    const account = await world.account(owner, {
      ...{ name, site, marketplaceId, timeZone },
      currency: currency as AccountRow['currency'],
      ...(profile !== undefined && { taxProfile: taxProfileOf(profile) }),
    });
    accounts.push(account);
    const story: Story = { number: `${at + 1}SAMEINV`, currency, unitCost: '123.45', dueOn: '2026-12-25', ...places };
    await world.tell(account, aStory(story));
  }
  tenant = tenantOf(owner, accounts);
});
afterAll(() => world.close());

const asking = () => {
  const gate = aGate();
  return { schema: composition.schema, plugins: gate, sites: guardSites(composition.plugins, gate) };
};

/** Two spaces deep, with what fits on a line on one line. */
const pretty = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /\{\s+([^{}[\]]{1,100}?)\s+\}/g,
    (_whole, inside: string) => `{ ${inside.replace(/\s*\n\s*/g, ' ')} }`,
  );

test('the same invoice in four sites, in one answer: the page in the docs is what is answered', async () => {
  const { data, errors } = await ask(world, tenant, query, {}, asking());
  expect(errors).toEqual([]);
  const page = `# The same invoice in four sites

Two lines, ten pieces each at 123.45, sold to Amazon in the United States, Canada, the Union and Japan. One query asks what
each site makes of it: the members that all sites have, and beside them each site's own.

\`\`\`graphql
${query}
\`\`\`

The goods in Canada go to British Columbia, where the buyer's number frees them of PST, and those in the Union from Kassel
to Poland under the buyer's Polish number, so no VAT is charged on them. All are due on Christmas Day: banks are open on it
in Japan, closed elsewhere, and in Canada the Monday after stands in for Boxing Day.

\`\`\`json
${pretty(data.invoices.nodes)}
\`\`\`

A test asks this query and writes this page: \`npx vitest run test/schema/four-sites.test.ts -u\`. It fails while the two differ.
`;
  await expect(page).toMatchFileSnapshot('../../schema/FOUR-SITES.md');
});

test('what a site shows of its own adds no statement to what the core shows, for one invoice or four', async () => {
  const statements = async (first: number, fields: string) => {
    const text = `{ invoices(first: ${first}) { nodes { number account { name } ${fields} } } }`;
    const answer = await ask(world, tenant, text, {}, asking());
    expect(answer.errors).toEqual([]);
    return answer.statements;
  };
  const own =
    'us { resaleCertificate { state } } ca { lines { status } } eu { treatment } jp { taxPerRate { tax { amount } } }';
  const core = await statements(4, 'taxAssessment { rule }');
  expect(await statements(4, `taxAssessment { rule } ${own}`)).toBe(core);
  expect(await statements(4, own)).toBe(core);
  expect(await statements(1, own)).toBe(core);
});

test('the assessment every dashboard reads is of the site’s own type, with the same members on it', async () => {
  const text = `{ invoices(first: 4, orderBy: NUMBER_ASC) { nodes { taxAssessment { __typename total { amount } trace { document }
    ... on JpInvoiceTax { qualified } } } } }`;
  const { data } = await ask(world, tenant, text, {}, asking());
  expect(data.invoices.nodes.map((node: { taxAssessment: object }) => node.taxAssessment)).toMatchObject([
    { __typename: 'UsInvoiceTax' },
    { __typename: 'CaInvoiceTax' },
    { __typename: 'EuInvoiceTax' },
    { __typename: 'JpInvoiceTax', qualified: true, trace: { document: 'qualified-invoice' } },
  ]);
});

test('where the site has no answer, its own field is null with the reason the core gives', async () => {
  const [, , eu] = accounts as [AccountRow, AccountRow, AccountRow];
  await world.tell(eu, aStory({ number: '9NOWHERE', currency: 'EUR', shipTo: { id: 'LEJ1' } }));
  const text =
    'query ($account: ID!) { invoice(account: $account, number: "INV-9NOWHERE") { eu { treatment } us { rule } } }';
  const { data, errors } = await ask(world, tenant, text, { account: accountRef(eu) }, asking());
  expect(data.invoice).toEqual({ eu: null, us: null });
  expect(errors).toMatchObject([{ code: 'NOT_ENOUGH_KNOWN', path: ['invoice', 'eu'] }]);
});

test('a tenant without a site sees nothing of what its plugin adds', async () => {
  const schema = composition.schemaFor(['JP']);
  expect(schema.getType('EuInvoiceTax')).toBeUndefined();
  expect(schema.getType('JpInvoiceTax')).toBeDefined();
  await expect(
    ask(world, tenant, '{ invoices(first: 1) { nodes { eu { treatment } } } }', {}, { schema }),
  ).rejects.toThrow('Cannot query field "eu"');
});

test('an account shows the profile its taxes depend on, to whoever may read invoices', async () => {
  const text = `query ($id: ID!) { account(id: $id) { name taxProfile {
    establishedIn registrations { scheme number validFrom } certificates { kind } shipsFrom { country region } rounding priceBasis } } }`;
  const [, , , jp] = accounts as [AccountRow, AccountRow, AccountRow, AccountRow];
  const seen = await ask(world, tenant, text, { id: accountRef(jp) });
  expect(seen.data.account.taxProfile).toEqual({
    establishedIn: 'JP',
    registrations: [{ scheme: 'JP-T', number: 'T1010601041226', validFrom: '2023-10-01' }],
    certificates: [],
    shipsFrom: { country: 'JP', region: '東京都' },
    rounding: 'TRUNCATE',
    priceBasis: null,
  });
  const unseen = await ask(world, tenant, text, { id: accountRef(jp) }, { scopes: ['account:read'] });
  expect(unseen.data.account).toEqual({ name: 'Hibari JP', taxProfile: null });
  expect(unseen.errors.map(({ code }) => code)).toEqual(['FORBIDDEN']);
});

test('another organisation sees neither the account nor its profile', async () => {
  const other = await world.organisation('Hawthorn');
  const theirs = await world.account(other, { name: 'Hawthorn US' });
  const [us] = accounts as [AccountRow];
  const text = 'query ($id: ID!) { account(id: $id) { taxProfile { establishedIn } } }';
  const { data } = await ask(world, tenantOf(other, [theirs]), text, { id: accountRef(us) });
  expect(data.account).toBeNull();
});
