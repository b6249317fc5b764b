import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { readWhenAsked } from '../../src/store/lazy-read.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let ours: TestAccount;

beforeAll(async () => {
  world = await testWorld();
  ours = await world.account('Ours');
  await world.account('Theirs');
});
afterAll(() => world.close());

test('what asks nothing opens nothing', async () => {
  const before = world.database.statements.count;
  expect(await readWhenAsked(world.database, ours.tenant, async () => 'said')).toBe('said');
  expect(world.database.statements.count).toBe(before);
});

test('S1 · what asks sees its own tenant, read only, all in one snapshot', async () => {
  const seen = await readWhenAsked(world.database, ours.tenant, async (db) => {
    const [names, [first]] = await Promise.all([
      db.vendorAccount.findMany({ select: { name: true } }),
      db.$queryRaw<
        { snapshot: string }[]
      >`select txid_current_snapshot()::text || current_setting('transaction_read_only') as snapshot`,
    ]);
    const [second] = await db.$queryRaw<{ snapshot: string }[]>`
      select txid_current_snapshot()::text || current_setting('transaction_read_only') as snapshot`;
    return { names, same: first?.snapshot === second?.snapshot, readOnly: first?.snapshot.endsWith('on') };
  });
  expect(seen).toEqual({ names: [{ name: 'Ours' }], same: true, readOnly: true });
});

test('a question that fails fails for who asked it, and a snapshot that cannot be had fails the whole', async () => {
  const caught = readWhenAsked(world.database, ours.tenant, (db) => db.$queryRawUnsafe('select nonsense'));
  await expect(caught).rejects.toThrow(/nonsense/);
  const nowhere = openDatabase('postgres://nobody:nothing@127.0.0.1:1/none');
  const lost = readWhenAsked(nowhere, ours.tenant, async (db) => {
    await db.vendorAccount.count().catch(() => {});
    return 'went on as if nothing had happened';
  });
  await expect(lost).rejects.toThrow();
  await nowhere.close();
});
