import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountId, PurchaseOrderNumber } from '../../src/base/ids.ts';
import { type Bell, newBell } from '../../src/change-log/bell.ts';
import { hangBell } from '../../src/change-log/bell-listen.ts';
import { openChangeLog } from '../../src/change-log/open.ts';
import { readRing } from '../../src/change-log/ring.ts';
import { startSequencer } from '../../src/change-log/sequencer.ts';
import { openDatabase } from '../../src/store/database.ts';
import { anOrder } from '../builders/facts.ts';
import { recordFacts } from '../support/record.ts';
import { until } from '../support/until.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

const [ours, theirs] = ['0a'.padEnd(36, '0'), '0b'.padEnd(36, '0')] as [AccountId, AccountId];

describe('a bell', () => {
  /** Whether these heard anything while `what` happened. */
  const heard = (bells: readonly Bell[], what: () => void): boolean[] => {
    const before = bells.map(({ rings }) => rings);
    what();
    return bells.map(({ rings }, index) => rings !== before[index]);
  };

  test('rings for those whose accounts grew, and for whoever cares for all', () => {
    const { bell, pull } = newBell();
    const bells = [bell, bell.of([ours]), bell.of([theirs]), bell.of([ours, theirs])];
    pull(`0 5 ${ours}`);
    expect(heard(bells, () => pull(`5 7 ${ours}`))).toEqual([true, true, false, true]);
    expect(heard(bells, () => pull(`7 9 ${ours},${theirs}`))).toEqual([true, true, true, true]);
    expect(heard(bells, () => pull('9 900 '))).toEqual([true, true, true, true]);
  });

  test('rings for all when it missed something, cannot read something, or somebody saw more than was rung', () => {
    const { bell, pull, saw, ringAll } = newBell();
    const quiet = bell.of([theirs]);
    const quietHeard = (what: () => void) => heard([quiet], what)[0];
    expect(quietHeard(() => pull(`4 5 ${ours}`))).toBe(true);
    expect(quietHeard(() => pull(`5 6 ${ours}`))).toBe(false);
    expect(quietHeard(() => pull(`7 8 ${ours}`))).toBe(true);
    expect(quietHeard(() => saw(8n))).toBe(false);
    expect(quietHeard(() => saw(9n))).toBe(true);
    expect(quietHeard(() => pull('another version says this'))).toBe(true);
    expect(quietHeard(ringAll)).toBe(true);
    // After a restored backup the log may end earlier than it did.
    expect(quietHeard(() => pull(`2 3 ${ours}`))).toBe(true);
    expect(quietHeard(() => pull(`3 4 ${ours}`))).toBe(false);
  });

  test('hears the same twice as once, as when two leaders overlap or a broker repeats', () => {
    const { bell, pull } = newBell();
    pull(`0 5 ${ours}`);
    expect(heard([bell], () => pull(`0 5 ${ours}`))).toEqual([false]);
    expect(heard([bell], () => pull(`3 4 ${ours}`))).toEqual([false]);
  });

  test('wakes whom it rings for, and nobody waits once it is gone', async () => {
    const { bell, pull, letGo } = newBell();
    pull(`0 5 ${ours}`);
    const { signal } = new AbortController();
    const woken: string[] = [];
    const waits = [
      bell
        .of([ours])
        .wait(60_000, signal)
        .then(() => woken.push('ours')),
      bell
        .of([theirs])
        .wait(60_000, signal)
        .then(() => woken.push('theirs')),
    ];
    pull(`5 6 ${ours}`);
    await waits[0];
    expect(woken).toEqual(['ours']);
    letGo();
    await Promise.all([...waits, bell.wait(60_000, signal)]);
    expect(woken).toEqual(['ours', 'theirs']);
  });

  test('a ring is two places and whose, or nothing', () => {
    expect(readRing(`7 9 ${ours},${theirs}`)).toEqual({ from: 7n, to: 9n, accountIds: [ours, theirs] });
    expect(readRing('7 9 ')).toEqual({ from: 7n, to: 9n });
    for (const other of ['', '7', '7 9', '-7 9 ', '7 9 Robert', `7 ${'9'.repeat(20)} `])
      expect(readRing(other)).toBeUndefined();
  });
});

describe('with a database', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await testWorld();
  });
  afterAll(() => world.close());

  test('who follows accounts that do not grow asks the database nothing', async () => {
    const [busy, quiet] = [await world.account('Busy'), await world.account('Quiet')];
    const sequencer = startSequencer(world.database);
    // Looking for itself it might see the end of the log before it is told, and would then ring for all.
    const bell = hangBell(world.database, { pollMillis: 120_000 });
    const log = await openChangeLog(world.database, { bell, heartbeatMillis: 120_000 });
    await recordFacts(world, quiet, [anOrder()]);
    const feeds = Array.from({ length: 5 }, () => log.follow(quiet.tenant, { limit: 10 }));
    const waiting: Promise<unknown>[] = [];
    for (const feed of feeds) {
      if (!feed.ok) throw new Error('no cursor was given');
      for (let seen = 0; seen === 0; ) seen = (await feed.value.next()).value?.changes.length ?? 0;
      waiting.push(feed.value.next());
    }
    // The first rings after it began to listen are for all.
    await recordFacts(world, busy, [anOrder({ orderNumber: 'BUSY0000' as PurchaseOrderNumber })]);
    await settled(bell);
    const before = world.database.statements.count;
    for (let n = 1; n <= 10; n += 1) {
      const rings = bell.of([busy.accountId]).rings;
      await recordFacts(world, busy, [anOrder({ orderNumber: `BUSY000${n}` as PurchaseOrderNumber })]);
      await until(() => bell.of([busy.accountId]).rings > rings);
    }
    expect(world.database.statements.count - before).toBe(0);

    // And when theirs grows, all of them hear of it.
    await recordFacts(world, quiet, [anOrder({ orderNumber: 'QUIET001' as PurchaseOrderNumber })]);
    await Promise.all(waiting);
    await sequencer.stop();
    await Promise.all([log.close(), bell.close()]);
  });

  test('R5 · where nobody can listen, the bell rings for what it sees by looking', async () => {
    const deaf = { ...world.database, listen: () => Promise.reject(new Error('no LISTEN through this pooler')) };
    const bell = hangBell(deaf, { pollMillis: 50 });
    const account = await world.account('Deaf');
    const sequencer = startSequencer(world.database);
    const log = await openChangeLog(world.database, { bell, heartbeatMillis: 120_000 });
    const feed = log.follow(account.tenant, { limit: 10 });
    if (!feed.ok) throw new Error('no cursor was given');
    await feed.value.next();
    const next = feed.value.next();
    await recordFacts(world, account, [anOrder()]);
    expect((await next).value?.changes).toHaveLength(1);
    await sequencer.stop();
    await log.close();
    await bell.close();
  });
});

/** Wait until the bell has been silent for a while, so that what it rang for has been looked at. */
async function settled(bell: Bell): Promise<void> {
  for (let rings = -1; rings !== bell.rings; ) {
    rings = bell.rings;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

test('R11 · a database that is away is asked at a steady pace, however long: no try makes two', async () => {
  let tries = 0;
  // It takes connections and closes them at once, so a client hears of the end and of the failure.
  const away = createServer((socket) => {
    tries += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve));
  const { port } = away.address() as AddressInfo;
  const database = openDatabase(`postgres://acorn:none@127.0.0.1:${port}/acorn`);
  const bell = hangBell(database, { pollMillis: 60_000 });
  await new Promise((resolve) => setTimeout(resolve, 4_300));
  // One every half second, and the look. Were each failure told twice, they would double: hundreds by now.
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(25);
  await bell.close();
  await database.close();
  away.close();
});
