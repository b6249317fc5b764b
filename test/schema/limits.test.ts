import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeId } from '../../schema/ids.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask } from './support/ask.ts';
import { aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let tenant: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  tenant = tenantOf(larkfield, [await world.account(larkfield)]);
});
afterAll(() => world.close());

const ids = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => encodeId('PurchaseOrder', [tenant.accountIds[0] ?? '', `1P${index}`]));

const codes = async (query: string, variables = {}) => {
  const answer = await ask(world, tenant, query, variables);
  if (answer.errors.length > 0) expect(answer.statements).toBe(0);
  return [...new Set(answer.errors.map(({ code }) => code))];
};

test('S8 · an operation that circles is refused before it reads', async () => {
  const circle = (turns: number): string =>
    turns === 0 ? 'lineNumber' : `order { lines(first: 1) { nodes { ${circle(turns - 1)} } } }`;
  expect(await codes(`{ orderLines(first: 1) { nodes { ${circle(2)} } } }`)).toEqual([]);
  expect(await codes(`{ orderLines(first: 1) { nodes { ${circle(5)} } } }`)).toEqual(['TOO_DEEP']);
});

test('S8 · an operation that asks for everything under many names is refused before it reads', async () => {
  const aliases = Array.from({ length: 301 }, (_, index) => `a${index}: __typename`).join(' ');
  expect(await codes(`{ purchaseOrders(first: 1) { nodes { ${aliases} } } }`)).toEqual(['TOO_BROAD']);
});

test('S8 · pages multiply, by literal and by variable alike', async () => {
  const query =
    'query ($n: Int!) { purchaseOrders(first: $n) { nodes { lines(first: $n) { nodes { receipts { quantity } } } } } }';
  expect(await codes(query, { n: 20 })).toEqual([]);
  expect(await codes(query, { n: 250 })).toEqual(['TOO_COSTLY']);
  expect(await codes('{ purchaseOrders(first: 250) { nodes { lines(first: 250) { nodes { asin } } } } }')).toEqual([
    'TOO_COSTLY',
  ]);
});

test('S8 · a page of changes multiplies what hangs on each', async () => {
  const query =
    'query ($n: Int!) { changes(first: $n) { changes { node { ... on PurchaseOrder { lines(first: 250) { nodes { asin } } } } } } }';
  expect(await codes(query, { n: 10 })).toEqual([]);
  expect(await codes(query, { n: 250 })).toEqual(['TOO_COSTLY']);
});

test('S8 · a list of ids multiplies what hangs on each, and is not endless', async () => {
  const query =
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PurchaseOrder { lines(first: 250) { nodes { asin } } } } }';
  expect(await codes(query, { ids: ids(100) })).toEqual(['TOO_COSTLY']);
  expect(await codes('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ids(101) })).toEqual([
    'BAD_USER_INPUT',
  ]);
});

test('introspection by tools stays within the limits', async () => {
  expect(
    await codes(getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, specifiedByUrl: true })),
  ).toEqual([]);
});
