import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from 'acorn/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mirror, mirror } from '../../examples/client/mirror.ts';
import type { TestAccount } from '../support/world.ts';
import { bump, type Served, served, until } from './support/served.ts';

let acorn: Served;
let account: TestAccount;
let apiKey: string;
beforeAll(async () => {
  acorn = await served();
  account = await acorn.world.account('Mirrored');
  apiKey = await acorn.key(account, ['change:read', 'order:read']);
  await acorn.start();
}, 60_000);
afterAll(() => acorn.close());

test('the example mirror is what queries show: after an export, live, after being away, and when its cursor has expired', async () => {
  const file = join(acorn.folder, 'orders.json');
  const kept = () => JSON.parse(readFileSync(file, 'utf8')) as Mirror;
  const shown = async () => {
    const query = '{ purchaseOrders(first: 100) { nodes { id number state quantities { ordered received } } } }';
    const { purchaseOrders } = await ask<{ purchaseOrders: { nodes: { id: string }[] } }>(
      { url: acorn.url, apiKey },
      query,
    );
    return Object.fromEntries(purchaseOrders.nodes.map((order) => [order.id, order]));
  };
  const running = () => {
    const leaving = new AbortController();
    const ended = mirror({ url: acorn.url, apiKey, file, signal: leaving.signal });
    ended.catch(() => {});
    return {
      same: async () => {
        const truth = JSON.stringify(sorted(await shown()));
        const same = () => JSON.stringify(sorted(kept().orders)) === truth;
        // Whatever ended the mirror is told at once.
        await Promise.race([until(same).catch(() => {}), ended]);
        expect(sorted(kept().orders)).toEqual(JSON.parse(truth));
      },
      leave: async () => {
        leaving.abort();
        await ended;
      },
    };
  };
  const write = async (from: number, to: number) => {
    for (let n = from; n <= to; n += 1)
      await Promise.all(['MIRRORAA', 'MIRRORBB'].map((order) => bump(acorn.world, account, order, n)));
  };

  await write(1, 3);
  let life = running();
  await until(async () => Object.keys(await shown()).length === 2);
  await write(4, 6);
  await life.same();
  await life.leave();

  const { cursor } = kept();
  await write(7, 9);
  await bump(acorn.world, account, 'MIRRORCC', 1);
  life = running();
  await life.same();
  await life.leave();
  expect(kept().cursor).not.toBe(cursor);

  await bump(acorn.world, account, 'MIRRORDD', 1);
  await until(async () => Object.keys(await shown()).length === 4);
  await acorn.world.database.work((sql) => sql.query(`select change_retention_mark(now() + interval '1 day', 100000)`));
  life = running();
  await life.same();
  await life.leave();
  expect(Object.keys(kept().orders)).toHaveLength(4);
}, 90_000);

const sorted = (orders: object): object =>
  Object.fromEntries(Object.entries(orders).sort(([a], [b]) => (a < b ? -1 : 1)));
