import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyAdditions } from '../../../src/plugin-host/schema/additions.ts';
import type { Tenant } from '../../../src/store/database.ts';
import { type Answer, ask } from '../../schema/support/ask.ts';
import { aStory } from '../../schema/support/story.ts';
import { aWorld, tenantOf, type World } from '../../schema/support/world.ts';
import { aGate, aPlugin, core } from './support.ts';

/** Hangs something on an order, its lines and its invoices, out of their columns and of rows related to them. */
const gb = aPlugin(
  'site-gb',
  {
    sdl: `
      extend type PurchaseOrder { "What Britain says." gb: GbOrder }
      "Of an order." type GbOrder { "Who buys where." label: String! "The shop." shop: String! }
      extend type OrderLine { "What Britain says." gb: GbLine }
      "Of a line." type GbLine { "Line and order." label: String! }
      extend type Invoice { "What Britain says." gb: GbInvoice }
      "Of an invoice." type GbInvoice { "Total and account." label: String! "Numbers of its lines." lines: [String!]! }
    `,
    fields: {
      'PurchaseOrder.gb': {
        needs: 'order:read',
        select: { number: true, vendorCode: true, account: { select: { name: true } } },
        resolve: ({ number, vendorCode, account }: Row) => ({ label: `${number} ${vendorCode}`, shop: account.name }),
      },
      'OrderLine.gb': {
        needs: 'order:read',
        select: { lineNumber: true, order: { select: { number: true, currency: true } } },
        resolve: ({ lineNumber, order }: Row) => ({ label: `${lineNumber} ${order.number} ${order.currency}` }),
      },
      'Invoice.gb': {
        needs: 'invoice:read',
        select: { totalMinor: true, account: { select: { name: true } }, lines: { select: { lineNumber: true } } },
        resolve: ({ totalMinor, account, lines }: Row) => ({
          label: `${totalMinor} ${account.name}`,
          lines: lines.map((line: Row) => line.lineNumber).sort(),
        }),
      },
    },
  },
  { capabilities: { reads: ['VendorAccount', 'PurchaseOrder', 'InvoiceLine'] } },
);

// biome-ignore lint/suspicious/noExplicitAny: rows have the shape of their selection
type Row = any;

const { problems, schema } = applyAdditions(core, [gb]);

let world: World;
let tenant: Tenant;
beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  const account = await world.account(larkfield);
  tenant = tenantOf(larkfield, [account]);
  for (const number of ['1AAAAAAA', '1BBBBBBB', '1CCCCCCC']) await world.tell(account, aStory({ number }));
});
afterAll(() => world.close());

const answer = async (query: string, scopes?: readonly string[]): Promise<Answer> =>
  ask(world, tenant, query, {}, { schema, plugins: aGate(), ...(scopes === undefined ? {} : { scopes }) });

const orders = (onOrder: string, onLine: string, onInvoice: string) => `{
  purchaseOrders(first: 3, orderBy: NUMBER_ASC) { nodes { number account { name } ${onOrder}
    lines(first: 5) { nodes { lineNumber order { number } ${onLine}
      invoiceLines { invoice { number account { name } lines(first: 5) { nodes { asin } } ${onInvoice} } } } } } }
}`;

test('fields of a plugin on orders, lines and invoices add no statement to the query of the rows they hang on', async () => {
  expect(problems).toEqual([]);
  const without = await answer(orders('', '', ''));
  const columns = await answer(orders('gb { label shop }', 'gb { label }', ''));
  expect(columns.errors).toEqual([]);
  expect(columns.data.purchaseOrders.nodes[0].gb).toEqual({ label: '1AAAAAAA LARK1', shop: 'Larkfield US' });
  expect(columns.data.purchaseOrders.nodes[2].lines.nodes[1].gb).toEqual({ label: '2 1CCCCCCC USD' });
  expect(without.statements).toBeGreaterThan(1);
  expect(columns.statements).toBe(without.statements);
});

test('a related row costs a plugin what it costs the core, once for the operation, however many rows there are', async () => {
  const invoices = (first: number, fields: string) => `{ invoices(first: ${first}) { nodes { number ${fields} } } }`;
  const asCore = await answer(invoices(3, 'account { name } lines(first: 5) { nodes { lineNumber } }'));
  const asPlugin = await answer(invoices(3, 'gb { label lines }'));
  expect(asPlugin.errors).toEqual([]);
  expect(asPlugin.data.invoices.nodes[0].gb.lines).toEqual(['1', '2']);
  expect(asPlugin.statements).toBe(asCore.statements);
  expect((await answer(invoices(1, 'gb { label lines }'))).statements).toBe(asPlugin.statements);
});

test('a list that the query reads in another way is fetched beside it, for all rows at once', async () => {
  const query = (first: number, gb: string) =>
    `{ invoices(first: ${first}, orderBy: NUMBER_ASC) { nodes { lines(first: 1) { nodes { lineNumber } } ${gb} } } }`;
  const three = await answer(query(3, 'gb { lines }'));
  expect(three.errors).toEqual([]);
  expect(three.data.invoices.nodes.map((node: Row) => node.gb.lines)).toEqual([
    ['1', '2'],
    ['1', '2'],
    ['1', '2'],
  ]);
  expect(three.data.invoices.nodes[0].lines.nodes).toEqual([{ lineNumber: '1' }]);
  expect((await answer(query(2, 'gb { lines }'))).statements).toBe(three.statements);
});

test('whoever has not the right does not cause the reading either', async () => {
  const query = (gb: string) =>
    `{ purchaseOrders(first: 3) { nodes { number lines(first: 2) { nodes { asin ${gb} } } } } }`;
  const locked = applyAdditions(core, [
    aPlugin(
      'site-gb',
      {
        sdl: 'extend type OrderLine { "Locked." gb: String }',
        fields: {
          'OrderLine.gb': {
            needs: 'payment:read',
            select: { order: { select: { number: true } } },
            resolve: () => 'x',
          },
        },
      },
      { capabilities: { reads: ['PurchaseOrder'] } },
    ),
  ]);
  expect(locked.problems).toEqual([]);
  const asking = { schema: locked.schema, plugins: aGate(), scopes: ['order:read'] };
  const without = await ask(world, tenant, query(''), {}, asking);
  const refused = await ask(world, tenant, query('gb'), {}, asking);
  expect(refused.statements).toBe(without.statements);
  expect(refused.errors).toHaveLength(6);
  expect(refused.errors[0]).toMatchObject({
    code: 'FORBIDDEN',
    path: ['purchaseOrders', 'nodes', 0, 'lines', 'nodes', 0, 'gb'],
  });
});

test('a plugin is handed what it selected, though the row holds more', async () => {
  const seen: unknown[] = [];
  const { schema: nosy } = applyAdditions(core, [
    aPlugin('site-gb', {
      sdl: 'extend type Invoice { "Nosy." gb: String }',
      fields: {
        'Invoice.gb': { needs: 'invoice:read', select: { number: true }, resolve: (row) => String(seen.push(row)) },
      },
    }),
  ]);
  await ask(
    world,
    tenant,
    '{ invoices(first: 1, orderBy: NUMBER_ASC) { nodes { status gb } } }',
    {},
    { schema: nosy, plugins: aGate() },
  );
  expect(seen).toEqual([{ number: 'INV-1AAAAAAA' }]);
});

test('rows that are reached by id, or by the log, fold in what is selected all the same', async () => {
  const { data } = await answer('{ invoices(first: 3) { nodes { id } } }');
  const ids = data.invoices.nodes.map(({ id }: Row) => id);
  const byId = (fields: string) =>
    ask(
      world,
      tenant,
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Invoice { account { name } ${fields} } } }`,
      { ids },
      asked,
    );
  const asked = { schema, plugins: aGate() };
  const found = await byId('gb { label }');
  expect(found.errors).toEqual([]);
  // The lines, which nobody else asked for.
  expect(found.statements).toBe((await byId('')).statements + 1);
  expect(found.data.nodes[0].gb.label).toMatch(/^\d+ Larkfield US$/);
  const byLog = (fields: string) =>
    answer(
      `{ changes(first: 50, filter: { kinds: [PURCHASE_ORDER_PLACED] }) { changes { node { ... on PurchaseOrder { number account { name } ${fields} } } } } }`,
    );
  const told = await byLog('gb { label shop }');
  expect(told.errors).toEqual([]);
  expect(told.data.changes.changes[0].node.gb.shop).toBe('Larkfield US');
  expect(told.statements).toBe((await byLog('')).statements);
});

test('what a plugin does to the row it was handed, nobody sees', async () => {
  const { schema: rude } = applyAdditions(core, [
    aPlugin('site-gb', {
      sdl: 'extend type PurchaseOrder { "Rude." gb: String }',
      fields: {
        'PurchaseOrder.gb': {
          needs: 'order:read',
          select: { shipTo: true, orderedAt: true, number: true },
          resolve: (row: Row, _args, { accountIds }: Row) => {
            row.shipTo.city = 'Elsewhere';
            row.orderedAt.setUTCFullYear(1999);
            row.number = 'mine';
            accountIds.push('another');
            return row.shipTo.city;
          },
        },
      },
    }),
  ]);
  const query = '{ purchaseOrders(first: 1, orderBy: NUMBER_ASC) { nodes { gb number orderedAt shipTo { city } } } }';
  const { data, errors } = await ask(world, tenant, query, {}, { schema: rude, plugins: aGate() });
  expect(errors).toEqual([]);
  expect(data.purchaseOrders.nodes).toEqual([
    { gb: 'Elsewhere', number: '1AAAAAAA', orderedAt: '2026-09-01T10:00:00.000Z', shipTo: { city: 'Phoenix' } },
  ]);
  expect(tenant.accountIds).toHaveLength(1);
});
