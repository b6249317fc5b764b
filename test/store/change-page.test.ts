import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountId } from '../../src/base/ids.ts';
import { type ChangeFilter, changePageStatement } from '../../src/store/change-page.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let owner: pg.Client;
let accounts: TestAccount[];
let stranger: TestAccount;
const entries = 100_000;

/** A long log: three accounts take turns, and what a filter asks for lies far apart in it. */
beforeAll(async () => {
  world = await testWorld();
  accounts = [
    await world.account('Long US'),
    await world.account('Long CA', 'CA'),
    await world.account('Long JP', 'JP'),
  ];
  stranger = await world.account('Stranger');
  owner = new pg.Client({ connectionString: world.url });
  await owner.connect();
  await owner.query(
    `insert into "Change" ("accountId", "position", "sequence", "kind", "severity", "subjectKind", "subjectKey",
                           "orderNumber", "invoiceNumber", "asin", "occurredAt", "data")
     select ($1::uuid[])[1 + n % 4], n, 1 + n / 4,
            case when n % 5000 < 4 then 'cost-changed' else 'goods-received' end,
            case when n % 2500 < 4 then 'ALERT' else 'INFO' end,
            'purchase-order', 'O' || n / 40, 'O' || n / 40, case when n % 1000 < 4 then 'I' || n / 4000 end,
            'B' || n % 3000, now(), '{}'
       from generate_series(1, $2::int) n`,
    [[...accounts, stranger].map(({ accountId }) => accountId), entries],
  );
  await owner.query('analyze "Change"');
}, 60_000);
afterAll(async () => {
  await owner.end();
  await world.close();
});

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}
const readOf = (plan: Plan): number =>
  (plan['Relation Name'] === 'Change'
    ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops']
    : 0) + (plan.Plans ?? []).reduce((sum, inner) => sum + readOf(inner), 0);

/** The page as a request reads it, and how many rows of the log that took. */
async function read(filter: ChangeFilter, after = 0n, limit = 50) {
  const statement = changePageStatement({ after, upTo: BigInt(entries), filter, limit });
  await owner.query('begin');
  await owner.query(`set local role acorn_app`);
  await owner.query(`select set_config('app.account_ids', $1, true)`, [
    `{${accounts.map(({ accountId }) => accountId).join(',')}}`,
  ]);
  const explained = await owner.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (analyze, format json) ${statement.text}`,
    statement.values,
  );
  const { rows } = await owner.query<{ position: string; accountId: AccountId }>(statement.text, statement.values);
  await owner.query('rollback');
  return { rows, rowsRead: readOf(explained.rows[0]?.['QUERY PLAN'][0].Plan as Plan) };
}

test.each<[string, ChangeFilter, number]>([
  ['no filter', {}, 50],
  ['a site', { sites: ['JP'] }, 50],
  ['a rare kind', { kinds: ['cost-changed'] }, 50],
  ['two kinds, one of them everywhere', { kinds: ['cost-changed', 'goods-received'] }, 50],
  ['alerts', { severities: ['ALERT'] }, 50],
  ['an order', { orderNumbers: ['O1999', 'O3'] }, 50],
  ['an invoice', { invoiceNumbers: ['I20'] }, 12],
  ['a product', { asins: ['B77'] }, 34],
  ['an order and a severity', { orderNumbers: ['O1999'], severities: ['INFO'] }, 30],
  ['what is not there', { asins: ['B0NOTHING0'] }, 0],
])('a page by %s reads what it shows by each way in, not the log of 100,000', async (_what, filter, shown) => {
  for (const after of [0n, 40_000n]) {
    const { rows, rowsRead } = await read(filter, after);
    // Three accounts, at most two values: six ways in, each read at most to the page's end.
    expect(rowsRead).toBeLessThanOrEqual(6 * 50);
    const positions = rows.map(({ position }) => Number(position));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(positions.every((position) => position > after)).toBe(true);
    expect(rows.every(({ accountId }) => accountId !== stranger.accountId)).toBe(true);
    if (after === 0n) expect(rows).toHaveLength(shown);
  }
});

test('pages put together are what a plain scan finds', async () => {
  const filter: ChangeFilter = { severities: ['ALERT'], sites: ['US', 'JP'] };
  const paged: number[] = [];
  for (let after = 0n; ; ) {
    const { rows } = await read(filter, after, 7);
    paged.push(...rows.map(({ position }) => Number(position)));
    if (rows.length < 7) break;
    after = BigInt(paged.at(-1) ?? 0);
  }
  const { rows } = await owner.query<{ position: string }>(
    `select "position" from "Change" where "severity" = 'ALERT' and "accountId" = any ($1) order by 1`,
    [[accounts[0], accounts[2]].map((account) => account?.accountId)],
  );
  expect(paged).toEqual(rows.map(({ position }) => Number(position)));
  expect(paged.length).toBeGreaterThan(40);
});
