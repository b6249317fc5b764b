import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromMillis, toMillis } from '../../src/base/instant.ts';
import { aReceiver, type Receiver, takes } from './support/receiver.ts';
import { aWebhookWorld, type Vendor, type WebhookWorld } from './support/world.ts';

let world: WebhookWorld;
let vendor: Vendor;
let receivers: Receiver[];
const children: ChildProcess[] = [];

beforeEach(async () => {
  world = await aWebhookWorld();
  vendor = await world.vendor('Larkfield');
  receivers = [];
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await world.close();
  await Promise.all(receivers.map((receiver) => receiver.close()));
});

async function receiver(): Promise<Receiver> {
  const made = await aReceiver();
  receivers.push(made);
  return made;
}

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const script = fileURLToPath(new URL('./support/working.ts', import.meta.url));

function another(): ChildProcess {
  const child = spawn(process.execPath, ['--import', tsx, script, world.url], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.push(child);
  return child;
}

test('a receiver that is down for an hour gets everything, in order, once it is back', async () => {
  const to = await receiver();
  const { id } = await world.webhook(vendor, { url: to.url });
  const began = toMillis(world.clock.now);
  const minutes = () => (toMillis(world.clock.now) - began) / 60_000;
  // Down: whoever connects is cut off.
  to.answer = (_received, response) => response.destroy();
  world.worker();
  await world.order(vendor, 'BEFORE01');
  await to.until(() => to.received.length >= 1);

  const retryAt = async (): Promise<number | undefined> => {
    const rows = await world.database.work((sql) =>
      sql.query<{ retryAt: Date | null }>('select "retryAt" from "WebhookProgress"'),
    );
    return rows[0]?.retryAt?.getTime();
  };
  // The hour passes in steps of half a minute; things go on happening in it.
  for (let order = 0; minutes() < 60; ) {
    world.wait(30_000);
    if (minutes() >= order * 20) {
      order += 1;
      await world.order(vendor, `DURING0${order}`);
    }
    // A try that is due now is waited for, so that no moment of the hour is skipped.
    const due = await retryAt();
    if (due !== undefined && due <= toMillis(world.clock.now)) {
      const before = to.received.length;
      await to.until(() => to.received.length > before);
      await world.until(async () => (await retryAt()) !== due);
    }
  }
  const triedInTheHour = to.received.length;
  expect(triedInTheHour).toBeGreaterThan(5);
  expect(triedInTheHour).toBeLessThan(12);
  expect(new Set(to.received.map((message) => message.id)).size).toBe(1);
  expect((await world.show(vendor, id)).health).toMatchObject({ state: 'FAILING', reason: 'CONNECTION_FAILED' });

  to.answer = takes;
  const log = await world.log(vendor);
  expect(log.length).toBeGreaterThan(8);
  const next = (await retryAt()) ?? 0;
  expect(next - toMillis(world.clock.now)).toBeLessThanOrEqual(66 * 60_000);
  world.clock.now = fromMillis(next);
  await to.until(() => to.taken.length >= log.length);
  expect(to.taken).toEqual(log);
  await world.until(async () => (await world.show(vendor, id)).health.state === 'ACTIVE');
}, 60_000);

test('R5 · a worker that is killed in the middle of a message: others send it again, and nothing is skipped or sent by two', async () => {
  const [to, beside] = [await receiver(), await receiver()];
  await world.webhook(vendor, { url: to.url });
  await world.order(vendor, 'ORDER001');
  await world.order(vendor, 'ORDER002');
  const log = await world.log(vendor);
  // It takes two, and holds the third until its sender is dead.
  const held = log[2];
  const heldOnes = () => to.received.filter(({ changes }) => changes[0]?.id === held);
  to.answer = (message, response) => {
    if (message.changes[0]?.id !== held || heldOnes().length > 1) takes(message, response);
  };
  const child = another();
  const exited = once(child, 'exit');
  await to.until(() => heldOnes().length === 1);
  child.kill('SIGKILL');
  await exited;
  expect(to.taken).toEqual(log.slice(0, 2));

  await world.webhook(vendor, { url: beside.url, after: to.received[1]?.cursor });
  another();
  another();
  await to.until(() => to.taken.length >= log.length);
  const [first, second, ...more] = heldOnes();
  expect([second?.id, second?.body, more]).toEqual([first?.id, first?.body, []]);
  // Two processes share what goes on: each message is sent once, by one of them.
  await world.order(vendor, 'ORDER003');
  const whole = await world.log(vendor);
  await Promise.all([
    to.until(() => to.taken.length >= whole.length),
    beside.until(() => beside.taken.length >= whole.length - 2),
  ]);
  expect(to.taken).toEqual(whole);
  expect(beside.taken).toEqual(whole.slice(2));
}, 60_000);

test('receivers that do not answer hold up nobody else’s, though they are more than one organisation may keep waiting', async () => {
  const [silent, other] = [await receiver(), await receiver()];
  silent.answer = () => {};
  for (let n = 0; n < 5; n += 1) await world.webhook(vendor, { url: `${silent.url}/${n}` });
  await world.order(vendor, 'ORDER001');
  world.worker({ lanes: 3, share: 2, farewell: 50 });
  await silent.until(() => silent.received.length === 2);
  const neighbour = await world.vendor('Hawthorn');
  await world.webhook(neighbour, { url: other.url });
  await world.order(neighbour, 'ORDER002');
  const log = await world.log(neighbour);
  await other.until(() => other.taken.length >= log.length);
  expect(other.taken).toEqual(log);
  expect(silent.received).toHaveLength(2);
});

test('webhooks take turns: one with much to send does not keep the only lane', async () => {
  const [busy, quiet] = [await receiver(), await receiver()];
  await world.webhook(vendor, { url: busy.url });
  for (let n = 0; n < 2; n += 1) await world.order(vendor, `ORDER00${n}`, 60);
  const log = await world.log(vendor);
  expect(log.length).toBeGreaterThan(110);
  const { cursor } = (await world.run(vendor, '{ changes(first: 110) { cursor } }')).data.changes;
  await world.webhook(vendor, { url: quiet.url, after: cursor });
  let heardWhen: number | undefined;
  quiet.answer = (message, response) => {
    heardWhen ??= busy.taken.length;
    takes(message, response);
  };
  world.worker({ lanes: 1 });
  await quiet.until(() => quiet.taken.length >= log.length - 110);
  // What one look at the log brought, at most.
  expect(heardWhen).toBeLessThanOrEqual(50);
  await busy.until(() => busy.taken.length >= log.length);
  expect(busy.taken).toEqual(log);
});

test('R14 · a stop waits for the message at hand, begins no other, and cuts what takes too long', async () => {
  const to = await receiver();
  await world.webhook(vendor, { url: to.url });
  await world.order(vendor, 'ORDER001');
  let finish: (() => void) | undefined;
  to.answer = (message, response) => {
    finish = () => takes(message, response);
  };
  const worker = world.worker({ farewell: 10_000 });
  await to.until(() => finish !== undefined);
  const stopped = worker.stop();
  await sleep(20);
  finish?.();
  await stopped;
  expect(to.taken).toHaveLength(1);
  expect(to.received).toHaveLength(1);

  to.answer = () => {};
  const hasty = world.worker({ farewell: 50 });
  await to.until(() => to.received.length === 2);
  await hasty.stop();
  // Nobody knows whether it arrived, so it is no failure, and it comes again.
  to.answer = takes;
  world.worker();
  const log = await world.log(vendor);
  await to.until(() => to.taken.length >= log.length);
  expect(to.taken).toEqual(log);
  expect(to.received).toHaveLength(log.length + 1);
});

test('R14 · a stop does not wait for a database that does not answer', async () => {
  let asked = () => {};
  const waiting = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const silent = () => {
    asked();
    return new Promise<never>(() => {});
  };
  const worker = world.worker({ farewell: 50 }, { ...world.database, work: silent });
  await waiting;
  await worker.stop();
});
