import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allScopes, type Scope } from '../../schema/scopes.ts';
import type { OrganisationId } from '../../src/base/ids.ts';
import { tenantOf as walledTenant } from '../../src/server/tenant.ts';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask } from './support/ask.ts';
import { aStory } from './support/story.ts';
import { accountRef, aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let account: AccountRow;
let tenant: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  account = await world.account(larkfield);
  tenant = tenantOf(larkfield, [account]);
  await world.tell(account, aStory({ number: '1AAAAAAA', received: 9 }));
});
afterAll(() => world.close());

const roots: readonly [Scope, string, string][] = [
  ['account:read', 'accounts', '{ accounts(first: 1) { nodes { name } } }'],
  ['account:read', 'products', '{ products(first: 1) { nodes { asin } } }'],
  ['order:read', 'purchaseOrders', '{ purchaseOrders(first: 1) { nodes { number } } }'],
  ['order:read', 'orderLines', '{ orderLines(first: 1) { nodes { asin } } }'],
  ['shipment:read', 'shipments', '{ shipments(first: 1) { nodes { identifier } } }'],
  ['receipt:read', 'receipts', '{ receipts(first: 1) { nodes { quantity } } }'],
  ['invoice:read', 'invoices', '{ invoices(first: 1) { nodes { number } } }'],
  ['invoice:read', 'invoiceTotals', '{ invoiceTotals { sums { documents } } }'],
  ['account:read', 'identifierSchemes', '{ identifierSchemes { scheme } }'],
  ['invoice:read', 'invoicePreview', '{ invoicePreview(input: { site: "US", lines: [{ net: "1.00" }] }) { site } }'],
  ['account:read', 'identifierCheck', '{ identifierCheck(scheme: "IBAN", value: "DE89") { verdict } }'],
  ['payment:read', 'payments', '{ payments(first: 1) { nodes { number } } }'],
  ['deduction:read', 'deductions', '{ deductions(first: 1) { nodes { number } } }'],
  ['change:read', 'changes', '{ changes(first: 1) { cursor } }'],
  ['change:read', 'changeHead', '{ changeHead }'],
  ['webhook:read', 'webhooks', '{ webhooks(first: 1) { nodes { url } } }'],
  ['document:read', 'parkedDocuments', '{ parkedDocuments(first: 1) { nodes { code } } }'],
  ['document:read', 'contractWarnings', '{ contractWarnings(first: 1) { nodes { code } } }'],
];

describe.each(roots)('S3 · %s opens %s', (scope, field, query) => {
  test('with it', async () => {
    const answer = await ask(world, tenant, query, {}, { scopes: [scope] });
    expect(answer.errors).toEqual([]);
    expect(answer.data[field]).not.toBeNull();
  });
  test('and every other right does not, nor reads anything', async () => {
    const answer = await ask(world, tenant, query, {}, { scopes: allScopes.filter((other) => other !== scope) });
    expect(answer).toMatchObject({
      data: { [field]: null },
      errors: [{ code: 'FORBIDDEN', path: [field] }],
      statements: 0,
    });
  });
});

test('S3 · what a key may not see inside an order is null, with its path, and the rest stands', async () => {
  const query = `query ($account: ID!) { purchaseOrder(account: $account, number: "1AAAAAAA") {
    number account { name }
    lines(first: 1) { nodes { asin receipts { quantity } shipmentLines { shipped } invoiceLines { invoiced } } }
  } }`;
  const answer = await ask(
    world,
    tenant,
    query,
    { account: accountRef(account) },
    { scopes: ['order:read', 'receipt:read'] },
  );
  expect(answer.data.purchaseOrder).toEqual({
    number: '1AAAAAAA',
    account: null,
    lines: { nodes: [{ asin: 'B000000001', receipts: [{ quantity: 9 }], shipmentLines: null, invoiceLines: null }] },
  });
  expect(answer.errors.map(({ code, path }) => [code, path.join('.')]).sort()).toEqual([
    ['FORBIDDEN', 'purchaseOrder.account'],
    ['FORBIDDEN', 'purchaseOrder.lines.nodes.0.invoiceLines'],
    ['FORBIDDEN', 'purchaseOrder.lines.nodes.0.shipmentLines'],
  ]);
});

test('S3 · an id opens nothing that the right of its type does not', async () => {
  const { data } = await ask(world, tenant, '{ invoices(first: 1) { nodes { id } } }');
  const [{ id }] = data.invoices.nodes;
  const answer = await ask(
    world,
    tenant,
    'query ($id: ID!) { node(id: $id) { id ... on Invoice { number } } }',
    { id },
    { scopes: ['order:read'] },
  );
  expect(answer).toMatchObject({ data: { node: null }, errors: [{ code: 'FORBIDDEN', path: ['node'] }] });
});

test('S3 · a change is told to whoever may read what it is about, and its numbers have no hole for who may read all', async () => {
  const query =
    '{ changes(first: 250, filter: { kinds: [INVOICE_ISSUED] }) { dense changes { kind invoiceNumber node { id } } } }';
  const asked = async (scopes: readonly Scope[]) => {
    const rights = new Map(scopes.map((scope) => [scope, new Set(tenant.accountIds)]));
    const walled = walledTenant({ organisationId: tenant.organisationId as OrganisationId, rights });
    return (await ask(world, walled, query, {}, { scopes })).data.changes;
  };
  const issued = { kind: 'INVOICE_ISSUED', invoiceNumber: 'INV-1AAAAAAA', node: { id: expect.any(String) } };
  expect(await asked(['change:read', 'order:read'])).toEqual({ dense: false, changes: [] });
  expect(await asked(['change:read', 'invoice:read'])).toEqual({ dense: false, changes: [issued] });
  expect(await asked(allScopes)).toEqual({ dense: true, changes: [issued] });
});

test('S3 · the viewer sees which rights it has, and no right opens nothing at all', async () => {
  expect(
    (await ask(world, tenant, '{ viewer { rights } }', {}, { scopes: ['order:read', 'nonsense'] })).data.viewer,
  ).toEqual({ rights: ['order:read'] });
  expect(await ask(world, tenant, '{ node(id: "x") { id } }', {}, { scopes: [] })).toMatchObject({
    data: { node: null },
  });
});
