// Amazon's own models are not part of this repository; where a copy lies beside it, every answer is checked.
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts, type Simulator } from '../../../../../plugins/connectors/sp-api/simulator/index.ts';
import { all, get, paths, readAll, start } from './client.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
}
type Definitions = { readonly [name: string]: Schema };

// SP_API_MODELS names another folder that holds them.
const folder = [process.env.SP_API_MODELS, '../shared/reference/sp-api/models'].find(
  (path) => path && existsSync(path),
);
if (!folder) console.log('skipped: no copy of the vendor API models in ../shared or SP_API_MODELS');

const load = (name: string): Definitions =>
  (JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as { definitions: Definitions }).definitions;

/** What is wrong with a value: the subset of JSON Schema that these models use, and no member unknown to them. */
function faultsOf(definitions: Definitions, schema: Schema | undefined, value: unknown, at: string): string[] {
  if (!schema) return [`${at}: no schema`];
  if (schema.$ref) return faultsOf(definitions, definitions[schema.$ref.split('/').at(-1) ?? ''], value, at);
  switch (schema.type) {
    case 'array':
      if (!Array.isArray(value)) return [`${at}: not a list`];
      return value.flatMap((item, i) => faultsOf(definitions, schema.items, item, `${at}[${i}]`));
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at}: not an object`];
      const missing = (schema.required ?? [])
        .filter((name) => !(name in value))
        .map((name) => `${at}.${name}: missing`);
      const members = Object.entries(value).flatMap(([name, member]) => {
        const known = schema.properties?.[name];
        return known ? faultsOf(definitions, known, member, `${at}.${name}`) : [`${at}.${name}: unknown`];
      });
      return [...missing, ...members];
    }
    case 'string': {
      if (typeof value !== 'string') return [`${at}: not text`];
      if (schema.enum && !schema.enum.includes(value)) return [`${at}: ${value} is not in the list`];
      if (schema.maxLength !== undefined && value.length > schema.maxLength) return [`${at}: too long`];
      if (schema.pattern && !new RegExp(schema.pattern).test(value)) return [`${at}: ${value} has another pattern`];
      if (schema.format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value))
        return [`${at}: ${value} is no instant`];
      return [];
    }
    case 'integer':
      return Number.isSafeInteger(value) ? [] : [`${at}: not a whole number`];
    case 'number':
      return typeof value === 'number' ? [] : [`${at}: not a number`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at}: not a boolean`];
    default:
      return [`${at}: no type in the schema`];
  }
}

test('the checker finds what is wrong', () => {
  const definitions: Definitions = {
    A: { type: 'object', required: ['x'], properties: { x: { type: 'string', enum: ['y'] } } },
  };
  const check = (value: unknown) => faultsOf(definitions, { $ref: '#/definitions/A' }, value, 'A').length;
  expect([check({ x: 'y' }), check({}), check({ x: 'z' }), check({ x: 'y', w: 1 }), check([])]).toEqual([
    0, 1, 1, 1, 1,
  ]);
});

describe.skipIf(!folder)("answers follow Amazon's models", () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await start();
  });
  afterAll(() => simulator.close());

  test.each(demoAccounts)('$name', async (account) => {
    const [orders, shipments, invoices] = [
      load('vendorOrders'),
      load('vendorShipments'),
      load('financesInvoices_2026-06-25'),
    ];
    const read = await readAll(simulator, account);
    const found = [
      ...read.orders.flatMap((one) => faultsOf(orders, orders.Order, one, 'Order')),
      ...read.status.flatMap((one) => faultsOf(orders, orders.OrderStatus, one, 'OrderStatus')),
      ...read.shipments.flatMap((one) => faultsOf(shipments, shipments.Shipment, one, 'Shipment')),
      ...read.invoices.flatMap((one) => faultsOf(invoices, invoices.InvoiceHeader, one, 'InvoiceHeader')),
    ];
    for (const { invoiceIdentifier } of read.invoices.slice(0, 60)) {
      const answer = await get(
        simulator,
        account,
        read.token,
        `${paths.invoices}/${encodeURIComponent(invoiceIdentifier)}`,
        {
          marketplaceId: account.marketplaceId,
        },
      );
      found.push(...faultsOf(invoices, invoices.GetInvoiceResponse, answer.json, 'GetInvoiceResponse'));
    }
    const envelope = await all(simulator, account, read.token, paths.orders, { limit: '2' });
    for (const page of envelope.pages)
      found.push(...faultsOf(orders, orders.GetPurchaseOrdersResponse, page.json, 'GetPurchaseOrdersResponse'));
    const error = await get(simulator, account, read.token, paths.orders, { limit: '1000' });
    found.push(...faultsOf(orders, orders.ErrorList, error.json.errors, 'ErrorList'));
    expect([...new Set(found)].slice(0, 20)).toEqual([]);
  });
});
