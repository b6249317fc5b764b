import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { Simulator } from '../../../../../plugins/connectors/sp-api/simulator/index.ts';
import { accountAt, readAll, start } from './client.ts';

const running: Simulator[] = [];
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.close();
});
const open = async (options: Parameters<typeof start>[0]) => {
  const simulator = await start(options);
  running.push(simulator);
  return simulator;
};
const digest = (texts: readonly string[]) => createHash('sha256').update(texts.join('\n')).digest('hex');

test('the same seed and clock give the same bytes, whoever was asked first', async () => {
  const first = await open({});
  const second = await open({});
  await readAll(second, accountAt('JP'));
  const [a, b] = [await readAll(first, accountAt('CA')), await readAll(second, accountAt('CA'))];
  expect(a.orders.length).toBeGreaterThan(150);
  expect(digest(a.texts)).toBe(digest(b.texts));
});

test('another seed gives another world', async () => {
  const a = await readAll(await open({ seed: 1 }), accountAt('JP'));
  const b = await readAll(await open({ seed: 2 }), accountAt('JP'));
  expect(digest(a.texts)).not.toBe(digest(b.texts));
});

test('a restart with the same epoch and a later clock continues the world that ran on', async () => {
  const epoch = '2025-09-02';
  const ranOn = await open({ history: { epoch } });
  await readAll(ranOn, accountAt('EU'));
  ranOn.clock.advance(21 * 24 * 3600);
  const restarted = await open({ history: { epoch }, clock: { startAt: '2026-03-23T10:00:00Z' } });
  expect(ranOn.clock.now()).toBe(restarted.clock.now());
  const [a, b] = [await readAll(ranOn, accountAt('EU')), await readAll(restarted, accountAt('EU'))];
  expect(digest(a.texts)).toBe(digest(b.texts));
});

test('a clock set back shows what it showed then', async () => {
  const simulator = await open({});
  const before = await readAll(simulator, accountAt('CA'));
  simulator.clock.advance(40 * 24 * 3600);
  await readAll(simulator, accountAt('CA'));
  simulator.clock.set({ now: Date.parse('2026-03-02T10:00:00Z') });
  expect(digest((await readAll(simulator, accountAt('CA'))).texts)).toBe(digest(before.texts));
});

test('time brings new orders and news of old ones', async () => {
  const simulator = await open({});
  const before = await readAll(simulator, accountAt('US'));
  simulator.clock.advance(7 * 24 * 3600);
  const after = await readAll(simulator, accountAt('US'));
  const known = new Map(before.status.map((order) => [order.purchaseOrderNumber, JSON.stringify(order)]));
  expect(after.status.filter((order) => !known.has(order.purchaseOrderNumber)).length).toBeGreaterThan(10);
  const moved = after.status.filter((order) => (known.get(order.purchaseOrderNumber) ?? '') !== JSON.stringify(order));
  expect(moved.length).toBeGreaterThan(30);
});
