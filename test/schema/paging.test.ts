import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask } from './support/ask.ts';
import { aStory } from './support/story.ts';
import { accountRef, aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let us: AccountRow;
let tenant: Tenant;

/** Seven orders of two accounts, five of them placed at one moment, one of nobody knows when. */
const numbers = ['1A', '1B', '1C', '1D', '1E', '1F', '1G'].map((stem) => stem.padEnd(8, 'X'));

beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  us = await world.account(larkfield);
  const ca = await world.account(larkfield, {
    name: 'Larkfield CA',
    site: 'CA',
    currency: 'CAD' as AccountRow['currency'],
  });
  tenant = tenantOf(larkfield, [us, ca]);
  for (const [index, number] of numbers.entries()) {
    const [first, ...rest] = aStory({
      number,
      until: 'ordered',
      lines: 3,
      orderedAt: index === 1 ? '2026-10-01T10:00:00Z' : '2026-09-01T10:00:00Z',
    });
    if (first?.kind !== 'purchase-order-stated') throw new Error('a story begins with its order');
    const { orderedAt, ...undated } = first;
    await world.tell(index % 3 === 0 ? ca : us, [
      index === 6 ? undated : { ...undated, ...(orderedAt && { orderedAt }) },
      ...rest,
    ]);
  }
});
afterAll(() => world.close());

const page = `query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: PurchaseOrderOrder) {
  purchaseOrders(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function walk(direction: 'forward' | 'backward', orderBy: string, size: number): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | null = null;
  for (let turn = 0; turn < 20; turn += 1) {
    const { data, errors } = await ask(world, tenant, page, {
      orderBy,
      ...(direction === 'forward' ? { first: size, after: cursor } : { last: size, before: cursor }),
    });
    expect(errors).toEqual([]);
    const { nodes, pageInfo } = data.purchaseOrders;
    pages.push(nodes.map(({ number }: { number: string }) => number));
    cursor = direction === 'forward' ? pageInfo.endCursor : pageInfo.startCursor;
    if (!(direction === 'forward' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return pages;
  }
  throw new Error('paging does not end');
}

describe.each([
  'ORDERED_AT_DESC',
  'ORDERED_AT_ASC',
  'CHANGED_AT_DESC',
  'SHIP_WINDOW_TO_ASC',
  'NUMBER_ASC',
  'OPEN_DESC',
])('paging by %s', (orderBy) => {
  test.each([1, 2, 3, 250])('forward by %i shows each order once, in one order', async (size) => {
    const whole = (await walk('forward', orderBy, 250)).flat();
    expect([...whole].sort()).toEqual(numbers);
    expect((await walk('forward', orderBy, size)).flat()).toEqual(whole);
  });
  test('backward is forward, from the other end', async () => {
    const whole = (await walk('forward', orderBy, 250)).flat();
    expect((await walk('backward', orderBy, 2)).reverse().flat()).toEqual(whole);
  });
});

test('what nobody knows the time of stands last, whichever way', async () => {
  for (const orderBy of ['ORDERED_AT_DESC', 'ORDERED_AT_ASC']) {
    expect((await walk('forward', orderBy, 3)).flat().at(-1)).toBe('1GXXXXXX');
  }
});

test('lines of an order are paged like orders', async () => {
  const query = `query ($account: ID!, $after: String) { purchaseOrder(account: $account, number: "1BXXXXXX") {
    lines(first: 2, after: $after) { nodes { lineNumber } pageInfo { hasNextPage endCursor } } } }`;
  const first = (await ask(world, tenant, query, { account: accountRef(us) })).data.purchaseOrder.lines;
  expect(first).toMatchObject({ nodes: [{ lineNumber: '1' }, { lineNumber: '2' }], pageInfo: { hasNextPage: true } });
  const second = await ask(world, tenant, query, { account: accountRef(us), after: first.pageInfo.endCursor });
  expect(second.data.purchaseOrder.lines).toMatchObject({
    nodes: [{ lineNumber: '3' }],
    pageInfo: { hasNextPage: false },
  });
});

const refused = async (args: string) => {
  const { errors, data } = await ask(world, tenant, `{ purchaseOrders${args} { nodes { number } } viewer { rights } }`);
  expect(data.purchaseOrders).toBeNull();
  expect(data.viewer).not.toBeNull();
  return errors.map(({ code }) => code);
};

test('a page has a size, and it is sound', async () => {
  expect(await refused('')).toEqual(['PAGE_SIZE_REQUIRED']);
  expect(await refused('(first: 0)')).toEqual(['PAGE_SIZE_OUT_OF_RANGE']);
  expect(await refused('(first: -3)')).toEqual(['PAGE_SIZE_OUT_OF_RANGE']);
  expect(await refused('(first: 251)')).toEqual(['PAGE_SIZE_OUT_OF_RANGE']);
  expect(await refused('(last: 251)')).toEqual(['PAGE_SIZE_OUT_OF_RANGE']);
  expect(await refused('(first: 1, last: 1)')).toEqual(['BAD_USER_INPUT']);
  expect(await refused('(first: 1, before: "x")')).toEqual(['BAD_USER_INPUT']);
  expect(await refused('(first: 1, after: "nonsense")')).toEqual(['BAD_USER_INPUT']);
  expect(await refused('(first: 1, after: "R1BDOkQ6MTc=")')).toEqual(['BAD_USER_INPUT']);
});

test('an inner list without a size is refused where it stands, and the rest of the answer stands', async () => {
  const { data, errors } = await ask(
    world,
    tenant,
    '{ purchaseOrders(first: 1) { nodes { lines { nodes { asin } } } } viewer { rights } }',
  );
  expect(errors).toMatchObject([{ code: 'PAGE_SIZE_REQUIRED', path: ['purchaseOrders', 'nodes', 0, 'lines'] }]);
  expect(data.viewer).not.toBeNull();
});

test('a NUL in any text is refused by name, before the database sees it', async () => {
  const answer = await ask(
    world,
    tenant,
    'query ($n: [String!]) { purchaseOrders(first: 1, filter: { numbers: $n }) { nodes { number } } }',
    { n: ['a\0b'] },
  );
  expect(answer).toMatchObject({ errors: [{ code: 'BAD_USER_INPUT', path: ['purchaseOrders'] }], statements: 0 });
});

test('a list in an argument is not endless', async () => {
  const query = 'query ($n: [String!]) { purchaseOrders(first: 1, filter: { numbers: $n }) { nodes { number } } }';
  const long = (length: number) => ({ n: Array.from({ length }, (_, index) => String(index)) });
  expect((await ask(world, tenant, query, long(500))).errors).toEqual([]);
  const answer = await ask(world, tenant, query, long(501));
  expect(answer).toMatchObject({
    errors: [{ code: 'BAD_USER_INPUT', message: 'numbers: at most 500 values at once' }],
    statements: 0,
  });
});

test('an id that nobody gave is refused by name', async () => {
  expect(await ask(world, tenant, '{ node(id: "nonsense") { id } }')).toMatchObject({
    data: { node: null },
    errors: [{ code: 'BAD_USER_INPUT', path: ['node'], message: expect.stringMatching(/^id: /) }],
    statements: 0,
  });
});

test('one list under two names is read for all orders together, not order by order', async () => {
  const query = `query ($n: Int!) { purchaseOrders(first: $n, orderBy: NUMBER_ASC) { nodes {
    number head: lines(first: 1) { nodes { lineNumber } } tail: lines(last: 1) { nodes { lineNumber } } } } }`;
  const few = await ask(world, tenant, query, { n: 1 });
  const many = await ask(world, tenant, query, { n: 7 });
  expect(many.errors).toEqual([]);
  expect(many.data.purchaseOrders.nodes).toEqual(
    numbers.map((number) => ({
      number,
      head: { nodes: [{ lineNumber: '1' }] },
      tail: { nodes: [{ lineNumber: '3' }] },
    })),
  );
  expect(many.statements).toBe(few.statements);
});
