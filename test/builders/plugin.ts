import { buildSchema } from 'graphql';
import { no } from '../../src/base/result.ts';
import type { Core } from '../../src/plugin-host/composition.ts';
import type { Connector } from '../../src/seams/connector.ts';
import { definePlugin, type Plugin } from '../../src/seams/plugin.ts';
import { asCurrency, type Site } from '../../src/seams/public.ts';
import type { StandardSchema } from '../../src/seams/standard-schema.ts';

/** A small core: two models, two rights, one slot, two kinds of change. */
export const aCore = (changes: Partial<Core> = {}): Core => ({
  version: '1.0.0',
  schema: buildSchema('"Everything." type Query { "It is up." up: Boolean }'),
  models: new Map([
    ['Invoice', new Set(['invoiceNumber', 'total'])],
    ['PurchaseOrder', new Set(['orderNumber'])],
  ]),
  relations: new Map(),
  scopes: new Set(['invoice:read', 'order:read']),
  slots: new Set(['invoice-format']),
  changeKinds: new Set(['invoice-issued', 'payment-received']),
  ...changes,
});

export const aPlugin = (id: string, changes: Partial<Plugin> = {}): Plugin =>
  definePlugin({ id, version: '1.0.0', description: `The plugin ${id}.`, platform: '^1.0', ...changes });

/** @param code also the beginning of its one marketplace's id, unless another is given */
export const aSite = (code: string, marketplace = `${code}-STORE`): Site => ({
  code,
  name: `Site ${code}`,
  marketplaces: [{ id: marketplace, country: 'US', currency: currency('USD'), timeZone: 'UTC' }],
  tax: () => no({ code: 'NOT_ANSWERED_YET', site: code, question: 'tax' }),
  payday: () => no({ code: 'NOT_ANSWERED_YET', site: code, question: 'payday' }),
});

export const aConnector = (name: string): Connector => ({
  name,
  pull: async function* () {},
  translate: () => ({ facts: [], warnings: [], unreadable: [] }),
  recognise: () => undefined,
});

/** A Standard Schema made by hand, from what is wrong with a value. */
export const standard = (
  validate: (value: unknown) => ReturnType<StandardSchema['~standard']['validate']>,
): StandardSchema => ({ '~standard': { version: 1, vendor: 'hand', validate } });

function currency(code: string) {
  const known = asCurrency(code);
  if (known === undefined) throw new Error(`${code} is a currency`);
  return known;
}
