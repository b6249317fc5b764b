import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AccountId } from '../../../src/base/ids.ts';
import { applyAdditions } from '../../../src/plugin-host/schema/additions.ts';
import { fieldTables, ownTables } from '../../../src/plugin-runtime/own-tables.ts';
import type { OwnTables, Plugin } from '../../../src/seams/plugin.ts';
import type { PluginFieldContext, SchemaAdditions } from '../../../src/seams/schema.ts';
import type { AccountRow } from '../../../src/store/accounts.ts';
import type { Tenant } from '../../../src/store/database.ts';
import { openPluginTables, type PluginTables } from '../../../src/store/plugin-tables.ts';
import { migrateOf, migrations, notes, removeFolders } from '../../plugin-runtime/support/plugins.ts';
import { ask } from '../../schema/support/ask.ts';
import { aStory } from '../../schema/support/story.ts';
import { aWorld, tenantOf, type World } from '../../schema/support/world.ts';
import { aGate, aPlugin, core, type TestGate } from './support.ts';

interface Order {
  readonly accountId: AccountId;
  readonly number: string;
}
interface Note {
  readonly id: string;
  readonly body: string;
}

/** The number of an order asks for its note; what else is asked depends on the field. */
const notesOf = async (numbers: readonly string[], query: OwnTables) => {
  const found = await query<Note>('select id, body from note where id = any($1)', [numbers]);
  return numbers.map((number) => found.find(({ id }) => id === number)?.body ?? null);
};
/** An account of somebody else, for those who try. */
let foreign = '' as AccountId;

const answers = {
  note: ({ accountId, number }: Order, { batch }: PluginFieldContext) =>
    batch('notes', { accountId, key: number }, notesOf),
  again: ({ accountId, number }: Order, { batch }: PluginFieldContext) =>
    batch('notes', { accountId, key: number }, notesOf),
  composite: ({ accountId, number }: Order, { batch }: PluginFieldContext) =>
    batch('composite', { accountId, key: { number } }, async (keys, query) =>
      notesOf(
        keys.map((key) => key.number),
        query,
      ),
    ),
  alone: ({ accountId, number }: Order, { tables }: PluginFieldContext) =>
    tables(accountId, async (query) => (await notesOf([number], query))[0]),
  byTables: (_order: Order, { tables }: PluginFieldContext) => tables(foreign, (query) => notesOf(['1A'], query)),
  byBatch: (_order: Order, { batch }: PluginFieldContext) =>
    batch('foreign', { accountId: foreign, key: '1A' }, notesOf),
  byList: ({ number }: Order, { accountIds, batch }: PluginFieldContext) => {
    (accountIds as AccountId[]).push(foreign);
    return batch('list', { accountId: foreign, key: number }, notesOf);
  },
  writes: ({ accountId }: Order, { tables }: PluginFieldContext) =>
    tables(accountId, async (query) => String(await query(`update note set body = 'written'`))),
  short: ({ accountId, number }: Order, { batch }: PluginFieldContext) =>
    batch('short', { accountId, key: number }, async () => ['one']),
  picky: ({ accountId, number }: Order, { batch }: PluginFieldContext) =>
    batch('picky', { accountId, key: number }, async (keys) =>
      keys.map((key) => (key.endsWith('01') ? new Error('not this one') : key)),
    ),
  hangs: ({ accountId, number }: Order, { batch }: PluginFieldContext) =>
    batch('hangs', { accountId, key: number }, async (_keys, query) => query('select pg_sleep(3)')),
};
type Answer = keyof typeof answers;
const names = Object.keys(answers) as Answer[];

const additions: SchemaAdditions = {
  sdl: `extend type PurchaseOrder { "Notes." notes: NotesOfOrder }
    "Of an order." type NotesOfOrder { ${names.map((name) => `"One." ${name}: String`).join(' ')} }`,
  fields: {
    'PurchaseOrder.notes': {
      needs: 'order:read',
      select: { accountId: true, number: true },
      resolve: (order: Order) => order,
    },
    ...Object.fromEntries(
      names.map((name) => [
        `NotesOfOrder.${name}`,
        { resolve: (order: Order, _args: object, context: PluginFieldContext) => answers[name](order, context) },
      ]),
    ),
  },
};
const plugin = aPlugin('notes', additions, { migrations: migrations(notes) });
const bare = aPlugin('notes', additions);
const { schema, problems } = applyAdditions(core, [plugin]);

let world: World;
let tables: PluginTables;
let us: AccountRow;
let ca: AccountRow;
let theirs: AccountRow;
let mine: Tenant;
let others: Tenant;
/** What the plugin's connections were asked, by account. */
let asked: AccountId[] = [];

/** The real tables, and who asks them what. */
const counted = (): PluginTables => ({
  ...tables,
  use: (id, accountId, work, limits) =>
    tables.use(
      id,
      accountId,
      (query) =>
        work((text, parameters) => {
          asked.push(accountId);
          return query(text, parameters);
        }),
      limits,
    ),
});
const gateOver = (installed: Plugin, deadlineMillis = 2_000): TestGate =>
  aGate({ tablesOf: fieldTables([installed], counted(), deadlineMillis), deadlineMillis });

const orders = async (tenant: Tenant, fields: string, gate = gateOver(plugin), first = 30) => {
  const query = `{ purchaseOrders(first: ${first}, orderBy: NUMBER_ASC) { nodes { number notes { ${fields} } } } }`;
  const answer = await ask(world, tenant, query, {}, { schema, plugins: gate });
  return { ...answer, nodes: answer.data.purchaseOrders.nodes, failures: gate.failures };
};

const numbers = (letter: string, many: number) =>
  Array.from({ length: many }, (_, i) => `1${letter.repeat(5)}${String(i + 1).padStart(2, '0')}`);

beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  us = await world.account(larkfield);
  ca = await world.account(larkfield, { name: 'Larkfield CA', site: 'CA', marketplaceId: 'A2EUQ1WTGCTBG2' });
  const other = await world.organisation('Somebody Else');
  theirs = await world.account(other, { name: 'Else US' });
  foreign = theirs.accountId;
  mine = tenantOf(larkfield, [us, ca]);
  others = tenantOf(other, [theirs]);
  await migrateOf(world.url, plugin);
  tables = openPluginTables(world.url);
  for (const [account, letter, many] of [
    [us, 'A', 15],
    [ca, 'B', 10],
    [theirs, 'A', 2],
  ] as const) {
    await world.tell(
      account,
      numbers(letter, many).flatMap((number) => aStory({ number, lines: 1, until: 'ordered' })),
    );
    await ownTables(plugin, tables)(account.accountId, (query) =>
      query(`insert into note select $1, id, $2 || ' ' || id from unnest($3::text[]) id`, [
        account.accountId,
        account.name,
        numbers(letter, many),
      ]),
    );
  }
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  await tables?.close();
  await world?.close();
  removeFolders();
});

test('25 orders of two accounts show their notes by one statement for each account', async () => {
  expect(problems).toEqual([]);
  const { nodes, errors } = await orders(mine, 'note again');
  expect(errors).toEqual([]);
  expect(nodes).toEqual([
    ...numbers('A', 15).map((number) => of(number, `Larkfield US ${number}`)),
    ...numbers('B', 10).map((number) => of(number, `Larkfield CA ${number}`)),
  ]);
  expect([...asked].sort()).toEqual([us.accountId, ca.accountId].sort());
});
const of = (number: string, note: string) => ({ number, notes: { note, again: note } });

test('keys of several members are equal when their members are', async () => {
  const query = `{ a: purchaseOrders(first: 30) { nodes { notes { composite } } } b: purchaseOrders(first: 30) { nodes { notes { composite } } } }`;
  const answer = await ask(world, others, query, {}, { schema, plugins: gateOver(plugin) });
  expect(answer.errors).toEqual([]);
  expect(answer.data.a).toEqual(answer.data.b);
  expect(asked).toHaveLength(1);
});

test('without batch it is one for each parent, which is what batch is for', async () => {
  expect((await orders(others, 'alone')).nodes.map(noteIn('alone'))).toEqual(
    numbers('A', 2).map((number) => `Else US ${number}`),
  );
  expect(asked).toHaveLength(2);
});
const noteIn = (field: Answer) => (node: { readonly notes: Readonly<Record<string, string | null>> }) =>
  node.notes[field];

describe('tenants', () => {
  test('with orders of the same numbers see their own notes, also through one gate at the same moment', async () => {
    const gate = gateOver(plugin);
    const [left, right] = await Promise.all([orders(mine, 'note', gate, 2), orders(others, 'note', gate, 2)]);
    expect(left.nodes.map(noteIn('note'))).toEqual(numbers('A', 2).map((number) => `Larkfield US ${number}`));
    expect(right.nodes.map(noteIn('note'))).toEqual(numbers('A', 2).map((number) => `Else US ${number}`));
    expect(asked).toHaveLength(2);
  });

  test.each(['byTables', 'byBatch', 'byList'] as const)('do not reach an account of others: %s', async (field) => {
    const { nodes, errors, failures } = await orders(mine, field, undefined, 1);
    expect(nodes.map(noteIn(field))).toEqual([null]);
    expect(errors.map(({ code }) => code)).toEqual(['PLUGIN_FAILED']);
    expect(String(failures[0]?.cause)).toContain(`the account ${foreign} is not one of those who ask`);
    expect(JSON.stringify(errors)).not.toContain(foreign);
    expect(asked).toEqual([]);
  });
});

test('nothing is kept from one operation to the next', async () => {
  const gate = gateOver(plugin);
  const before = await orders(others, 'note', gate, 1);
  await ownTables(plugin, tables)(theirs.accountId, (query) => query(`update note set body = body || '!'`));
  const after = await orders(others, 'note', gate, 1);
  await ownTables(plugin, tables)(theirs.accountId, (query) => query(`update note set body = trim(body, '!')`));
  expect(after.nodes.map(noteIn('note'))).toEqual([`${noteIn('note')(before.nodes[0])}!`]);
});

test('a field cannot write', async () => {
  const { errors, failures } = await orders(others, 'writes', undefined, 1);
  expect(errors.map(({ code }) => code)).toEqual(['PLUGIN_FAILED']);
  expect(String(failures[0]?.cause)).toContain('cannot execute UPDATE in a read-only transaction');
});

test('a plugin without tables is told so', async () => {
  const { errors, failures } = await orders(others, 'note', gateOver(bare), 1);
  expect(errors.map(({ code }) => code)).toEqual(['PLUGIN_FAILED']);
  expect(String(failures[0]?.cause)).toContain('the plugin "notes" has no tables: give it migrations');
});

describe('what goes wrong in a load stays in the fields that asked', () => {
  test('answers that are not one for each key are shown at no parent', async () => {
    const { nodes, failures } = await orders(others, 'short note');
    expect(nodes.map(noteIn('short'))).toEqual([null, null]);
    expect(nodes.map(noteIn('note'))).toEqual(numbers('A', 2).map((number) => `Else US ${number}`));
    expect(String(failures[0]?.cause)).toContain('"short" was asked for 2 keys and answered 1 values');
  });

  test('an error among the answers is lost by its own parent alone', async () => {
    const { nodes, errors } = await orders(others, 'picky');
    expect(nodes.map(noteIn('picky'))).toEqual([null, numbers('A', 2)[1]]);
    expect(errors.map(({ path }) => path)).toEqual([['purchaseOrders', 'nodes', 0, 'notes', 'picky']]);
  });

  test('a statement that hangs is over when the field is, and the connections of the plugin are free again', async () => {
    // One for each account, which is as many as a plugin may have open.
    const { nodes, errors } = await orders(mine, 'hangs', gateOver(plugin, 400));
    expect(new Set(nodes.map(noteIn('hangs')))).toEqual(new Set([null]));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['PLUGIN_TIMEOUT']));
    expect((await orders(mine, 'note')).errors).toEqual([]);
  });
});
