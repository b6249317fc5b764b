import { afterAll, beforeAll, expect, test } from 'vitest';
import { plugins } from '../../plugins/index.ts';
import { day } from '../../src/base/calendar-date.ts';
import { decimal } from '../../src/base/decimal.ts';
import { money, negate } from '../../src/base/money.ts';
import { no, yes } from '../../src/base/result.ts';
import { compose } from '../../src/plugin-host/compose.ts';
import { guardSites, guardSlots } from '../../src/plugin-host/guarded-sites.ts';
import { applyAdditions } from '../../src/plugin-host/schema/additions.ts';
import { installSites } from '../../src/seams/installed-sites.ts';
import type { Site, TaxableInvoice } from '../../src/seams/site.ts';
import { type Slots, slotNames } from '../../src/seams/slots.ts';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { aGate, aPlugin, core as composedCore } from '../plugin-host/schema/support.ts';
import { ask } from './support/ask.ts';
import { aStory } from './support/story.ts';
import { accountRef, aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let us: AccountRow;
let jp: AccountRow;
let tenant: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  us = await world.account(larkfield);
  jp = await world.account(larkfield, {
    name: 'Larkfield JP',
    site: 'JP',
    currency: 'JPY' as AccountRow['currency'],
    marketplaceId: 'A1VC38T7YXB528',
    timeZone: 'Asia/Tokyo',
  });
  tenant = tenantOf(larkfield, [us, jp]);
  // Saturday: the Federal Reserve pays on Monday.
  await world.tell(us, aStory({ number: '1AAAAAAA', dueOn: '2026-12-05' }));
  await world.tell(us, aStory({ number: '1BBBBBBB', dueOn: '2040-12-05' }));
  await world.tell(us, aStory({ number: '1CCCCCCC', until: 'invoiced' }));
  await world.tell(jp, aStory({ number: '1JJJJJJJ', currency: 'JPY', unitCost: '1234.5' }));
});
afterAll(() => world.close());

const others = plugins.flatMap(({ sites = [] }) => sites).filter(({ code }) => code !== 'JP' && code !== 'US');
const usSite = plugins.flatMap(({ sites = [] }) => sites).find(({ code }) => code === 'US') as Site;

/** A Japan that remembers what it was asked, and takes a tenth. */
function aJapan(): Site & { readonly asked: TaxableInvoice[] } {
  const asked: TaxableInvoice[] = [];
  return {
    asked,
    code: 'JP',
    name: 'Japan',
    marketplaces: [{ id: 'A1VC38T7YXB528', country: 'JP', currency: jp.currency as never, timeZone: 'Asia/Tokyo' }],
    tax: (invoice) => {
      asked.push(invoice);
      const net = invoice.lines.reduce((sum, line) => sum + line.net.minor, 0n);
      const base = money(net, 'JPY');
      const tax = money(net / 10n, 'JPY');
      const answer = { rule: 'jp/tenth', taxes: [{ rule: 'jp/tenth', base, rate: decimal('10'), tax }], warnings: [] };
      return yes({ ...answer, registrationNumber: 'T1234567890123' });
    },
    payday: (due) => yes(day(due)),
  };
}

const aSitePlugin = (id: string, ...sites: Site[]) => ({
  id,
  version: '1.0.0',
  description: 'A plugin of a test.',
  platform: '^1',
  sites,
});

const invoice = (account: AccountRow, number: string, fields: string) =>
  [
    `query ($account: ID!, $number: String!) { invoice(account: $account, number: $number) { number ${fields} } }`,
    { account: accountRef(account), number },
  ] as const;

const assessment =
  'taxAssessment { __typename rule taxPoint taxPointFrom total { amount currency } taxes { rule rate base { amount } tax { amount } } warnings { code } }';

test('a site says which rule makes which tax, and no tax has a rule too', async () => {
  const answer = await ask(world, tenant, ...invoice(us, 'INV-1AAAAAAA', assessment));
  expect(answer.errors).toEqual([]);
  expect(answer.data.invoice.taxAssessment).toEqual({
    __typename: 'SiteTaxAssessment',
    rule: 'us/resale',
    // Counted in at 2026-09-06T00:00Z, which is the day before in Los Angeles.
    taxPoint: '2026-09-05',
    taxPointFrom: 'RECEIPT',
    total: { amount: '0.00', currency: 'USD' },
    taxes: [],
    warnings: [{ code: 'RESALE_CERTIFICATE_MISSING' }],
  });
});

const trace = `trace { data document facts { name value } lines { rule category rate } required { term value }
  notes { code languages german: text(language: "de") other: text(language: "constructor") } }`;

test('an answer says what it looked at, in which data, and what each line bears', async () => {
  const answer = await ask(world, tenant, ...invoice(us, 'INV-1AAAAAAA', `taxAssessment { ${trace} }`));
  expect(answer.errors).toEqual([]);
  expect(answer.data.invoice.taxAssessment.trace).toEqual({
    data: expect.stringMatching(/^us\/resale@[0-9a-f]{12}$/),
    document: 'invoice',
    facts: [
      { name: 'taxPoint', value: '2026-09-05' },
      { name: 'shipToCountry', value: 'US' },
      { name: 'shipToRegion', value: null },
      { name: 'certificates', value: 'none' },
    ],
    lines: [[], []],
    required: [],
    notes: [],
  });
});

test('a tax that is none says why, in the language that is asked for or in English; a site without a trace has none', async () => {
  const text = { en: 'Reverse charge', de: 'Steuerschuldnerschaft des Leistungsempfängers' };
  const exemption = { code: 'VATEX-EU-AE', text };
  const plain = aJapan();
  const site: Site = {
    ...plain,
    tax: (asked) => {
      const answer = plain.tax(asked);
      if (!answer.ok) return answer;
      const taxes = answer.value.taxes.map((tax) => ({ ...tax, category: 'AE' as const, exemption }));
      return yes({ ...answer.value, taxes, notes: [exemption] });
    },
  };
  const fields = `taxAssessment { ${trace} taxes { category name exemption { code reference text(language: "de") } inStateCurrency { source } } }`;
  const asking = { sites: installSites([...others, site]) };
  const answer = await ask(world, tenant, ...invoice(jp, 'INV-1JJJJJJJ', fields), asking);
  expect(answer.errors).toEqual([]);
  expect(answer.data.invoice.taxAssessment).toEqual({
    trace: {
      data: null,
      document: null,
      facts: null,
      lines: null,
      required: [],
      notes: [{ code: 'VATEX-EU-AE', languages: ['de', 'en'], german: text.de, other: text.en }],
    },
    taxes: [
      {
        category: 'AE',
        name: null,
        exemption: { code: 'VATEX-EU-AE', reference: null, text: text.de },
        inStateCurrency: null,
      },
    ],
  });
});

test('a site is asked with the lines, the place and the day that decide', async () => {
  const japan = aJapan();
  const sites = installSites([...others, japan]);
  const answer = await ask(world, tenant, ...invoice(jp, 'INV-1JJJJJJJ', assessment), { sites });
  expect(answer.errors).toEqual([]);
  expect(japan.asked).toEqual([
    {
      lines: [
        { net: money(12345n, 'JPY'), taxClass: 'standard' },
        { net: money(12345n, 'JPY'), taxClass: 'standard' },
      ],
      taxPoint: '2026-09-06',
      shipToCountry: 'JP',
      certificates: [],
    },
  ]);
  expect(answer.data.invoice.taxAssessment).toMatchObject({
    total: { amount: '2469', currency: 'JPY' },
    taxes: [{ rule: 'jp/tenth', rate: '10', base: { amount: '24690' }, tax: { amount: '2469' } }],
  });
  expect(negate(money(2469n, 'JPY')).minor).toBe(-2469n);
});

test('the question carries what orders, shipments and the tax profile say, and leaves out what they do not agree on', async () => {
  const japan = aJapan();
  const sites = installSites([...others, japan]);
  const hibari = await world.organisation('Hibari');
  const profiled = await world.account(hibari, {
    ...{ name: 'Hibari JP', site: 'JP', marketplaceId: 'A1VC38T7YXB528', timeZone: 'Asia/Tokyo' },
    currency: 'JPY' as AccountRow['currency'],
    taxProfile: {
      establishedIn: 'JP',
      registrations: [{ scheme: 'JP-T', number: 'T1010601041226' }],
      certificates: [{ kind: 'resale' }],
      shipsFrom: { country: 'KR' },
      rounding: 'ceiling',
      priceBasis: 'gross',
    },
  });
  const asking = tenantOf(hibari, [profiled]);
  const ordered = { currency: 'JPY', billTo: { id: 'AMZN-JP-AP', taxId: 'T3040001028447' } };
  const shipFrom = { id: 'HIBARI-W1', countryCode: 'JP', region: '東京都' };
  await world.tell(profiled, aStory({ number: '2JJJJJJJ', ...ordered, shipFrom }));
  await world.tell(profiled, aStory({ number: '3JJJJJJJ', ...ordered }));
  const question = async (number: string) => {
    const answer = await ask(world, asking, ...invoice(profiled, number, 'taxAssessment { rule }'), { sites });
    expect(answer.errors).toEqual([]);
    return japan.asked.at(-1);
  };
  expect(await question('INV-2JJJJJJJ')).toMatchObject({
    supplier: { establishedIn: 'JP', registrations: [{ scheme: 'JP-T', number: 'T1010601041226' }] },
    certificates: [{ kind: 'resale' }],
    shipFromCountry: 'JP',
    shipFromRegion: '東京都',
    buyerTaxId: 'T3040001028447',
    rounding: 'ceiling',
    priceBasis: 'gross',
  });
  // No shipment says where it left from: the profile does.
  expect(await question('INV-3JJJJJJJ')).toMatchObject({ shipFromCountry: 'KR' });
});

test('a plugin answers the core interface with a type of its own, where it is seen and where it is not', async () => {
  const japan = aJapan();
  const plugin = aPlugin(
    'site-jp',
    {
      sdl: `
        "As a qualified invoice has it."
        type JpTaxAssessment implements TaxAssessment {
          "Rule." rule: String! "Day." taxPoint: Date! "From." taxPointFrom: TaxPointFrom! "Taxes." taxes: [AssessedTax!]!
          "All." total: Money! "Warnings." warnings: [TaxWarning!]! "How." trace: TaxTrace!
          "T and 13 digits." registrationNumber: String!
          "Loud." loud: String!
        }`,
      fields: {
        'JpTaxAssessment.loud': { resolve: ({ rule }: { readonly rule: string }) => rule.toUpperCase() },
      },
    },
    { sites: [japan] },
  );
  const added = applyAdditions(composedCore, [plugin]);
  expect(added.problems).toEqual([]);
  const asking = { plugins: aGate(), sites: installSites([...others, usSite, japan]) };
  const own = `taxAssessment { __typename rule taxes { tax { amount } } total { amount }
    ... on JpTaxAssessment { registrationNumber loud } }`;
  const seen = await ask(world, tenant, ...invoice(jp, 'INV-1JJJJJJJ', own), {
    ...asking,
    schema: added.schemaFor(['JP']),
  });
  expect(seen.errors).toEqual([]);
  expect(seen.data.invoice.taxAssessment).toEqual({
    __typename: 'JpTaxAssessment',
    rule: 'jp/tenth',
    taxes: [{ tax: { amount: '2469' } }],
    total: { amount: '2469' },
    registrationNumber: 'T1234567890123',
    loud: 'JP/TENTH',
  });
  const american = await ask(world, tenant, ...invoice(us, 'INV-1AAAAAAA', own), { ...asking, schema: added.schema });
  expect(american.data.invoice.taxAssessment.__typename).toBe('SiteTaxAssessment');
  const unseen = await ask(world, tenant, ...invoice(jp, 'INV-1JJJJJJJ', assessment), {
    ...asking,
    schema: added.schemaFor(['US']),
  });
  expect(unseen.data.invoice.taxAssessment).toMatchObject({ __typename: 'SiteTaxAssessment', rule: 'jp/tenth' });
});

test('a site moves the day it is due to a day on which it pays', async () => {
  const answer = await ask(
    world,
    tenant,
    ...invoice(us, 'INV-1AAAAAAA', 'settlement { __typename dueOn dueOnFrom payday moved }'),
  );
  expect(answer.errors).toEqual([]);
  expect(answer.data.invoice.settlement).toEqual({
    __typename: 'SiteSettlement',
    dueOn: '2026-12-05',
    dueOnFrom: 'AMAZON',
    payday: '2026-12-07',
    moved: true,
  });
});

test('what a site cannot say is null with a reason, and never a zero or a guess', async () => {
  const silent: Site = {
    ...aJapan(),
    tax: () => no({ code: 'NOT_ANSWERED_YET', site: 'JP', question: 'tax' }),
    payday: () => no({ code: 'NOT_ANSWERED_YET', site: 'JP', question: 'payday' }),
  };
  const both = 'taxAssessment { rule } settlement { payday }';
  const refusals = async (account: AccountRow, number: string, sites: readonly Site[]) => {
    const { data, errors } = await ask(world, tenant, ...invoice(account, number, both), {
      sites: installSites(sites),
    });
    return [data.invoice, ...errors.map(({ path, extensions }) => [path[1], extensions])];
  };
  const nothing = (number: string) => ({ number, taxAssessment: null, settlement: null });

  expect(await refusals(jp, 'INV-1JJJJJJJ', [silent])).toEqual([
    nothing('INV-1JJJJJJJ'),
    ['taxAssessment', { code: 'NOT_ANSWERED_YET', site: 'JP', question: 'tax' }],
    ['settlement', { code: 'NOT_ANSWERED_YET', site: 'JP', question: 'payday' }],
  ]);
  expect(await refusals(jp, 'INV-1JJJJJJJ', [usSite])).toEqual([
    nothing('INV-1JJJJJJJ'),
    ['taxAssessment', { code: 'SITE_NOT_INSTALLED', site: 'JP' }],
    ['settlement', { code: 'SITE_NOT_INSTALLED', site: 'JP' }],
  ]);
  expect((await refusals(us, 'INV-1BBBBBBB', [usSite])).slice(1)).toEqual([
    ['settlement', { code: 'YEAR_OUT_OF_RANGE', year: 2040, known: [2022, 2032] }],
  ]);
  expect((await refusals(us, 'INV-1CCCCCCC', [usSite])).slice(1)).toEqual([
    ['settlement', { code: 'TERMS_NOT_STATED' }],
  ]);
});

test('an account knows its site and its store', async () => {
  const query = 'query ($id: ID!) { account(id: $id) { identity { __typename site name marketplaceId country } } }';
  const answer = await ask(world, tenant, query, { id: accountRef(jp) });
  expect(answer.data.account.identity).toEqual({
    __typename: 'SiteIdentity',
    site: 'JP',
    name: 'Japan',
    marketplaceId: 'A1VC38T7YXB528',
    country: 'JP',
  });
  const without = await ask(world, tenant, query, { id: accountRef(jp) }, { sites: installSites([usSite]) });
  expect(without.data.account.identity).toBeNull();
  expect(without.errors[0]?.extensions).toEqual({ code: 'MARKETPLACE_NOT_INSTALLED', marketplaceId: 'A1VC38T7YXB528' });
});

test('sites answer for a page of invoices with as many statements as for one', async () => {
  const query = (first: number, fields: string) =>
    `{ invoices(first: ${first}, orderBy: NUMBER_ASC) { nodes { number account { name } ${fields} } } }`;
  const statements = async (first: number, fields: string) =>
    (await ask(world, tenant, query(first, fields))).statements;
  // Lines, what they charge, whose orders those are, and when they came in.
  expect(await statements(4, 'settlement { payday byTerms { adjusted } history { since } }')).toBe(
    await statements(1, 'settlement { payday }'),
  );
  expect(await statements(4, 'settlement { payday }')).toBe((await statements(4, '')) + 4);
  // Lines, what they charge, where that went, and the shipments that say where from.
  expect(await statements(4, 'taxAssessment { rule }')).toBe(await statements(1, 'taxAssessment { rule }'));
  expect(await statements(4, 'taxAssessment { rule }')).toBe((await statements(4, '')) + 5);
  // Both read the same rows: shipments for one, receipts for the other.
  expect(await statements(4, 'taxAssessment { rule } settlement { payday }')).toBe((await statements(4, '')) + 6);
});

test('a site whose rule throws loses its own fields, by the name of its plugin; the others answer', async () => {
  const broken: Site = {
    ...aJapan(),
    tax: () => {
      throw new Error('a table with a hole in it');
    },
  };
  const gate = aGate();
  const sites = guardSites([aSitePlugin('site-jp', broken), aSitePlugin('site-us', usSite)], gate);
  const answer = await ask(
    world,
    tenant,
    `query ($us: ID!, $jp: ID!) {
      us: invoice(account: $us, number: "INV-1AAAAAAA") { number taxAssessment { rule } settlement { __typename } }
      jp: invoice(account: $jp, number: "INV-1JJJJJJJ") { number taxAssessment { rule } settlement { __typename } }
    }`,
    { us: accountRef(us), jp: accountRef(jp) },
    { sites },
  );
  expect(answer.data).toMatchObject({
    us: { number: 'INV-1AAAAAAA', taxAssessment: { rule: 'us/resale' } },
    jp: { number: 'INV-1JJJJJJJ', taxAssessment: null, settlement: { __typename: 'SiteSettlement' } },
  });
  expect(answer.errors).toMatchObject([
    { path: ['jp', 'taxAssessment'], extensions: { code: 'PLUGIN_FAILED', plugin: 'site-jp' } },
  ]);
  expect(JSON.stringify(answer.errors)).not.toContain('hole');
  expect(gate.failures).toMatchObject([{ plugin: 'site-jp', field: 'JP.tax', code: 'PLUGIN_FAILED' }]);
});

test('a site whose plugin is switched off says so, and the schema stays as it is', async () => {
  const gate = aGate({ switch: { isEnabled: (id) => id !== 'site-us' } });
  const sites = guardSites([aSitePlugin('site-us', usSite)], gate);
  const fields = 'taxAssessment { rule } settlement { __typename }';
  const answer = await ask(world, tenant, ...invoice(us, 'INV-1AAAAAAA', fields), { sites });
  expect(answer.data.invoice).toEqual({ number: 'INV-1AAAAAAA', taxAssessment: null, settlement: null });
  expect(answer.errors.map(({ extensions }) => [extensions?.code, extensions?.plugin])).toEqual([
    ['PLUGIN_DISABLED', 'site-us'],
    ['PLUGIN_DISABLED', 'site-us'],
  ]);
});

test('a plugin in the slot `tax.product-class` says what class a product is in, behind its guard', async () => {
  const japan = aJapan();
  const core = { ...composedCore, slots: new Set<string>(slotNames) };
  const known: string[] = [];
  const classes = (fill: Slots['tax.product-class']) => [
    aSitePlugin('site-jp', japan),
    { ...aSitePlugin('food-list'), slots: [{ slot: 'tax.product-class', site: 'JP', fill }] },
  ];
  const asked = async (fill: Slots['tax.product-class']) => {
    const composed = compose(core, classes(fill), { config: {} });
    if (!composed.ok) throw new Error(JSON.stringify(composed.refusal));
    const gate = aGate();
    const sites = guardSites(composed.value.plugins, gate);
    const slots = guardSlots(composed.value, gate);
    return ask(world, tenant, ...invoice(jp, 'INV-1JJJJJJJ', 'taxAssessment { rule }'), { sites, slots });
  };

  await asked(({ asin }) => {
    known.push(asin ?? '');
    return known.length === 1 ? 'reduced' : undefined;
  });
  expect(known).toEqual([expect.stringMatching(/^B0/), expect.stringMatching(/^B0/)]);
  expect(japan.asked.at(-1)?.lines.map(({ taxClass }) => taxClass)).toEqual(['reduced', 'standard']);

  const broken = await asked(() => {
    throw new Error('the list is lost');
  });
  expect(broken.data.invoice).toEqual({ number: 'INV-1JJJJJJJ', taxAssessment: null });
  expect(broken.errors).toMatchObject([{ extensions: { code: 'PLUGIN_FAILED', plugin: 'food-list' } }]);
});
