import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eaches } from '../../src/base/eaches.ts';
import type { PurchaseOrderNumber } from '../../src/base/ids.ts';
import { fromMillis } from '../../src/base/instant.ts';
import { sequenceStatement, startSequencer } from '../../src/change-log/sequencer.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { aLine, anOrder } from '../builders/facts.ts';
import { type CuttingProxy, cuttingProxy } from '../support/cutting-proxy.ts';
import { recordFacts } from '../support/record.ts';
import { killAllSequencers, startSequencerProcess } from '../support/sequencer-process.ts';
import { until } from '../support/until.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let account: TestAccount;
let owner: pg.Client;
let written = 0;

beforeAll(async () => {
  world = await testWorld();
  account = await world.account('Failover');
  owner = new pg.Client({ connectionString: world.url });
  await owner.connect();
});
afterEach(killAllSequencers);
afterAll(async () => {
  await owner.end();
  await world.close();
});

/** Take-over takes a few seconds; a machine that is busy with other things takes longer. */
const patience = 20_000;

/** One more change. */
async function write(): Promise<void> {
  written += 1;
  await recordFacts(world, account, [
    anOrder({
      orderNumber: 'FAILOVER' as PurchaseOrderNumber,
      asOf: fromMillis(Date.UTC(2026, 8, 1) + written * 60_000),
      lines: [aLine({ ordered: eaches(written) })],
    }),
  ]);
}

const numbered = async (): Promise<number> => {
  const { rows } = await owner.query<{ n: number }>('select count("position")::int as n from "Change"');
  return rows[0]?.n ?? 0;
};

/** Write something, and wait until somebody gave it its numbers. @returns how long that took, in milliseconds */
async function writeAndWait(): Promise<number> {
  const began = performance.now();
  await write();
  await until(async () => (await numbered()) === written, patience);
  return performance.now() - began;
}

async function expectDense(): Promise<void> {
  const { rows } = await owner.query<{ position: string; sequence: string }>(
    'select "position", "sequence" from "Change" order by "id"',
  );
  const dense = rows.map((_, index) => String(index + 1));
  expect(rows.map(({ position }) => position)).toEqual(dense);
  expect(rows.map(({ sequence }) => sequence)).toEqual(dense);
}

test('R4 · the process that leads is killed, and the standby leads within seconds', async () => {
  const first = startSequencerProcess(world.url);
  await until(() => first.said.includes('leading'), patience);
  const second = startSequencerProcess(world.url);
  await until(() => second.said.includes('standing by'), patience);
  await writeAndWait();
  expect(second.said).not.toContain('leading');

  const killed = performance.now();
  await first.kill();
  await writeAndWait();
  console.log(`numbers again ${Math.round(performance.now() - killed)} ms after kill -9 of the leader`);
  expect(second.said).toContain('leading');
  await expectDense();
}, 60_000);

test('R4 · a leader that is frozen loses its place, and when it wakes up it numbers nothing and stands by', async () => {
  const first = startSequencerProcess(world.url);
  await until(() => first.said.includes('leading'), patience);
  const second = startSequencerProcess(world.url);
  await until(() => second.said.includes('standing by'), patience);

  first.signal('SIGSTOP');
  console.log(`numbers again ${Math.round(await writeAndWait())} ms after the leader froze`);
  expect(second.said).toContain('leading');

  // Its next statement is on its way before it can know what became of it, while the other one numbers.
  const writing = (async () => {
    for (let n = 0; n < 30; n += 1) await write();
  })();
  first.signal('SIGCONT');
  await until(() => first.said.some((line) => line.startsWith('trouble')), patience);
  await writing;
  await writeAndWait();
  expect(first.said.filter((line) => line === 'leading')).toHaveLength(1);
  await expectDense();

  // It is of use again: when the other one goes, it leads.
  await second.kill();
  await writeAndWait();
  expect(first.said.filter((line) => line === 'leading')).toHaveLength(2);
  await expectDense();
}, 90_000);

test('R4 · a leader whose network swallows everything is replaced, notices by itself, and can be stopped', async () => {
  const proxy: CuttingProxy = await cuttingProxy(Number(new URL(world.url).port));
  const through = new URL(world.url);
  through.port = String(proxy.port);
  const far: Database = openDatabase(through.href);
  const troubles: unknown[] = [];
  const first = startSequencer(far, { onTrouble: (cause) => troubles.push(cause) });
  await until(() => first.leading, patience);
  const second = startSequencer(world.database);

  proxy.swallow();
  await writeAndWait();
  expect(second.leading).toBe(true);
  await until(() => troubles.length > 0, patience);
  expect(first.leading).toBe(false);
  await expectDense();

  proxy.spare();
  await second.stop();
  await until(() => first.leading, patience);
  await writeAndWait();
  await expectDense();
  await first.stop();
  await far.close();
  await proxy.close();
}, 90_000);

test('two that both believe they lead give no entry two numbers, whoever comes first', async () => {
  const [one, other] = [await world.database.session(), await world.database.session()];
  const stamp = (session: pg.Client) => session.query(sequenceStatement).catch((cause: Error) => cause.message);
  for (let round = 0; round < 5; round += 1) {
    for (let n = 0; n < 3; n += 1) await write();
    // The first has numbered and not committed: the second sees the same entries without numbers, and waits for it.
    await one.query('begin');
    await one.query(sequenceStatement);
    const late = stamp(other);
    await until(async () => {
      const { rows } = await owner.query(`select from pg_stat_activity where wait_event_type = 'Lock'`);
      return rows.length > 0;
    }, patience);
    await one.query('commit');
    expect(await late).toMatch(/CHANGE_IS_APPEND_ONLY/);
    await Promise.all([write(), stamp(one), stamp(other)]);
  }
  await Promise.all([one.end(), other.end()]);
  const sequencer = startSequencer(world.database);
  await writeAndWait();
  await expectDense();
  await sequencer.stop();
}, 60_000);
