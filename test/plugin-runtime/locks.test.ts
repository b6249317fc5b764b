import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLocks } from '../../src/plugin-runtime/locks.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

test('a lost connection that says so twice does not take the next one with it', async () => {
  const sessions: pg.Client[] = [];
  const database = {
    ...world.database,
    session: async () => {
      const session = await world.database.session();
      sessions.push(session);
      return session;
    },
  };
  const locks = openLocks(database);
  expect(await locks.hold('job')).toBe(true);
  const [old] = sessions;
  await old?.end();
  // pg tells of a broken connection by 'error' and later by 'end'; the next may be made between the two.
  expect(locks.holds('job')).toBe(false);
  expect(await locks.hold('job')).toBe(true);
  old?.emit('end');

  expect(locks.holds('job')).toBe(true);
  expect(await locks.hold('job')).toBe(true);
  expect(sessions).toHaveLength(2);
  await locks.close();
});
