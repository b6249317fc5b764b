import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Simulator } from '../../../../plugins/connectors/sp-api/simulator/index.ts';
import { collect, documentsOf, profileOf, pullFrom, simulate, tell, vendorOf } from './simulated.ts';
import { arrived, expected, truthOf } from './truth.ts';

// Whole imports over HTTP, on machines that do other things meanwhile.
vi.setConfig({ testTimeout: 60_000 });

let simulator: Simulator | undefined;
afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

describe('a first import', () => {
  test.each(['US', 'CA', 'EU', 'JP'] as const)('of a vendor in %s tells exactly what is true', async (site) => {
    const vendor = vendorOf(site);
    simulator = await simulate({ vendor });
    const profile = profileOf(vendor);
    const batches = await collect(pullFrom(simulator, { vendor, profile }));
    const told = tell(batches, profile);
    expect(told.unreadable).toEqual([]);
    expect(told.warnings).toEqual([]);
    expect(arrived(told.facts)).toEqual(expected(await truthOf(simulator, vendor.name)));
  });

  test('its progress goes from 0 to 1 and never back', async () => {
    simulator = await simulate();
    const progress = (await collect(pullFrom(simulator))).map((batch) => batch.progress);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress[0]).toBeGreaterThan(0);
    expect(progress[0]).toBeLessThan(0.1);
    expect(progress.at(-1)).toBe(1);
  });

  test('it goes on after any batch exactly where it stood', async () => {
    simulator = await simulate();
    const whole = await collect(pullFrom(simulator));
    const every = Math.max(1, Math.floor(whole.length / 12));
    for (let stop = 1; stop < whole.length; stop += every) {
      const resumed = await collect(pullFrom(simulator, { cursor: whole[stop - 1]?.cursor }));
      expect(documentsOf(resumed)).toEqual(documentsOf(whole.slice(stop)));
      expect(resumed.at(-1)?.cursor).toEqual(whole.at(-1)?.cursor);
    }
  });

  test('it ends at the present of its start, however fast the clock runs', async () => {
    simulator = await simulate({ speed: 20_000 });
    const batches = await collect(pullFrom(simulator));
    const [first] = batches;
    const { through } = (first?.cursor.run ?? {}) as { through: string };
    expect(batches.at(-1)?.cursor).toMatchObject({ marks: { through } });
    expect(simulator.clock.now()).toBeGreaterThan(Date.parse(through));
  });
});

describe('a later pull', () => {
  test('brings what happened since, and only little else', async () => {
    simulator = await simulate();
    const profile = profileOf(vendorOf('JP'));
    const first = await collect(pullFrom(simulator, { profile }));
    simulator.clock.advance(3 * 3600);
    const asked = simulator.requests.total;
    const second = await collect(pullFrom(simulator, { profile, cursor: first.at(-1)?.cursor }));
    expect(simulator.requests.total - asked).toBeLessThan(40);
    expect(second.at(-1)?.progress).toBe(1);
    const told = tell([...first, ...second], profile);
    expect(arrived(told.facts)).toEqual(expected(await truthOf(simulator, 'Hibari JP')));
  });

  test('days later it has the whole truth again', async () => {
    simulator = await simulate();
    const profile = profileOf(vendorOf('JP'));
    const batches = await collect(pullFrom(simulator, { profile }));
    for (let day = 1; day <= 9; day += 1) {
      simulator.clock.advance(24 * 3600);
      batches.push(...(await collect(pullFrom(simulator, { profile, cursor: batches.at(-1)?.cursor }))));
    }
    const told = tell(batches, profile);
    expect(told.unreadable).toEqual([]);
    expect(arrived(told.facts)).toEqual(expected(await truthOf(simulator, 'Hibari JP')));
  });

  test('a cursor of another make starts over', async () => {
    simulator = await simulate();
    const said: string[] = [];
    const [batch] = await collect(pullFrom(simulator, { cursor: { version: 99 }, said }));
    expect(batch?.cursor).toMatchObject({ run: { first: true } });
    expect(said.join()).toContain('cannot be read');
  });
});
