import { afterAll, beforeAll, expect, test } from 'vitest';
import { spApi } from '../../plugins/connectors/sp-api/index.ts';
import { demoAccounts, startSimulator } from '../../plugins/connectors/sp-api/simulator/index.ts';
import { instant } from '../../src/base/instant.ts';
import { syncAccount } from '../../src/ingest/sync.ts';
import { testWorld, type TestWorld } from '../support/world.ts';
import { dumpLog, dumpState } from '../support/state.ts';

let world: TestWorld;
beforeAll(async () => { world = await testWorld(); });
afterAll(() => world.close());

test('six months come in through the real connector, and a second read adds nothing', async () => {
  const now = instant('2026-11-02T12:00:00Z');
  const simulator = await startSimulator({ seed: 7, clock: { startAt: now, speed: 0 } });
  simulator.faults = { ...simulator.faults, rateLimit: { ...simulator.faults.rateLimit, enforce: false } };
  try {
    const seller = demoAccounts.find((a) => a.site === 'US');
    if (seller === undefined) throw new Error('the simulator has a US account');
    const account = await world.account('Northwind US', 'US');
    const context = {
      database: world.database, connector: spApi, account, now: () => now, signal: new AbortController().signal,
      log: { info: () => {}, warn: console.warn },
      settings: { clientId: seller.clientId, clientSecret: seller.clientSecret, refreshToken: seller.refreshToken,
        endpoint: simulator.url, tokenUrl: `${simulator.url}/auth/o2/token`, requestsPerSecond: 1000, burst: 1000 },
    };
    const t0 = performance.now();
    const first = await syncAccount(context);
    console.log(performance.now() - t0, { ...first, parked: first.parked.slice(0, 5) });
    const state = await dumpState(world.database, account.accountId);
    console.log(Object.fromEntries(Object.entries(state).map(([k, v]) => [k, v.length])));
    const log = await dumpLog(world.database, account.accountId);
    const second = await syncAccount(context);
    console.log({ ...second, parked: second.parked.length });
    expect(await dumpState(world.database, account.accountId)).toEqual(state);
    expect(await dumpLog(world.database, account.accountId)).toEqual(log);
  } finally { await simulator.close(); }
}, 120_000);
