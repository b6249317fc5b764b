import { afterEach, expect, test } from 'vitest';
import type { FaultPlan, Simulator } from '../../../../../plugins/connectors/sp-api/simulator/index.ts';
import { accountAt, all, day, get, login, paths, start, startAt } from './client.ts';

let simulator: Simulator | undefined;
afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

const ca = accountAt('CA');
const now = Date.parse(startAt);
const week = { createdAfter: new Date(now - 7 * day).toISOString(), createdBefore: new Date(now).toISOString() };

async function troubled(faults: Partial<FaultPlan>) {
  const started = await start({ faults });
  simulator = started;
  const token = await login(started, ca);
  return {
    simulator: started,
    ask: (path: string = paths.orders, query: { [name: string]: string } = week) =>
      get(started, ca, token, path, query),
    list: (path: string = paths.orders, query: { [name: string]: string } = week) =>
      all(started, ca, token, path, query),
  };
}
const statuses = async (ask: () => Promise<{ status: number }>, count: number) => {
  const seen: number[] = [];
  for (let i = 0; i < count; i += 1) seen.push((await ask()).status);
  return seen;
};

test('storm429 refuses every n-th request', async () => {
  const { ask } = await troubled({ storm429: 3 });
  expect(await statuses(ask, 6)).toEqual([200, 200, 429, 200, 200, 429]);
});

test('error5xx fails its share, with 500 and 503 in turn', async () => {
  const { ask } = await troubled({ error5xx: 0.4 });
  const seen = await statuses(ask, 20);
  expect(seen.filter((status) => status >= 500).length).toBe(8);
  expect(new Set(seen)).toEqual(new Set([200, 500, 503]));
});

test('resetConnection drops every n-th request without an answer', async () => {
  const { ask } = await troubled({ resetConnection: 2 });
  expect((await ask()).status).toBe(200);
  await expect(ask()).rejects.toThrow();
  expect((await ask()).status).toBe(200);
});

test('breakPage cuts the JSON of every n-th good answer', async () => {
  const { ask } = await troubled({ breakPage: 2 });
  const [whole, broken] = [await ask(), await ask()];
  expect(JSON.parse(whole.text)).toHaveProperty('payload');
  expect(broken.status).toBe(200);
  expect(() => JSON.parse(broken.text)).toThrow();
  expect(whole.text.startsWith(broken.text)).toBe(true);
});

test('stallMs and slowBody take their time and lose nothing', async () => {
  const calm = await troubled({});
  const whole = await calm.ask();
  calm.simulator.faults = { ...calm.simulator.faults, stallMs: 60, slowBody: 5 };
  const before = performance.now();
  const slow = await calm.ask();
  expect(performance.now() - before).toBeGreaterThan(60 + 5 * Math.floor(whole.text.length / 4096));
  expect(slow.text).toBe(whole.text);
});

test('empty pages carry a token and lose nothing', async () => {
  const { simulator: running, list } = await troubled({});
  const whole = await list(paths.orders, { ...week, limit: '2' });
  running.faults = { ...running.faults, emptyPages: 2 };
  const holey = await list(paths.orders, { ...week, limit: '2' });
  expect(holey.items).toEqual(whole.items);
  expect(holey.pages.some((page) => page.json.payload.orders.length === 0)).toBe(true);
});

test('duplicateItems repeats the last of each page on the next', async () => {
  const { list, simulator: running } = await troubled({});
  const whole = await list();
  running.faults = { ...running.faults, duplicateItems: true };
  const { items, pages } = await list(paths.orders, { ...week, limit: '3' });
  expect(pages.length).toBeGreaterThan(1);
  expect(items.length).toBe(whole.items.length + pages.length - 1);
  expect(new Set(items.map((one) => one.purchaseOrderNumber))).toEqual(
    new Set(whole.items.map((one) => one.purchaseOrderNumber)),
  );
});

test('missing days come back when they are repaired', async () => {
  const { simulator: running, list, ask } = await troubled({});
  const whole = await list();
  const lost = '2026-02-25';
  running.faults = { ...running.faults, missingDays: [lost] };
  const holey = await list();
  expect(holey.items.length).toBeLessThan(whole.items.length);
  expect((await list(paths.status)).items.length).toBe(holey.items.length);
  const gone = whole.items.find(
    (one) => !holey.items.some((other) => other.purchaseOrderNumber === one.purchaseOrderNumber),
  );
  expect((await ask(`${paths.orders}/${gone?.purchaseOrderNumber}`, {})).status).toBe(404);
  running.faults = { ...running.faults, missingDays: [] };
  expect((await list()).items).toEqual(whole.items);
});

test('expireTokensAfter wears a token out; a new login helps', async () => {
  const { simulator: running, ask } = await troubled({ expireTokensAfter: 3 });
  expect(await statuses(ask, 5)).toEqual([200, 200, 200, 403, 403]);
  expect((await get(running, ca, await login(running, ca), paths.orders)).status).toBe(200);
});

test('ignoreUpdatedFilter answers with everything', async () => {
  const { simulator: running, list } = await troubled({});
  const hour = { updatedAfter: new Date(now - 3600_000).toISOString(), updatedBefore: new Date(now).toISOString() };
  const asked = await list(paths.status, hour);
  running.faults = { ...running.faults, ignoreUpdatedFilter: true };
  expect((await list(paths.status, hour)).items.length).toBeGreaterThan(asked.items.length + 100);
});

test('schemaDepartures bend some documents the same way each time, and leave the rest', async () => {
  const { simulator: running, list } = await troubled({});
  const whole = await list();
  running.faults = { ...running.faults, schemaDepartures: true };
  const bent = await list();
  expect(bent.items.length).toBe(whole.items.length);
  const changed = bent.items.filter((one, i) => JSON.stringify(one) !== JSON.stringify(whole.items[i]));
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.length).toBeLessThan(whole.items.length);
  expect((await list()).items).toEqual(bent.items);
  const texts = JSON.stringify([
    (await running) &&
      (await list(paths.status, { updatedAfter: week.createdAfter, updatedBefore: week.createdBefore })).items,
    (await list(paths.shipments, { createdAfter: new Date(now - 100 * day).toISOString() })).items,
  ]);
  for (const trace of ['acknowledgedQuantity', 'carrierScac', '"CAN"', 'Carrier assigned'])
    expect(texts).toContain(trace);
});

test('clock and faults can be set over HTTP, and nonsense is refused', async () => {
  const { simulator: running } = await troubled({});
  const put = async (path: string, body: unknown, method = 'PUT') => {
    const response = await fetch(`${running.url}/simulator/${path}`, { method, body: JSON.stringify(body) });
    return [response.status, await response.json()];
  };
  expect(await put('clock', { now: '2026-04-01T00:00:00Z', speed: 0 })).toEqual([
    200,
    { now: '2026-04-01T00:00:00Z', speed: 0 },
  ]);
  expect(await put('clock/advance', { seconds: 90 }, 'POST')).toEqual([200, { now: '2026-04-01T00:01:30Z', speed: 0 }]);
  expect((await put('clock', { now: 'soon' }))[0]).toBe(400);
  expect((await put('clock', { speed: -1 }))[0]).toBe(400);
  expect((await put('faults', { storm429: 2 }))[0]).toBe(200);
  expect(running.faults.storm429).toBe(2);
  expect((await put('faults', { nonsense: 1 }))[0]).toBe(400);
  expect((await put('faults', { missingDays: ['yesterday'] }))[0]).toBe(400);
});

test('a running clock runs at its speed', async () => {
  const { simulator: running } = await troubled({});
  running.clock.set({ speed: 1000 });
  const before = running.clock.now();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(running.clock.now() - before).toBeGreaterThanOrEqual(40_000);
});
