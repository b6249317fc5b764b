import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeId } from '../../schema/ids.ts';
import { allScopes } from '../../schema/scopes.ts';
import { ask } from '../schema/support/ask.ts';
import { someWebhooks } from '../schema/support/webhooks.ts';
import { aReceiver, type Receiver } from './support/receiver.ts';
import { aWebhookWorld, type Vendor, type WebhookWorld } from './support/world.ts';

let world: WebhookWorld;
let receiver: Receiver;
let vendor: Vendor;
let other: Vendor;
beforeAll(async () => {
  world = await aWebhookWorld();
  receiver = await aReceiver();
  vendor = await world.vendor('Larkfield');
  other = await world.vendor('Hawthorn');
});
afterAll(async () => {
  await world.close();
  await receiver.close();
});

const create = `mutation ($input: WebhookInput!) { createWebhook(input: $input) {
  ... on WebhookWithSecret { secret webhook {
    id url description maxBatch createdAt cursor filter { accounts kinds severities orderNumbers asins } health { state } } }
  ... on Refused { code because } } }`;
const withId = (name: string) =>
  `mutation ($id: ID!) { ${name}(id: $id${name === 'updateWebhook' ? ', input: { description: "new" }' : ''}) { __typename ... on Refused { code } } }`;
const names = [
  'updateWebhook',
  'pauseWebhook',
  'resumeWebhook',
  'replayWebhook',
  'rotateWebhookSecret',
  'testWebhook',
  'deleteWebhook',
];

test('a webhook is shown as it was set up, its secret once', async () => {
  const account = encodeId('VendorAccount', [vendor.account.accountId]);
  const filter = {
    accounts: [account],
    kinds: ['COST_CHANGED'],
    severities: ['ALERT'],
    orderNumbers: ['1'],
    asins: [],
  };
  const input = { url: receiver.url, description: 'ERP', maxBatch: 7, filter };
  const { data, errors } = await world.run(vendor, create, { input });
  expect(errors).toEqual([]);
  const { secret, webhook } = data.createWebhook;
  expect(secret).toMatch(/^whsec_/);
  expect(webhook).toMatchObject({
    url: receiver.url,
    description: 'ERP',
    maxBatch: 7,
    filter,
    health: { state: 'ACTIVE' },
  });
  const shown = await ask(
    world,
    vendor.tenant,
    '{ webhooks(first: 10) { nodes { id description health { state } } } }',
  );
  expect(shown.data.webhooks.nodes).toEqual([{ id: webhook.id, description: 'ERP', health: { state: 'ACTIVE' } }]);
  expect(JSON.stringify(shown)).not.toContain(secret.slice(8));
});

test('S6 · no secret stands readable in any table, and no request can read even what is sealed', async () => {
  const { secret } = await world.webhook(vendor, { url: receiver.url });
  const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const rows = await world.database.work((sql) =>
    sql.query<{ sealed: Buffer }>('select "sealed" from "WebhookSecret"'),
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { sealed } of rows) {
    expect(sealed.includes(bytes) || sealed.includes(secret) || sealed.includes(secret.slice(6))).toBe(false);
  }
  await expect(world.database.read(vendor.tenant, (db) => db.webhookSecret.findMany())).rejects.toThrow(/denied/);
});

test.each([
  ['http://127.0.0.1:0x/', 'NOT_AN_ADDRESS'],
  ['https://a:b@example.com/', 'HAS_CREDENTIALS'],
])('the address %s is refused: %s', async (url, because) => {
  const { data } = await world.run(vendor, create, { input: { url } });
  expect(data.createWebhook).toEqual({ code: 'WEBHOOK_ADDRESS_REFUSED', because });
});

test('an argument out of bounds, or a cursor of another installation, is refused', async () => {
  const input = { url: receiver.url };
  for (const wrong of [{ maxBatch: 0 }, { maxBatch: 101 }, { description: 'x'.repeat(201) }]) {
    expect((await world.run(vendor, create, { input: { ...input, ...wrong } })).errors).toEqual(['BAD_USER_INPUT']);
  }
  const { data } = await world.run(vendor, create, { input: { ...input, after: 'AAAAAAAAAAAAAAAAAAAAAA' } });
  expect(data.createWebhook.code).toBe('CURSOR_NOT_OURS');
});

test('S1 · another organisation’s webhook is not found, by whatever is done to it', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  for (const name of names) {
    expect((await world.run(other, withId(name), { id })).data[name]).toEqual({
      __typename: 'Refused',
      code: 'WEBHOOK_NOT_FOUND',
    });
  }
  expect(await world.show(other, id)).toBeNull();
  const { data } = await world.run(other, '{ webhooks(first: 10) { nodes { id } } }');
  expect(data.webhooks.nodes).toEqual([]);
  for (const table of ['webhook', 'webhookProgress', 'webhookDelivery'] as const) {
    expect(await world.database.read(other.tenant, (db) => (db[table] as { count(): Promise<number> }).count())).toBe(
      0,
    );
  }
});

test('an id that nobody gave is not found, and one of something else is refused', async () => {
  for (const made of ['', 'x', '00000000-0000-0000-0000-000000000000']) {
    const id = encodeId('Webhook', [vendor.organisationId, made]);
    expect((await world.run(vendor, withId('pauseWebhook'), { id })).data.pauseWebhook.code).toBe('WEBHOOK_NOT_FOUND');
    expect(await world.show(vendor, id)).toBeNull();
  }
  const id = encodeId('VendorAccount', [vendor.account.accountId]);
  expect((await world.run(vendor, withId('pauseWebhook'), { id })).errors).toEqual(['BAD_USER_INPUT']);
});

test('S3 · setting up needs webhook:write and change:read; looking needs webhook:read', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  const looking = '{ webhooks(first: 1) { nodes { id } } }';
  expect(
    (
      await world.run(
        vendor,
        looking,
        {},
        allScopes.filter((scope) => scope !== 'webhook:read'),
      )
    ).errors,
  ).toEqual(['FORBIDDEN']);
  expect((await world.run(vendor, looking, {}, ['webhook:read'])).errors).toEqual([]);
  for (const missing of ['webhook:write', 'change:read']) {
    const scopes = allScopes.filter((scope) => scope !== missing);
    for (const name of names)
      expect((await world.run(vendor, withId(name), { id }, scopes)).errors).toEqual(['FORBIDDEN']);
    expect((await world.run(vendor, create, { input: { url: receiver.url } }, scopes)).errors).toEqual(['FORBIDDEN']);
  }
  const { errors } = await world.run(vendor, create, { input: { url: receiver.url } }, [
    'webhook:write',
    'change:read',
  ]);
  expect(errors).toEqual([]);
});

test('an organisation has so many webhooks and no more', async () => {
  const many = await world.vendor('Many');
  await someWebhooks(world, many.tenant, many.organisationId, 100);
  const { data } = await world.run(many, create, { input: { url: receiver.url } });
  expect(data.createWebhook.code).toBe('TOO_MANY_WEBHOOKS');
});

test('without a key for secrets there is no webhook, and the answer says who can help', async () => {
  const keyless = { ...world.desk, secret: () => undefined };
  const { data } = await world.run(vendor, create, { input: { url: receiver.url } }, allScopes, keyless);
  expect(data.createWebhook.code).toBe('SECRETS_NOT_CONFIGURED');
});
