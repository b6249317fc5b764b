import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { toMillis } from '../../src/base/instant.ts';
import { revokeApiKey } from '../../src/store/access.ts';
import { aReceiver, type Received, type Receiver, says, takes } from './support/receiver.ts';
import { aWebhookWorld, type Vendor, type WebhookWorld } from './support/world.ts';

let world: WebhookWorld;
let receiver: Receiver;
let vendor: Vendor;
let vendors = 0;

beforeAll(async () => {
  world = await aWebhookWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  receiver = await aReceiver();
  vendors += 1;
  vendor = await world.vendor(`Vendor ${vendors}`);
});
afterEach(async () => {
  await receiver.close();
  // What one test made is nothing to the next.
  await world.database.work((sql) => sql.query('delete from "Webhook" where "deletedAt" is not null'));
});

const minute = 60_000;
const hour = 60 * minute;
const idsIn = ({ changes }: Received): string[] => changes.map(({ id }) => id);
const act = (name: string, vendor: Vendor, id: string, more = '') =>
  world.run(vendor, `mutation ($id: ID!) { ${name}(id: $id ${more}) { __typename ... on Refused { code } } }`, { id });

/** As the receiver's library would, had it the time of the message. */
function verifies(secret: string, { id, headers, body }: Received): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const signature = new Webhook(secret).sign(id, at, body);
  return (headers['webhook-signature'] ?? '').split(' ').includes(signature);
}

test('every change is posted once, in the order of the log, in the shape that a subscriber sees', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001');
  await world.order(vendor, 'ORDER002');
  await world.deliver();
  const log = await world.log(vendor);
  expect(log.length).toBeGreaterThan(4);
  expect(receiver.taken).toEqual(log);

  const { data } = await world.run(
    vendor,
    `{ changes(first: 1, filter: { kinds: [PURCHASE_ORDER_PLACED] }) { changes {
         __typename id accountId cursor sequence kind severity occurredAt recordedAt actBy orderNumber lineNumber asin
         shipmentIdentifier invoiceNumber paymentNumber deductionNumber account { id } node { __typename id }
         ... on PurchaseOrderPlaced { lineCount ordered } } } }`,
  );
  const [first] = receiver.received;
  expect(first?.changes).toEqual(data.changes.changes);
  expect(JSON.parse(first?.body ?? '')).toMatchObject({
    type: 'changes',
    version: 1,
    data: { cursor: first?.changes[0]?.cursor },
  });
  expect(first?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Acorn-Webhooks/1' });
  expect(await world.show(vendor, id)).toMatchObject({
    health: { state: 'ACTIVE', reason: null, failures: 0, retryAt: null },
    deliveries: { nodes: log.map(() => ({ arrived: true, status: 204, attempt: 1, changes: 1 })) },
  });
});

test('a change has one message id for ever: a receiver that remembers it sees a replay for what it is', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001');
  await world.deliver();
  const first = receiver.received.map((message) => message.id);
  expect(new Set(first).size).toBe(first.length);
  await act('replayWebhook', vendor, id);
  await world.deliver();
  expect(receiver.received.slice(first.length).map((message) => message.id)).toEqual(first);
});

test('a replay begins after the place that is given, and no other installation’s', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001');
  await world.deliver();
  const log = await world.log(vendor);
  const after = receiver.received[1]?.cursor ?? '';
  const replay =
    'mutation ($id: ID!, $after: Cursor) { replayWebhook(id: $id, after: $after) { __typename ... on Refused { code } } }';
  await world.run(vendor, replay, { id, after });
  await world.deliver();
  expect(receiver.taken.slice(log.length)).toEqual(log.slice(2));
  const { data } = await world.run(vendor, replay, { id, after: 'AAAAAAAAAAAAAAAAAAAAAA' });
  expect(data.replayWebhook).toEqual({ __typename: 'Refused', code: 'CURSOR_NOT_OURS' });
});

test('what does not arrive is tried again, later and later, and nothing overtakes it', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001');
  receiver.answer = says(500, {}, 'no\u0000pe');
  await world.deliver();
  const failed = world.clock.now;
  const retryAt = async () => toMillis((await world.show(vendor, id)).health.retryAt) - toMillis(world.clock.now);
  expect(await retryAt()).toBe(5_000);
  await world.deliver();
  expect(receiver.received).toHaveLength(1);
  world.wait(5_000);
  await world.deliver();
  expect(await retryAt()).toBe(30_000);
  expect(await world.show(vendor, id)).toMatchObject({
    health: { state: 'FAILING', reason: 'BAD_STATUS', failures: 2, failingSince: failed },
    deliveries: {
      nodes: [
        { attempt: 2, status: 500, error: 'BAD_STATUS', arrived: false, response: 'no\ufffdpe' },
        { attempt: 1, status: 500 },
      ],
    },
  });
  receiver.answer = takes;
  world.wait(30_000);
  await world.deliver();
  expect(receiver.received.slice(0, 3).map((message) => [message.id, message.body])).toEqual(
    Array(3).fill([receiver.received[0]?.id, receiver.received[0]?.body]),
  );
  expect(receiver.taken).toEqual(await world.log(vendor));
  expect((await world.show(vendor, id)).health).toMatchObject({ state: 'ACTIVE', failures: 0, failingSince: null });
});

test('a batch that failed is sent again as it was, however much came after it', async () => {
  await world.webhook(vendor, { url: receiver.url, maxBatch: 50 });
  await world.order(vendor, 'ORDER001');
  receiver.answer = says(503);
  await world.deliver();
  await world.order(vendor, 'ORDER002');
  receiver.answer = takes;
  world.wait(minute);
  await world.deliver();
  const [first, second, third] = receiver.received;
  expect([second?.id, second?.body]).toEqual([first?.id, first?.body]);
  expect([...idsIn(second as Received), ...idsIn(third as Received)]).toEqual(await world.log(vendor));
});

test('a receiver may ask for more time, and not for less', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001');
  receiver.answer = says(429, { 'retry-after': '600' });
  await world.deliver();
  const retryAt = async () => toMillis((await world.show(vendor, id)).health.retryAt) - toMillis(world.clock.now);
  expect(await retryAt()).toBe(10 * minute);
  world.wait(10 * minute);
  receiver.answer = says(429, { 'retry-after': '1' });
  await world.deliver();
  expect(await retryAt()).toBe(30_000);
});

test('410 stops it at once; a redirect is not followed; both lose nothing', async () => {
  const other = await aReceiver();
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001');
  receiver.answer = says(307, { location: other.url });
  await world.deliver();
  expect((await world.show(vendor, id)).health).toMatchObject({ state: 'FAILING', reason: 'REDIRECTED' });
  expect(other.received).toEqual([]);
  receiver.answer = says(410);
  world.wait(minute);
  await world.deliver();
  expect((await world.show(vendor, id)).health).toMatchObject({ state: 'STOPPED', reason: 'GONE', retryAt: null });
  world.wait(100 * hour);
  await world.deliver();
  expect(receiver.received).toHaveLength(2);
  receiver.answer = takes;
  await act('resumeWebhook', vendor, id);
  await world.deliver();
  expect(receiver.taken).toEqual(await world.log(vendor));
  await other.close();
});

test('after more than three days of failure it stops; a new address sets it going where it was', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001');
  receiver.answer = says(404);
  const began = toMillis(world.clock.now);
  for (;;) {
    await world.deliver();
    const { health } = await world.show(vendor, id);
    if (health.state === 'STOPPED') break;
    world.clock.now = health.retryAt;
  }
  expect((toMillis(world.clock.now) - began) / hour).toBeCloseTo(77.1, 0);
  expect((await world.show(vendor, id)).health).toMatchObject({ reason: 'GAVE_UP', failures: 15 });
  receiver.answer = takes;
  await world.run(
    vendor,
    'mutation ($id: ID!, $url: String) { updateWebhook(id: $id, input: { url: $url }) { __typename } }',
    { id, url: `${receiver.url}/new` },
  );
  await world.deliver();
  expect(receiver.taken).toEqual(await world.log(vendor));
}, 20_000);

test('a paused webhook sends nothing, and all of it once it is resumed', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await act('pauseWebhook', vendor, id);
  await world.order(vendor, 'ORDER001');
  await world.deliver();
  expect(receiver.received).toEqual([]);
  expect((await world.show(vendor, id)).health.state).toBe('PAUSED');
  await act('resumeWebhook', vendor, id);
  await world.deliver();
  expect(receiver.taken).toEqual(await world.log(vendor));
});

test('a pause, and a replay, hold from the next message on, whatever was read already', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001', 10);
  const log = await world.log(vendor);
  const then = (mutation: string, when: number) => {
    receiver.answer = (message, response) => {
      if (receiver.received.length !== when) return takes(message, response);
      void act(mutation, vendor, id).then(() => takes(message, response));
    };
  };
  then('pauseWebhook', 3);
  await world.deliver();
  expect(receiver.taken).toEqual(log.slice(0, 3));
  then('replayWebhook', 5);
  await act('resumeWebhook', vendor, id);
  await world.deliver();
  expect(receiver.taken).toEqual([...log.slice(0, 5), ...log]);
});

test('R5 · two that both believe they lead send some twice, and skip nothing', async () => {
  await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001', 10);
  const log = await world.log(vendor);
  await Promise.all([world.deliver(), world.deliver()]);
  await world.deliver();
  // In the order in which each was first seen.
  expect([...new Set(receiver.taken)]).toEqual(log);
});

test('two secrets sign while one takes over from the other; one that leaked signs no more', async () => {
  const { id, secret: old } = await world.webhook(vendor, { url: receiver.url });
  const rotate = async (keepOldHours: number): Promise<string> => {
    const { data } = await world.run(
      vendor,
      `mutation ($id: ID!, $hours: Int!) { rotateWebhookSecret(id: $id, keepOldHours: $hours) { ... on WebhookWithSecret { secret } } }`,
      { id, hours: keepOldHours },
    );
    return data.rotateWebhookSecret.secret;
  };
  const sent = async (number: string) => {
    await world.order(vendor, number);
    await world.deliver();
    return receiver.received.at(-1) as Received;
  };
  const first = await sent('ORDER001');
  expect(verifies(old, first)).toBe(true);
  const next = await rotate(24);
  const both = await sent('ORDER002');
  expect([verifies(old, both), verifies(next, both)]).toEqual([true, true]);
  expect(both.headers['webhook-signature']?.split(' ')).toHaveLength(2);
  expect((await world.show(vendor, id)).oldSecretUntil).not.toBeNull();
  world.wait(24 * hour + 1);
  const later = await sent('ORDER003');
  expect([verifies(old, later), verifies(next, later)]).toEqual([false, true]);
  expect((await world.show(vendor, id)).oldSecretUntil).toBeNull();
  const last = await rotate(0);
  const now = await sent('ORDER004');
  expect([verifies(next, now), verifies(last, now)]).toEqual([false, true]);
});

test('a filter lets through what it names, and its cursor moves on all the same', async () => {
  const filter = { kinds: ['LINE_ACKNOWLEDGED'], severities: ['INFO'], orderNumbers: ['ORDER002'] };
  const { id } = await world.webhook(vendor, { url: receiver.url, filter });
  await world.order(vendor, 'ORDER001');
  await world.deliver();
  expect(receiver.received).toEqual([]);
  const { data } = await world.run(vendor, '{ changeHead }');
  expect((await world.show(vendor, id)).cursor).toBe(data.changeHead);
  await world.order(vendor, 'ORDER002');
  await world.deliver();
  expect(
    new Set(
      receiver.received.flatMap(({ changes }) => changes.map(({ kind, orderNumber }) => `${kind} ${orderNumber}`)),
    ),
  ).toEqual(new Set(['LINE_ACKNOWLEDGED ORDER002']));
});

test('S1 · another tenant’s changes are never sent, though its account is named', async () => {
  const other = await world.vendor(`Other ${vendors}`);
  const accounts = (await world.run(other, '{ accounts(first: 1) { nodes { id } } }')).data.accounts.nodes.map(
    ({ id }: { id: string }) => id,
  );
  await world.webhook(vendor, { url: receiver.url });
  await world.webhook(vendor, { url: receiver.url, filter: { accounts } });
  await world.order(other, 'ORDER001');
  await world.order(vendor, 'ORDER002');
  await world.deliver();
  expect(receiver.taken).toEqual(await world.log(vendor));
});

test('S4 · a key that is revoked, or may not read changes, sends nothing more; another may take over', async () => {
  const owner = await world.key(vendor);
  const { id } = await world.webhook(owner, { url: receiver.url });
  await world.order(vendor, 'ORDER001');
  await world.deliver();
  const before = receiver.received.length;
  await revokeApiKey(world.database, owner.key, world.clock.now);
  await world.order(vendor, 'ORDER002');
  await world.deliver();
  expect(receiver.received).toHaveLength(before);
  expect((await world.show(vendor, id)).health).toMatchObject({ state: 'STOPPED', reason: 'RIGHTS_GONE' });
  await act('resumeWebhook', vendor, id);
  await world.deliver();
  expect(receiver.taken).toEqual(await world.log(vendor));

  const poor = await world.key(vendor, ['order:read']);
  const made = await world.webhook(poor, { url: receiver.url });
  await world.order(vendor, 'ORDER003');
  await world.deliver();
  expect((await world.show(vendor, made.id)).health.reason).toBe('RIGHTS_GONE');
});

test('a test message is signed, is sent to a paused webhook too, and changes nothing of it', async () => {
  const { id, secret } = await world.webhook(vendor, { url: receiver.url });
  await act('pauseWebhook', vendor, id);
  const { data } = await world.run(
    vendor,
    'mutation ($id: ID!) { testWebhook(id: $id) { ... on WebhookTest { messageId } } }',
    { id },
  );
  receiver.answer = says(401, {}, 'who are you?');
  await world.deliver();
  const [message] = receiver.received;
  expect(message).toMatchObject({ type: 'test', id: data.testWebhook.messageId });
  expect(verifies(secret, message as Received)).toBe(true);
  const { health, deliveries } = await world.show(vendor, id);
  expect(health).toMatchObject({ state: 'PAUSED', failures: 0, reason: null });
  expect(deliveries.nodes).toMatchObject([
    { test: true, status: 401, arrived: false, response: 'who are you?', messageId: message?.id },
  ]);
});

test('the log of deliveries keeps the newest thousand', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001');
  await world.deliver();
  await world.database.work((sql) =>
    sql.query('update "WebhookProgress" set "attempts" = 1000 where "organisationId" = $1', [vendor.organisationId]),
  );
  await world.order(vendor, 'ORDER002');
  await world.deliver();
  const rows = await world.database.work((sql) =>
    sql.query<{ number: string }>(
      'select "number" from "WebhookDelivery" where "organisationId" = $1 order by "number"',
      [vendor.organisationId],
    ),
  );
  const numbers = rows.map(({ number }) => Number(number));
  const newest = Math.max(...numbers);
  // The first ones, of the first order, are gone.
  expect(newest).toBeGreaterThan(1_000);
  expect(numbers).toEqual(numbers.filter((number) => number > newest - 1_000));
  expect((await world.show(vendor, id)).health.state).toBe('ACTIVE');
});

test('a webhook that is deleted is gone for everybody, with all that was kept of it', async () => {
  const { id } = await world.webhook(vendor, { url: receiver.url });
  await world.order(vendor, 'ORDER001');
  await world.deliver();
  const { data } = await world.run(
    vendor,
    'mutation ($id: ID!) { deleteWebhook(id: $id) { ... on WebhookDeleted { id } } }',
    { id },
  );
  expect(data.deleteWebhook.id).toBe(id);
  expect(await world.show(vendor, id)).toBeNull();
  expect((await act('resumeWebhook', vendor, id)).data.resumeWebhook.code).toBe('WEBHOOK_NOT_FOUND');
  await world.deliver();
  for (const table of ['Webhook', 'WebhookSecret', 'WebhookProgress', 'WebhookDelivery']) {
    const rows = await world.database.work((sql) =>
      sql.query(`select from "${table}" where "organisationId" = $1`, [vendor.organisationId]),
    );
    expect([table, rows.length]).toEqual([table, 0]);
  }
});
