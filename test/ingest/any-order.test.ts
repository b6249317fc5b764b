import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Simulator } from '../../plugins/connectors/sp-api/simulator/index.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { syncAccount } from '../../src/ingest/sync.ts';
import type { RawDocument } from '../../src/seams/connector.ts';
import { dumpLog, dumpState } from '../support/state.ts';
import { pullAll, standingVendor, syncContext } from '../support/vendor.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let simulator: Simulator;
beforeAll(async () => {
  world = await testWorld();
  simulator = await standingVendor({ at: '2026-09-01T12:00:00Z' });
}, 60_000);
afterAll(async () => {
  await simulator.close();
  await world.close();
});

/** Two months of one account, read at four moments, so that orders change, receipts grow and invoices get paid between readings. */
async function importLog(): Promise<RawDocument[]> {
  const account = await world.account('Reader', 'US');
  const log: RawDocument[] = [];
  let cursor: Record<string, unknown> | undefined;
  for (const day of ['2026-09-01', '2026-09-09', '2026-09-17', '2026-10-05']) {
    simulator.clock.set({ now: Date.parse(`${day}T12:00:00Z`) });
    const pulled = await pullAll(syncContext(world, account, simulator), cursor);
    log.push(...pulled.documents);
    cursor = pulled.cursor;
  }
  return log;
}

test('R6 · an import log shuffled and repeated ends in the same state', async () => {
  const log = await importLog();
  expect(log.length).toBeGreaterThan(60);
  const [straight, shaken] = [await world.account('Straight', 'US'), await world.account('Shaken', 'US')];
  const into = (account: typeof straight) => syncContext(world, account, simulator);

  for (let i = 0; i < log.length; i += 20) await ingest(into(straight), log.slice(i, i + 20));
  const shuffled = shuffle([...log, ...log.filter((_, i) => i % 3 === 0)], 20260901);
  for (let i = 0; i < shuffled.length; i += 7) await ingest(into(shaken), shuffled.slice(i, i + 7));

  const expected = await dumpState(world.database, straight.accountId);
  expect(expected.OrderLine?.length).toBeGreaterThan(100);
  expect(expected.Allocation?.length).toBeGreaterThan(5);
  expect(expected.PurchaseOrderVersion?.length).toBeGreaterThan(expected.PurchaseOrder?.length ?? 0);
  expect(await dumpState(world.database, shaken.accountId)).toEqual(expected);
}, 120_000);

test('R6 · the same documents a second time change nothing and add no change', async () => {
  const account = await world.account('Twice', 'JP');
  simulator.clock.set({ now: Date.parse('2026-10-05T12:00:00Z') });
  const context = syncContext(world, account, simulator);
  await syncAccount(context);
  const [state, changes] = [
    await dumpState(world.database, account.accountId),
    await dumpLog(world.database, account.accountId),
  ];
  expect(changes.length).toBeGreaterThan(100);

  const again = await pullAll(context);
  const ingested = await ingest(context, again.documents);
  expect(ingested).toMatchObject({ facts: 0, changes: 0 });
  expect(await dumpState(world.database, account.accountId)).toEqual(state);
  expect(await dumpLog(world.database, account.accountId)).toEqual(changes);
}, 120_000);

/** A permutation that is the same on every run. */
function shuffle<T>(items: T[], seed: number): T[] {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }
  return items;
}
