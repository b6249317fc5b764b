import { type ExecutionResult, parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../schema/index.ts';
import { allScopes } from '../../schema/scopes.ts';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask, fewPlugins, noAccess } from './support/ask.ts';
import { subscribeLive } from './support/live.ts';
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
  jp = await world.account(larkfield, { name: 'Larkfield JP', site: 'JP', currency: 'JPY' as AccountRow['currency'] });
  tenant = tenantOf(larkfield, [us, jp]);
  await world.tell(us, aStory({ number: '1FIRSTPO', until: 'ordered' }));
  await world.tell(us, aStory({ number: '1FIRSTPO', changedTo: 12, received: 9 }));
  await world.tell(jp, aStory({ number: '1SECONDP', currency: 'JPY', unitCost: '1200', until: 'ordered' }));
});
afterAll(() => world.close());

async function open(query: string, variables: Record<string, unknown> = {}, scopes: readonly string[] = allScopes) {
  const contextValue = {
    tenant,
    scopes: new Set(scopes),
    changeLog: world.changeLog,
    requestId: 'test',
    retryParked: () => Promise.reject(new Error('not asked for')),
    ...fewPlugins,
    access: noAccess,
  };
  const args = { schema, document: parse(query), variableValues: variables, contextValue };
  return subscribeLive(args, (whose, work) => world.database.read(whose, work));
}

type Batch = { events: Record<string, never>[]; cursor: string; caughtUp: boolean };

/** Everything of a feed until it has caught up, and where that was. */
async function take(query: string, variables: Record<string, unknown> = {}): Promise<Batch> {
  const source = await open(query, variables);
  if (!('next' in source)) throw new Error(JSON.stringify(source));
  const events: Batch['events'] = [];
  for (;;) {
    const batch = next(await source.next());
    events.push(...batch.events);
    if (!batch.caughtUp) continue;
    await source.return?.();
    return { ...batch, events };
  }
}
function next({ value }: IteratorResult<ExecutionResult>): Batch {
  const answer = JSON.parse(JSON.stringify(value)) as { data: Record<string, Batch>; errors?: unknown };
  expect(answer.errors).toBeUndefined();
  const [batch] = Object.values(answer.data);
  if (batch === undefined) throw new Error('an answer has its one field');
  return batch;
}

const orders = `subscription ($after: Cursor, $filter: ChangeFilter) { purchaseOrderChanged(after: $after, filter: $filter, maxBatch: 5) {
  events { change { cursor sequence kind accountId ... on QuantityChanged { quantityBefore quantityAfter } }
           purchaseOrder { number account { site } quantities { ordered } } }
  cursor caughtUp } }`;

test('purchaseOrderChanged: each change of an order with before and after, and the order as it is now', async () => {
  const { events } = await take(orders, { filter: { accounts: [accountRef(us)], kinds: ['QUANTITY_CHANGED'] } });
  expect(events).toMatchObject([
    {
      change: { kind: 'QUANTITY_CHANGED', accountId: accountRef(us), quantityBefore: 10, quantityAfter: 12 },
      purchaseOrder: { number: '1FIRSTPO', quantities: { ordered: 22 } },
    },
  ]);
  const all = await take(orders);
  expect(
    new Set(all.events.map(({ purchaseOrder }: Record<string, { number: string }>) => purchaseOrder?.number)),
  ).toEqual(new Set(['1FIRSTPO', '1SECONDP']));
  const inJapan = await take(orders, { filter: { sites: ['JP'] } });
  expect(inJapan.events).toMatchObject([{ purchaseOrder: { number: '1SECONDP', account: { site: 'JP' } } }]);
});

test('invoiceChanged and paymentReceived: the invoice and the payment beside what happened to them', async () => {
  const invoices = await take(
    `subscription { invoiceChanged { events { change { kind } invoice { number money { paid { amount } } } } cursor caughtUp } }`,
  );
  const kinds = invoices.events.map(({ change }: Record<string, { kind: string }>) => change?.kind);
  expect(kinds).toEqual(expect.arrayContaining(['INVOICE_ISSUED', 'PAYMENT_RECEIVED']));
  expect(new Set(invoices.events.map(({ invoice }) => JSON.stringify(invoice))).size).toBe(1);

  const payments = await take(
    `subscription ($filter: ChangeFilter) { paymentReceived(filter: $filter) { events {
       change { kind ... on PaymentReceived { amount { amount currency } } } payment { number amount { amount } } invoice { number } }
     cursor caughtUp } }`,
    { filter: { kinds: ['PAYMENT_RECEIVED', 'PAYMENT_REVERSED'] } },
  );
  expect(payments.events).toHaveLength(1);
  const [event] = payments.events as unknown as { change: { amount: unknown }; payment: { amount: object } }[];
  expect(event?.change.amount).toMatchObject(event?.payment.amount ?? {});
});

test('one cursor goes on in all of them, and in the log itself', async () => {
  const before = await take(orders);
  await world.tell(jp, aStory({ number: '1THIRDPO', currency: 'JPY', unitCost: '1200', until: 'ordered' }));
  const after = await take(orders, { after: before.cursor });
  expect(after.events).toMatchObject([{ purchaseOrder: { number: '1THIRDPO' } }]);
  const { data } = await ask(
    world,
    tenant,
    'query ($after: Cursor) { changes(after: $after, first: 9) { changes { cursor } cursor } }',
    { after: before.cursor },
  );
  expect(data.changes.changes).toEqual(
    after.events.map(({ change }: Record<string, { cursor: string }>) => ({ cursor: change?.cursor })),
  );
  expect(data.changes.cursor).toBe(after.cursor);
});

test('a feed waits, and tells what happens next', async () => {
  const source = await open(orders, { after: (await take(orders)).cursor });
  if (!('next' in source)) throw new Error(JSON.stringify(source));
  expect(next(await source.next()).events).toEqual([]);
  const waiting = source.next();
  await world.tell(us, aStory({ number: '1FOURTHP', until: 'ordered' }));
  let batch = next(await waiting);
  while (batch.events.length === 0) batch = next(await source.next());
  expect(batch.events).toMatchObject([{ purchaseOrder: { number: '1FOURTHP' } }]);
  await source.return?.();
});

test('S3 · each needs the right to its noun beside the right to the log', async () => {
  for (const [query, right] of [
    [orders, 'order:read'],
    ['subscription { invoiceChanged { cursor } }', 'invoice:read'],
    ['subscription { paymentReceived { cursor } }', 'payment:read'],
  ] as const) {
    for (const missing of [right, 'change:read']) {
      const refused = await open(
        query,
        {},
        allScopes.filter((scope) => scope !== missing),
      );
      expect(refused).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    }
  }
});

test('a cursor from before what is kept is refused by its code when a feed is opened and when a page is asked for', async () => {
  const { data } = await ask(world, tenant, '{ changes(first: 1) { changes { cursor } } changeHead }');
  const first = data.changes.changes[0].cursor as string;
  await world.database.work((sql) => sql.query(`select change_retention_mark(now() + interval '1 day', 4)`));
  const expired = { code: 'CURSOR_EXPIRED', oldestCursor: expect.any(String), export: '/export' };
  const refused = await open(orders, { after: first });
  expect(refused).toMatchObject({ errors: [{ extensions: expired }] });
  const asked = await ask(world, tenant, 'query ($after: Cursor) { changes(after: $after, first: 9) { cursor } }', {
    after: first,
  });
  expect(asked.errors).toMatchObject([{ extensions: expired }]);
  const oldest = asked.errors[0]?.extensions.oldestCursor;
  const onwards = await take(orders, { after: oldest });
  expect(onwards.events.length).toBeGreaterThan(0);
});
