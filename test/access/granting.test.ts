import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeId } from '../../schema/ids.ts';
import { core } from '../../src/server/core.ts';
import { listAccounts } from '../../src/store/accounts.ts';
import { startGateway, type TestGateway } from '../server/support/gateway.ts';
import { type Credentials, notLetIn, transports } from '../server/support/transports.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let gateway: TestGateway;
let brand: string;
let agency: string;
/** Global ids of accounts, by name. */
const account: Record<string, string> = {};

beforeAll(async () => {
  database = await testDatabase();
  gateway = await startGateway(database.url, [], [], core);
  brand = await gateway.ownerKey();
  agency = await gateway.otherOwnerKey();
  for (const { name, accountId } of await listAccounts(gateway.database)) {
    account[name] = encodeId('VendorAccount', [accountId]);
  }
});
afterAll(async () => {
  await gateway?.stop();
  await database?.drop();
});

/** Ask by HTTP with a key, and hear the whole answer. */
async function ask(key: string, query: string, variables: Record<string, unknown> = {}) {
  const response = await gateway.post({ query, variables }, { authorization: `Bearer ${key}` });
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
  return (await response.json()) as { readonly data: any; readonly errors?: readonly any[] };
}

/** A service account with a role, and a key of it. */
async function software(
  owner: string,
  name: string,
  may: object,
  key: object = {},
): Promise<{ id: string; key: string }> {
  const made = await ask(
    owner,
    `mutation ($name: String!, $may: RoleOver!) {
      createServiceAccount(name: $name, may: $may) { __typename ... on ServiceAccount { id } ... on Refused { code message } } }`,
    { name, may },
  );
  expect(made.data.createServiceAccount.__typename).toBe('ServiceAccount');
  const { id } = made.data.createServiceAccount;
  return { id, key: await keyFor(owner, id, key) };
}

const createKey = `mutation ($of: ID!, $rights: [String!], $allowedAddresses: [String!]) {
  createApiKey(serviceAccount: $of, name: "k", rights: $rights, allowedAddresses: $allowedAddresses) {
    ... on ApiKeyCreated { text apiKey { id prefix } } ... on Refused { code } } }`;

async function keyFor(owner: string, of: string, given: object = {}): Promise<string> {
  const { data } = await ask(owner, createKey, { of, ...given });
  return data.createApiKey.text;
}

const whatIsSeen = '{ viewer { rights } accounts(first: 10) { nodes { name } } }';

describe('a role over some accounts', () => {
  test('shows those accounts, with the rights of the role and no others', async () => {
    const { key } = await software(brand, 'Dock', { role: 'LOGISTICS', accounts: [account['Northwind US']] });
    expect((await ask(key, whatIsSeen)).data).toEqual({
      viewer: { rights: ['account:read', 'order:read', 'shipment:read', 'receipt:read', 'change:read'] },
      accounts: { nodes: [{ name: 'Northwind US' }] },
    });
    expect(
      await ask(key, '{ invoices(first: 1) { nodes { number } } purchaseOrders(first: 1) { nodes { number } } }'),
    ).toMatchObject({
      data: { invoices: null, purchaseOrders: { nodes: [] } },
      errors: [{ path: ['invoices'], extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test('a key of it does no more than it was made for', async () => {
    const { key } = await software(brand, 'Narrow', { role: 'FINANCE' }, { rights: ['account:read', 'access:write'] });
    expect((await ask(key, whatIsSeen)).data.viewer).toEqual({ rights: ['account:read'] });
  });

  test('is over when its time is', async () => {
    const { key } = await software(brand, 'Yesterday', { role: 'FINANCE', expiresAt: '2026-01-01T00:00:00Z' });
    expect((await ask(key, '{ purchaseOrders(first: 1) { nodes { number } } }')).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });
});

describe('an agency', () => {
  const grant = `mutation ($may: RoleOver!) { grantAccess(to: { agency: "Somebody Else" }, may: $may) {
    ... on AccessGrant { id lastUsedAt } ... on Refused { code } } }`;

  test('sees the accounts a brand opens to it beside its own, until the brand takes that back', async () => {
    const own = ['Secret Brand'];
    const names = async () =>
      (await ask(agency, whatIsSeen)).data.accounts.nodes.map(({ name }: { name: string }) => name);
    expect(await names()).toEqual(own);

    const given = await ask(brand, grant, { may: { role: 'AGENCY_READER', accounts: [account['Northwind CA']] } });
    const { id } = given.data.grantAccess;
    await expect.poll(names).toEqual(['Northwind CA', ...own]);

    const shown = '{ accessGrants(first: 10) { nodes { id role by { name } agency { name } everywhere lastUsedAt } } }';
    const held = (await ask(agency, shown)).data.accessGrants.nodes.find((each: { id: string }) => each.id === id);
    expect(held).toMatchObject({
      role: 'AGENCY_READER',
      everywhere: false,
      agency: { name: 'Somebody Else' },
    });

    await ask(brand, 'mutation ($id: ID!) { revokeAccess(id: $id) { ... on AccessGrant { revokedAt } } }', { id });
    await expect.poll(names).toEqual(own);
  });

  test('cannot take a grant for itself, nor hand on what it was given', async () => {
    const given = await ask(brand, grant, { may: { role: 'AGENCY_READER' } });
    const { id } = given.data.grantAccess;
    expect(
      (await ask(agency, 'mutation ($id: ID!) { revokeAccess(id: $id) { ... on Refused { code } } }', { id })).data,
    ).toEqual({ revokeAccess: { code: 'HOLDER_NOT_FOUND' } });
    await expect.poll(async () => (await ask(agency, whatIsSeen)).data.accounts.nodes.length).toBe(3);
    const handOn = await ask(
      agency,
      `mutation ($may: RoleOver!) { grantAccess(to: { agency: "Northwind Brands" }, may: $may) { ... on Refused { code } } }`,
      { may: { role: 'SALES', accounts: [account['Northwind US']] } },
    );
    expect(handOn.data).toEqual({ grantAccess: { code: 'ACCOUNT_NOT_FOUND' } });
    await ask(brand, 'mutation ($id: ID!) { revokeAccess(id: $id) { __typename } }', { id });
  });
});

describe('handing out access', () => {
  test('needs the right to, over those accounts, and nobody makes an owner who is none', async () => {
    const { key: admin } = await software(brand, 'Admin', { role: 'ADMIN', accounts: [account['Northwind US']] });
    const make = `mutation ($may: RoleOver!) { createServiceAccount(name: "Made by admin", may: $may) {
      __typename ... on Refused { code } } }`;
    const by = async (may: object) => (await ask(admin, make, { may })).data.createServiceAccount;
    expect(await by({ role: 'OWNER' })).toEqual({ __typename: 'Refused', code: 'NOT_YOURS_TO_GIVE' });
    expect(await by({ role: 'SALES' })).toEqual({ __typename: 'Refused', code: 'NOT_YOURS_TO_GIVE' });
    expect(await by({ role: 'SALES', accounts: [account['Northwind CA']] })).toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
    });
    expect(await by({ role: 'SALES', accounts: [account['Secret Brand']] })).toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
    });
    expect(await by({ role: 'SALES', accounts: [account['Northwind US']] })).toEqual({ __typename: 'ServiceAccount' });

    const { key: sales } = await software(brand, 'Sales', { role: 'SALES' });
    expect((await ask(sales, make, { may: { role: 'SALES' } })).errors).toMatchObject([
      { path: ['createServiceAccount'], extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('an admin of some accounts does not admin the others by covering all', async () => {
    const { key: admin } = await software(brand, 'Half admin', { role: 'ADMIN', accounts: [account['Northwind US']] });
    const { data } = await ask(
      admin,
      'mutation { createServiceAccount(name: "All", may: { role: SALES }) { ... on Refused { code } } }',
    );
    expect(data.createServiceAccount).toEqual({ code: 'NOT_YOURS_TO_GIVE' });
  });

  test('two keys at once, to change over, and never a third', async () => {
    const { id, key } = await software(brand, 'Rotates', { role: 'SALES' });
    const second = await keyFor(brand, id);
    expect((await ask(brand, createKey, { of: id })).data.createApiKey).toEqual({ code: 'TWO_KEYS_ACTIVE' });
    expect([(await ask(key, whatIsSeen)).errors, (await ask(second, whatIsSeen)).errors]).toEqual([
      undefined,
      undefined,
    ]);

    const keys = `query ($id: ID!) { node(id: $id) { ... on ServiceAccount { keys { id prefix lastUsedAt revokedAt } } } }`;
    const first = (await ask(brand, keys, { id })).data.node.keys.find(({ prefix }: { prefix: string }) =>
      key.startsWith(prefix),
    );
    await ask(brand, 'mutation ($id: ID!) { revokeApiKey(id: $id) { __typename } }', { id: first.id });
    await expect.poll(async () => (await ask(key, whatIsSeen)).errors?.[0].extensions.code).toBe('UNAUTHENTICATED');
    expect((await ask(second, whatIsSeen)).errors).toBeUndefined();
    expect(await keyFor(brand, id)).toMatch(/^acorn_live_/);
  });

  test('ending a service account ends its keys', async () => {
    const { id, key } = await software(brand, 'Ends', { role: 'SALES' });
    expect((await ask(key, whatIsSeen)).errors).toBeUndefined();
    await ask(brand, 'mutation ($id: ID!) { disableServiceAccount(id: $id) { __typename } }', { id });
    await expect.poll(async () => (await ask(key, whatIsSeen)).errors?.[0].extensions.code).toBe('UNAUTHENTICATED');
  });

  test('what another organisation has is not found, as what never was', async () => {
    const { id } = await software(agency, 'Theirs', { role: 'SALES' });
    expect((await ask(brand, createKey, { of: id })).data.createApiKey).toEqual({ code: 'HOLDER_NOT_FOUND' });
    expect((await ask(brand, 'query ($id: ID!) { node(id: $id) { id } }', { id })).data).toEqual({ node: null });
    const { data } = await ask(brand, '{ serviceAccounts(first: 100) { nodes { name } } }');
    expect(data.serviceAccounts.nodes.map(({ name }: { name: string }) => name)).not.toContain('Theirs');
  });

  test('S6 · the text of a key is shown once, and nowhere kept', async () => {
    const { key } = await software(brand, 'Secret', { role: 'SALES' });
    const secret = key.slice(19);
    const rows = await gateway.database.work((sql) => sql.query('select row_to_json(k)::text as row from "ApiKey" k'));
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(gateway.logged.join('')).not.toContain(secret);
  });
});

describe.each(Object.entries(transports))('S7 · a key bound to addresses, by %s', (name, transport) => {
  const expected = notLetIn[name as keyof typeof notLetIn];
  test('works from those', async () => {
    const { key } = await software(
      brand,
      `Near ${name}`,
      { role: 'SALES' },
      { allowedAddresses: ['10.0.0.0/8', '127.0.0.0/8'] },
    );
    const answer = await transport(gateway, '{ accounts(first: 1) { nodes { name } } }', bearer(key));
    expect(answer.errors).toBeUndefined();
  });
  test('and from no other', async () => {
    const { key } = await software(brand, `Far ${name}`, { role: 'SALES' }, { allowedAddresses: ['203.0.113.0/24'] });
    const answer = await transport(gateway, '{ accounts(first: 1) { nodes { name } } }', bearer(key));
    expect(answer.closed ?? answer.errors?.[0]?.extensions?.code).toBe(expected);
  });
});

const bearer = (key: string): Credentials => ({ authorization: `Bearer ${key}` });
