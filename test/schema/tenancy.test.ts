import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeId } from '../../schema/ids.ts';
import { schema } from '../../schema/index.ts';
import { instant } from '../../src/base/instant.ts';
import type { Connector } from '../../src/seams/connector.ts';
import { keepApiKey } from '../../src/store/access.ts';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask } from './support/ask.ts';
import { aStory } from './support/story.ts';
import { someWebhooks } from './support/webhooks.ts';
import { accountRef, aWorld, plain, tenantOf, type World } from './support/world.ts';

let world: World;
let mine: AccountRow;
let theirs: AccountRow;
let me: Tenant;
let them: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const [larkfield, hawthorn] = [await world.organisation('Larkfield'), await world.organisation('Hawthorn')];
  mine = await world.account(larkfield);
  theirs = await world.account(hawthorn, { name: 'Hawthorn US' });
  me = tenantOf(larkfield, [mine]);
  them = tenantOf(hawthorn, [theirs]);
  await world.tell(theirs, aStory({ number: '1HHHHHHH', received: 9 }));
  await world.tell(theirs, []);
  {
    const organisationId = hawthorn;
    await keepApiKey(
      world.database,
      { organisationId, name: 'ERP', prefix: 'acorn_live_hawthorn', secretHash: 'f'.repeat(64), scopes: [] },
      instant('2026-11-01T00:00:00Z'),
    );
    await world.database.work((sql) =>
      sql.query(
        `insert into "Member" ("id", "organisationId", "issuer", "subject", "name", "createdAt")
         values (gen_random_uuid(), $1, 'https://id.example.com', 'h-1', 'Hanna', now())`,
        [organisationId],
      ),
    );
  }
  await someWebhooks(world, them, hawthorn, 2);
  await world.tell(mine, aStory({ number: '1MMMMMMM', until: 'ordered', lines: 1 }));
});
afterAll(() => world.close());

const everything = `{
  accounts(first: 10) { nodes { id name organisation { name } } }
  products(first: 10) { nodes { id asin } }
  purchaseOrders(first: 10) { nodes { id number } }
  orderLines(first: 10) { nodes { id orderNumber } }
  shipments(first: 10) { nodes { id identifier } }
  receipts(first: 10) { nodes { orderNumber } }
  invoices(first: 10) { nodes { id number } }
  payments(first: 10) { nodes { id number } }
  deductions(first: 10) { nodes { id number } }
  parkedDocuments(first: 10) { nodes { id document { id } } }
  contractWarnings(first: 10) { nodes { id } }
  serviceAccounts(first: 10) { nodes { id name } }
  members(first: 10) { nodes { id name } }
  accessGrants(first: 10) { nodes { id role } }
  webhooks(first: 10) { nodes { id } }
  changes(first: 250) { changes { id orderNumber invoiceNumber } }
}`;

const byKey = `query ($ids: [ID!]!, $account: ID!) {
  nodes(ids: $ids) { id }
  account(id: $account) { name }
  purchaseOrder(account: $account, number: "1HHHHHHH") { number }
  shipment(account: $account, identifier: "ASN-1HHHHHHH") { identifier }
  invoice(account: $account, number: "INV-1HHHHHHH") { number }
  purchaseOrders(first: 5, filter: { accounts: [$account] }) { nodes { number } }
  changes(first: 5, filter: { accounts: [$account] }) { changes { id } }
  invoiceTotals(filter: { accounts: [$account] }) { sums { documents } }
}`;

/** What reads no row of any tenant. */
const ofNobody = `{
  identifierSchemes { scheme }
  identifierCheck(scheme: "IBAN", value: "") { verdict }
  invoicePreview(input: { site: "US", lines: [{ net: "1.00" }] }) { site }
}`;

test('S1 · no field of Query is left out below', () => {
  const asked = `${everything} ${byKey} ${ofNobody} { viewer { rights } changeHead node(id: "") { id } platform { version } rateLimit { sockets { used } } }`;
  const fields = Object.keys(schema.getQueryType()?.getFields() ?? {});
  expect(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(asked))).toEqual([]);
});

interface Listed {
  readonly nodes: readonly { readonly id?: string; readonly document?: { readonly id: string } }[];
}

test('S1 · a preview for another tenant’s account finds no account', async () => {
  const input = { account: accountRef(theirs), lines: [{ net: '1.00' }] };
  const query = 'query ($input: InvoicePreviewInput!) { invoicePreview(input: $input) { site } }';
  const { data, errors } = await ask(world, me, query, { input });
  expect(data.invoicePreview).toBeNull();
  expect(errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
});

test('S1 · what reads no row reads none', async () => {
  const answer = await ask(world, me, ofNobody);
  expect(answer).toMatchObject({ errors: [], statements: 0 });
});

test('S1 · no list shows a row of another tenant', async () => {
  const answer = await ask(world, me, everything);
  expect(answer.errors).toEqual([]);
  const { changes, ...lists } = answer.data;
  expect(lists).toEqual({
    accounts: { nodes: [{ id: accountRef(mine), name: 'Larkfield US', organisation: { name: 'Larkfield' } }] },
    products: { nodes: [{ id: expect.any(String), asin: 'B000000001' }] },
    purchaseOrders: { nodes: [{ id: expect.any(String), number: '1MMMMMMM' }] },
    orderLines: { nodes: [{ id: expect.any(String), orderNumber: '1MMMMMMM' }] },
    shipments: { nodes: [] },
    receipts: { nodes: [] },
    invoices: { nodes: [] },
    payments: { nodes: [] },
    deductions: { nodes: [] },
    parkedDocuments: { nodes: [] },
    contractWarnings: { nodes: [] },
    serviceAccounts: { nodes: [] },
    members: { nodes: [] },
    accessGrants: { nodes: [] },
    webhooks: { nodes: [] },
  });
  expect(changes.changes).toEqual([{ id: expect.any(String), orderNumber: '1MMMMMMM', invoiceNumber: null }]);
});

test("S1 · another tenant's id finds nothing, by node, by nodes, by key or by filter", async () => {
  const { data } = await ask(world, them, everything);
  const { changes, receipts: _, ...lists } = data;
  const ids = (Object.values(lists) as Listed[])
    .flatMap(({ nodes }) => nodes.flatMap((n) => [n.id, n.document?.id]))
    .filter((id) => id !== undefined);
  expect(ids.length).toBeGreaterThan(10);
  expect(changes.changes.length).toBeGreaterThan(5);

  const theirsSeen = await ask(world, them, byKey, { ids, account: accountRef(theirs) });
  expect(theirsSeen.errors).toEqual([]);
  expect(theirsSeen.data.nodes.every((node: unknown) => node !== null)).toBe(true);
  expect(theirsSeen.data.invoiceTotals.sums).toEqual([{ documents: 1 }]);

  const seen = await ask(world, me, byKey, { ids, account: accountRef(theirs) });
  expect(seen.errors).toEqual([]);
  expect(seen.data).toEqual({
    nodes: ids.map(() => null),
    account: null,
    purchaseOrder: null,
    shipment: null,
    invoice: null,
    purchaseOrders: { nodes: [] },
    changes: { changes: [] },
    invoiceTotals: { sums: [] },
  });
});

test('S1 · a cursor of another tenant tells nothing', async () => {
  const page = `query ($after: String) { purchaseOrders(first: 1, after: $after) { edges { cursor } nodes { number } } }`;
  const { data } = await ask(world, them, page);
  const answer = await ask(world, me, page, { after: data.purchaseOrders.edges[0].cursor });
  expect(answer.data.purchaseOrders.nodes).toEqual([]);
});

test('S2 · without a tenant there are no rows', async () => {
  const answer = await ask(world, { organisationId: undefined, accountIds: [] }, everything);
  const { changes, ...lists } = answer.data;
  expect((Object.values(lists) as Listed[]).flatMap(({ nodes }) => nodes)).toEqual([]);
  expect(changes.changes).toEqual([]);
});

test('S1 · a well-formed id of nothing is null', async () => {
  const id = encodeId('PurchaseOrder', [mine.accountId, 'NOSUCHPO']);
  const answer = await ask(world, me, `query ($id: ID!) { node(id: $id) { id } }`, { id });
  expect(answer).toMatchObject({ data: { node: null }, errors: [] });
});

test("S1 · another tenant's parked document cannot be tried again", async () => {
  const { data } = await ask(world, them, everything);
  const { id } = data.parkedDocuments.nodes[0];
  const answer = await ask(
    world,
    me,
    `mutation ($id: ID!) { retryParkedDocument(id: $id) { __typename ... on Refused { code } } }`,
    { id },
    {
      // Reached only when the tenant was not looked at.
      retryParked: () => Promise.reject(new Error('asked for the account of another tenant')),
    },
  );
  expect(answer.errors).toEqual([]);
  expect(answer.data.retryParkedDocument).toEqual({ __typename: 'Refused', code: 'PARKED_DOCUMENT_NOT_FOUND' });
});

test('a parked document is tried again, and says why it still waits', async () => {
  const { data } = await ask(world, them, everything);
  const { id } = data.parkedDocuments.nodes[0];
  const answer = await ask(
    world,
    them,
    `mutation ($id: ID!) { retryParkedDocument(id: $id) { __typename ... on Refused { code because } } }`,
    { id },
    {
      retryParked: world.retry([theirs]),
    },
  );
  expect(answer.errors).toEqual([]);
  expect(answer.data.retryParkedDocument).toEqual({
    __typename: 'Refused',
    code: 'STILL_UNREADABLE',
    because: 'NOT_JSON',
  });
  const after = await ask(
    world,
    them,
    `{ parkedDocuments(first: 1, filter: { resolved: false }) { nodes { attempts } } }`,
  );
  expect(after.data.parkedDocuments.nodes).toEqual([{ attempts: 2 }]);
});

test('a parked document lands once it can be read, and is parked no longer', async () => {
  const { data } = await ask(world, them, everything);
  const { id } = data.parkedDocuments.nodes[0];
  const story = aStory({ number: '1LANDEDX', until: 'ordered', lines: 1 });
  const learnt: Connector = {
    ...plain,
    translate: () => ({ facts: story.map((fact) => ({ fact, at: '' })), warnings: [], unreadable: [] }),
  };
  const retry =
    'mutation ($id: ID!) { retryParkedDocument(id: $id) { __typename ... on ParkedDocumentLanded { facts } ... on Refused { code } } }';
  const answer = await ask(world, them, retry, { id }, { retryParked: world.retry([theirs], learnt) });
  expect(answer.errors).toEqual([]);
  expect(answer.data.retryParkedDocument).toEqual({ __typename: 'ParkedDocumentLanded', facts: 1 });
  const after = await ask(
    world,
    them,
    '{ parkedDocuments(first: 5, filter: { resolved: false }) { nodes { id } } purchaseOrders(first: 5, filter: { numbers: ["1LANDEDX"] }) { nodes { number } } }',
  );
  expect(after.data).toEqual({ parkedDocuments: { nodes: [] }, purchaseOrders: { nodes: [{ number: '1LANDEDX' }] } });
});

test('a mutation needs its right, and nothing is tried without it', async () => {
  const id = encodeId('ParkedDocument', [theirs.accountId, 'x']);
  const answer = await ask(
    world,
    them,
    'mutation ($id: ID!) { retryParkedDocument(id: $id) { __typename } }',
    { id },
    {
      scopes: ['document:read'],
      retryParked: () => Promise.reject(new Error('tried without the right')),
    },
  );
  expect(answer).toMatchObject({
    data: { retryParkedDocument: null },
    errors: [{ code: 'FORBIDDEN', path: ['retryParkedDocument'] }],
  });
});
