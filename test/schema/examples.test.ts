import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examples } from '../../examples/index.ts';
import { schema } from '../../schema/index.ts';
import { allScopes } from '../../schema/scopes.ts';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask, fewPlugins, noAccess } from './support/ask.ts';
import { subscribeLive } from './support/live.ts';
import { published } from './support/rates.ts';
import { aStory } from './support/story.ts';
import { someWebhooks } from './support/webhooks.ts';
import { aWorld, tenantOf, type World } from './support/world.ts';

/** Statements that each example may take, however long its pages are. A change here is a change of what it costs. */
const budget: Readonly<Record<string, number>> = {
  '01-one-order-whole-chain': 12,
  '02-orders-changed-since': 2,
  '03-what-amazon-changed-in-orders': 2,
  '04-orders-to-acknowledge': 3,
  '05-late-shipments': 4,
  '06-received-not-invoiced': 3,
  '07-overdue-invoices': 2,
  '08-deductions': 3,
  '09-payments-explained': 3,
  '10-what-is-in-a-shipment': 3,
  '11-receipts-corrected': 2,
  '12-what-changed-since': 4,
  '13-accounts-and-their-documents': 6,
  '14-live-changes': 4,
  '18-tax-as-the-site-sees-it': 7,
  '17-when-invoices-are-paid': 6,
  '15-consolidated-receivables': 3,
  '16-identifiers-checked': 0,
  '19-webhooks-and-how-they-do': 3,
};

const shown = examples('2026-09-08T00:00:00.000Z');

let world: World;
let small: Tenant;
let large: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const [larkfield, hawthorn] = [await world.organisation('Larkfield'), await world.organisation('Hawthorn')];
  const one = await world.account(larkfield);
  const other = await world.account(hawthorn);
  small = tenantOf(larkfield, [one]);
  large = tenantOf(hawthorn, [other]);
  await published(world, '2026-09-07', { USD: '1.1532' });
  await fill(one, 1);
  await fill(other, 6);
  await someWebhooks(world, small, larkfield, 1);
  await someWebhooks(world, large, hawthorn, 6);
});
afterAll(() => world.close());

/** Each kind of order so many times, so that every example has something to show. */
async function fill(account: AccountRow, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    const facts = (['ordered', 'acknowledged', 'shipped', 'received', 'invoiced', 'paid'] as const).flatMap(
      (until, index) =>
        aStory({
          number: `${turn}${index}STORYX`,
          until,
          lines: 1 + (turn % 3),
          shipped: 9,
          received: 8,
          ...(index === 5 && { changedTo: 12 }),
          dueOn: '2026-09-07',
          terms: '2% 10 NET 30',
        }),
    );
    const again = facts.find((fact) => fact.kind === 'order-progress-stated');
    if (again?.kind !== 'order-progress-stated') throw new Error('a story that is received has its progress');
    await world.tell(account, facts);
    await world.tell(account, [
      {
        ...again,
        asOf: '2026-10-10T00:00:00.000Z' as typeof again.asOf,
        lines: again.lines.map((line) => ({ ...line, received: 7 as NonNullable<typeof line.received> })),
      },
    ]);
    await world.tell(account, []);
  }
}

const queries = shown.filter(({ query }) => query.includes('query '));
const subscriptions = shown.filter(({ query }) => query.includes('subscription '));

describe.each(queries)('$name', ({ name, query, variables }) => {
  test('runs, shows something, and takes as many statements for a long page as for a short one', async () => {
    const few = await ask(world, small, query, variables);
    const many = await ask(world, large, query, variables);
    expect(few.errors).toEqual([]);
    expect(many.errors).toEqual([]);
    // What reads no table shows everybody the same.
    if (budget[name] === 0) expect(many.data).toEqual(few.data);
    else expect(JSON.stringify(many.data).length).toBeGreaterThan(JSON.stringify(few.data).length);
    expect({ few: few.statements, many: many.statements }).toEqual({ few: budget[name], many: budget[name] });
  });
});

describe.each(subscriptions)('$name', ({ name, query, variables }) => {
  const batch = async (tenant: Tenant) => {
    const contextValue = {
      tenant,
      scopes: new Set(allScopes),
      changeLog: world.changeLog,
      requestId: 'test',
      retryParked: () => Promise.reject(new Error('not asked for')),
      ...fewPlugins,
      access: noAccess,
    };
    let statements = 0;
    const source = await subscribeLive(
      { schema, document: parse(query), variableValues: variables, contextValue },
      (whose, work) =>
        world.database.read(whose, async (db) => {
          const before = world.database.statements.count;
          const result = await work(db);
          statements = world.database.statements.count - before;
          return result;
        }),
    );
    if (!('next' in source)) throw new Error(JSON.stringify(source));
    const { value } = await source.next();
    await source.return?.();
    return { data: JSON.parse(JSON.stringify(value)), statements };
  };
  test('runs, and takes as many statements for a long batch as for a short one', async () => {
    const few = await batch(small);
    const many = await batch(large);
    expect(few.data.errors).toBeUndefined();
    expect(many.data.errors).toBeUndefined();
    expect(many.data.data.changes.changes.length).toBeGreaterThan(few.data.data.changes.changes.length);
    expect({ few: few.statements, many: many.statements }).toEqual({ few: budget[name], many: budget[name] });
  });
});

test('every example says in its first line what it answers, and needs nothing that is not filled in', () => {
  for (const { query, variables, title } of shown) {
    expect(title).toMatch(/\.$/);
    const needed = [...query.matchAll(/\$(\w+): \w+!/g)].map(([, name]) => name);
    expect(Object.keys(variables)).toEqual(expect.arrayContaining(needed));
  }
});
