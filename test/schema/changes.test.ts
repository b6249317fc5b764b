import { type ExecutionResult, type GraphQLError, parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../schema/index.ts';
import { allScopes } from '../../schema/scopes.ts';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask, fewPlugins, noAccess } from './support/ask.ts';
import { subscribeLive, type WaitingContext } from './support/live.ts';
import { aStory } from './support/story.ts';
import { aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let us: AccountRow;
let theirs: AccountRow;
let tenant: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const [larkfield, hawthorn] = [await world.organisation('Larkfield'), await world.organisation('Hawthorn')];
  us = await world.account(larkfield);
  theirs = await world.account(hawthorn, { name: 'Hawthorn US' });
  tenant = tenantOf(larkfield, [us]);
  await world.tell(us, aStory({ number: '1FIRSTPO', changedTo: 12, received: 9 }));
  await world.tell(theirs, aStory({ number: '1THEIRPO' }));
});
afterAll(() => world.close());

const entry = `
  __typename kind severity sequence cursor orderNumber lineNumber actBy
  ... on PurchaseOrderPlaced { lineCount ordered }
  ... on QuantityChanged { quantityBefore quantityAfter }
  ... on WindowChanged { windowBefore { to } windowAfter { to } }
  ... on LineAcknowledged { answerBefore { accepted } answerAfter { accepted } }
  ... on GoodsReceived { received runningTotal }
  ... on InvoiceIssued { document total { amount currency } }
  ... on PaymentReceived { amount { amount } }
  ... on DeductionTaken { amount { amount } reason }
  node { __typename id }`;
const page = `query ($after: Cursor, $filter: ChangeFilter, $first: Int!) {
  changes(after: $after, filter: $filter, first: $first) { changes { ${entry} } cursor caughtUp } }`;
const feed = `subscription ($after: Cursor, $filter: ChangeFilter, $maxBatch: Int! = 100) {
  changes(after: $after, filter: $filter, maxBatch: $maxBatch) { changes { ${entry} } cursor caughtUp } }`;

type Row = Record<string, unknown> & {
  readonly sequence: string;
  readonly kind: string;
  readonly node: { readonly __typename: string } | null;
};

async function pages(first: number): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | null = null;
  for (let turn = 0; turn < 100; turn += 1) {
    const { data, errors } = await ask(world, tenant, page, { first, after });
    expect(errors).toEqual([]);
    rows.push(...data.changes.changes);
    after = data.changes.cursor;
    if (data.changes.caughtUp) return rows;
  }
  throw new Error('the log does not end');
}

test('R4 · the log by pages is dense, in order, of one tenant, whatever the page', async () => {
  const whole = await pages(250);
  expect(whole.length).toBeGreaterThan(8);
  expect(whole.map(({ sequence }) => sequence)).toEqual(whole.map((_, index) => String(index + 1)));
  expect(whole.every(({ node }) => node !== null)).toBe(true);
  expect(await pages(3)).toEqual(whole);
});

test('each kind carries its own values, exactly', async () => {
  const whole = await pages(250);
  const told = (kind: string) =>
    whole
      .filter((row) => row.kind === kind)
      .map(({ cursor: _c, sequence: _s, node, ...rest }) => ({ ...rest, node: node?.__typename }));
  expect(told('PURCHASE_ORDER_PLACED')).toEqual([
    {
      __typename: 'PurchaseOrderPlaced',
      kind: 'PURCHASE_ORDER_PLACED',
      severity: 'NOTICE',
      orderNumber: '1FIRSTPO',
      lineNumber: null,
      actBy: expect.any(String),
      lineCount: 2,
      ordered: expect.any(Number),
      node: 'PurchaseOrder',
    },
  ]);
  expect(told('INVOICE_ISSUED')).toMatchObject([
    { document: 'INVOICE', total: { amount: '246.90', currency: 'USD' }, node: 'Invoice' },
  ]);
  expect(told('GOODS_RECEIVED')).toMatchObject([
    { lineNumber: '1', received: 9, runningTotal: 9, node: 'OrderLine' },
    { lineNumber: '2' },
  ]);
  expect(told('DEDUCTION_TAKEN')).toMatchObject([{ amount: { amount: '24.70' } }]);
});

test('what hangs on a page of changes is read in a few statements, not one each', async () => {
  const query = `query ($first: Int!) { changes(first: $first) { changes { account { name } node { ... on PurchaseOrder { number } ... on OrderLine { asin } ... on Invoice { number } ... on Shipment { identifier } } } } }`;
  const few = await ask(world, tenant, query, { first: 3 });
  const many = await ask(world, tenant, query, { first: 100 });
  expect(many.errors).toEqual([]);
  expect(many.data.changes.changes.length).toBeGreaterThan(few.data.changes.changes.length);
  expect(many.statements).toBeLessThanOrEqual(8);
});

test('changeHead beside a list is where to go on without a hole', async () => {
  const { data } = await ask(world, tenant, '{ changeHead purchaseOrders(first: 1) { nodes { number } } }');
  expect((await ask(world, tenant, page, { first: 1, after: data.changeHead })).data.changes).toEqual({
    changes: [],
    cursor: data.changeHead,
    caughtUp: true,
  });
});

test('a filter narrows, and the cursor moves on all the same', async () => {
  const filter = { kinds: ['INVOICE_ISSUED'], severities: ['INFO'] };
  const { data } = await ask(world, tenant, page, { first: 10, filter });
  expect(data.changes.changes.map(({ kind }: Row) => kind)).toEqual(['INVOICE_ISSUED']);
  const nothing = await ask(world, tenant, page, { first: 10, filter: { asins: ['B0NOTHING0'] } });
  expect(nothing.data.changes).toMatchObject({ changes: [], caughtUp: true, cursor: data.changes.cursor });
});

test('a cursor that is not ours is refused by its code', async () => {
  expect(await ask(world, tenant, page, { first: 1, after: 'R1BDOkQ6MTc' })).toMatchObject({
    data: { changes: null },
    errors: [{ code: 'CURSOR_NOT_OURS', path: ['changes'] }],
  });
  expect(await ask(world, tenant, page, { first: 0 })).toMatchObject({ errors: [{ code: 'PAGE_SIZE_OUT_OF_RANGE' }] });
});

const waiting = (scopes: readonly string[] = allScopes): WaitingContext => ({
  tenant,
  scopes: new Set(scopes),
  changeLog: world.changeLog,
  requestId: 'test',
  retryParked: () => Promise.reject(new Error('not asked for')),
  ...fewPlugins,
  access: noAccess,
});

async function open(variables: Record<string, unknown>, scopes?: readonly string[], query = feed) {
  const args = { schema, document: parse(query), variableValues: variables, contextValue: waiting(scopes) };
  return subscribeLive(args, (whose, work) => world.database.read(whose, work));
}

/** Batches of a feed until it has caught up. */
async function take(source: AsyncIterableIterator<ExecutionResult>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const { value } = await source.next();
    const batch = JSON.parse(JSON.stringify(value)) as {
      data: { changes: { changes: Row[]; caughtUp: boolean } };
      errors?: unknown;
    };
    expect(batch.errors).toBeUndefined();
    rows.push(...batch.data.changes.changes);
    if (batch.data.changes.caughtUp) return rows;
  }
}

const isFeed = (opened: Awaited<ReturnType<typeof open>>): AsyncIterableIterator<ExecutionResult> => {
  if (!('next' in opened)) throw new Error(JSON.stringify(opened));
  return opened;
};

test('R5 · the subscription replays what pages show, then goes on live, and the rows are those of the moment', async () => {
  const past = await pages(250);
  const source = isFeed(await open({ maxBatch: 4 }));
  expect(await take(source)).toEqual(past);
  const next = source.next();
  await world.tell(us, aStory({ number: '1LIVELIV', until: 'ordered', lines: 1 }));
  let live = JSON.parse(JSON.stringify((await next).value));
  // On a busy machine the feed may beat, with nothing to tell, before the order is in.
  while (live.data.changes.changes.length === 0) live = JSON.parse(JSON.stringify((await source.next()).value));
  expect(live.data.changes.changes).toMatchObject([
    {
      kind: 'PURCHASE_ORDER_PLACED',
      orderNumber: '1LIVELIV',
      sequence: String(past.length + 1),
      node: { __typename: 'PurchaseOrder' },
    },
  ]);
  await source.return?.();
  expect(await source.next()).toEqual({ done: true, value: undefined });
});

test('R5 · a feed that comes back with its cursor misses nothing and repeats nothing', async () => {
  const whole = await pages(250);
  const seen: Row[] = [];
  let after: unknown = null;
  while (seen.length < whole.length) {
    const source = isFeed(await open({ maxBatch: 2, after }));
    const { value } = await source.next();
    const batch = JSON.parse(JSON.stringify(value)).data.changes;
    seen.push(...batch.changes);
    after = batch.cursor;
    await source.return?.();
  }
  expect(seen).toEqual(whole);
});

test('ending a feed ends its wait at once', async () => {
  const source = isFeed(await open({}));
  await take(source);
  const waitingFor = source.next();
  const began = performance.now();
  await source.return?.();
  await waitingFor;
  expect(performance.now() - began).toBeLessThan(250);
});

const refusal = (opened: Awaited<ReturnType<typeof open>>): unknown[] => {
  if ('next' in opened) throw new Error('the feed was opened');
  return (opened.errors ?? []).map(({ extensions }: GraphQLError) => extensions.code);
};

test('S3 · a feed is refused when it is opened: without the right, with a foreign cursor, with an unsound batch, or too large', async () => {
  expect(
    refusal(
      await open(
        {},
        allScopes.filter((scope) => scope !== 'change:read'),
      ),
    ),
  ).toEqual(['FORBIDDEN']);
  expect(refusal(await open({ after: 'R1BDOkQ6MTc' }))).toEqual(['CURSOR_NOT_OURS']);
  expect(refusal(await open({ maxBatch: 0 }))).toEqual(['PAGE_SIZE_OUT_OF_RANGE']);
  const large =
    'subscription { changes(maxBatch: 250) { changes { node { ... on PurchaseOrder { lines(first: 250) { nodes { asin } } } } } } }';
  expect(refusal(await open({}, allScopes, large))).toEqual(['TOO_COSTLY']);
});

test('S3 · a feed shows a change and hides its subject from whoever may not see that', async () => {
  const source = isFeed(await open({ filter: { kinds: ['PURCHASE_ORDER_PLACED'] } }, ['change:read']));
  const { value } = await source.next();
  const batch = JSON.parse(JSON.stringify(value));
  expect(batch.data.changes.changes[0]).toMatchObject({ kind: 'PURCHASE_ORDER_PLACED', node: null });
  expect(batch.errors[0].extensions.code).toBe('FORBIDDEN');
  await source.return?.();
});
