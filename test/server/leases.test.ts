import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLeases } from '../../src/server/leases.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

test('a lost connection that says so twice does not take the next one with it', async () => {
  const account = await world.account('Leased');
  const sessions: pg.Client[] = [];
  const session = async () => {
    const opened = await world.database.session();
    sessions.push(opened);
    return opened;
  };
  const leases = openLeases({ ...world.database, session });
  const work = async () => 'done';
  expect(await leases.hold(account.accountId, work)).toBe('done');
  const [old] = sessions;
  await old?.end();
  expect(await leases.hold(account.accountId, work)).toBe('done');
  old?.emit('end');
  expect(await leases.hold(account.accountId, work)).toBe('done');
  expect(sessions).toHaveLength(2);
  await leases.close();
});
