import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eaches } from '../../src/base/eaches.ts';
import type { PurchaseOrderNumber } from '../../src/base/ids.ts';
import { fromMillis } from '../../src/base/instant.ts';
import { aLine, anOrder } from '../builders/facts.ts';
import { recordFacts } from '../support/record.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await world.close();
});

let child: ChildProcessByStdio<null, Readable, null> | undefined;
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const script = fileURLToPath(new URL('./support/listening.ts', import.meta.url));

/** Start a gateway and kill it as soon as it has begun this many changes. @returns what it began and what it ended */
async function listenUntil(begun: number, ...given: readonly string[]) {
  child = spawn(process.execPath, ['--import', tsx, script, ...given], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = { begin: [] as number[], end: [] as number[] };
  for await (const line of createInterface(child.stdout)) {
    const [what, n] = line.split(' ');
    lines[what === 'begin' ? 'begin' : 'end'].push(Number(n));
    if (lines.begin.length >= begun) child.kill('SIGKILL');
  }
  await exited;
  return lines;
}

test('gateways that are killed in the middle, one after the other: every change is heard, in order, and none is skipped', async () => {
  const account = await world.account('Killed');
  const count = 24;
  for (let n = 1; n <= count; n += 1) {
    await recordFacts(world, account, [
      anOrder({
        orderNumber: 'KILLKILL' as PurchaseOrderNumber,
        asOf: fromMillis(Date.UTC(2026, 8, 1) + n * 60_000),
        lines: [aLine({ ordered: eaches(n) })],
      }),
    ]);
  }
  let done = 0;
  for (let gateway = 0; done < count && gateway < 8; gateway += 1) {
    const { begin, end } = await listenUntil(Math.min(9, count - done), world.url, account.accountId);
    const [first = 0] = begin;
    // From the one after the last that ended, or from that one again when its place was not kept in time.
    expect([done, done + 1]).toContain(first);
    expect(begin).toEqual(begin.map((_, i) => first + i));
    done = end.at(-1) ?? done;
    if (begin.at(-1) === count) break;
  }
  expect(done).toBeGreaterThanOrEqual(count - 1);
}, 45_000);
