import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeId } from '../../schema/ids.ts';
import { allScopes } from '../../schema/scopes.ts';
import { instant } from '../../src/base/instant.ts';
import { apiKeyHash, apiKeyPrefix, createApiKey } from '../../src/server/api-key.ts';
import { keepApiKey } from '../../src/store/access.ts';
import { type AcornProcess, acorn } from '../server/support/process.ts';
import { type CuttingProxy, cuttingProxy } from '../support/cutting-proxy.ts';
import type { SeenChange } from '../support/feed-proof.ts';
import { freePort } from '../support/free-port.ts';
import { type Consumer, startConsumer } from '../support/torture-consumer.ts';
import { startWriters } from '../support/torture-writers.ts';
import { until } from '../support/until.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';

/** How long it is written and cut. `ACORN_TORTURE_SECONDS=600` for a night's worth. */
const seconds = Number(process.env.ACORN_TORTURE_SECONDS ?? 15);
const writerCount = 20;
const consumerCount = 50;
const organisations = ['Larkfield', 'Northwind', 'Fabrikam', 'Contoso', 'Tailspin'];
/** The sequencer's leader is killed at these parts of the time. */
const leaderDies = [0.3, 0.65];

let world: TestWorld;
let folder: string;
const gateways = new Set<AcornProcess>();
const proxies: CuttingProxy[] = [];
const consumers: Consumer[] = [];

beforeAll(async () => {
  world = await testWorld();
  folder = mkdtempSync(join(tmpdir(), 'acorn-torture-'));
});
afterAll(async () => {
  await Promise.all(consumers.map((consumer) => consumer.stop()));
  for (const { child } of gateways) child.kill('SIGKILL');
  await Promise.all([...gateways].map(({ exit }) => exit));
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

test(
  `R4 R5 · ${writerCount} writers, ${consumerCount} consumers cut hundreds of times, two gateways, leader killed twice: nothing lost, nothing twice, in order`,
  async () => {
    const seed = Number(process.env.ACORN_TORTURE_SEED ?? Date.now() % 1_000_000);
    const random = randomFrom(seed);
    const accounts: TestAccount[] = [];
    for (const organisation of organisations) {
      for (const site of ['US', 'JP'] as const) {
        accounts.push(await world.account(`${organisation} ${site}`, site, organisation));
      }
    }
    const keys = new Map<string, string>();
    for (const organisation of organisations) keys.set(organisation, await keyOf(accounts, organisation));

    const ports = [await freePort(), await freePort()];
    const processes = ports.map((port) => startGateway(port));
    await Promise.all(processes.map(ready));
    for (const port of ports) proxies.push(await cuttingProxy(port, (open) => Math.floor(random() * open)));

    for (let n = 0; n < consumerCount; n += 1) {
      const key = keys.get(organisations[n % organisations.length] ?? '') ?? '';
      const port = () => proxies[Math.floor(random() * proxies.length)]?.port ?? 0;
      consumers.push(startConsumer({ key, port, maxBatch: 1 + Math.floor(random() * 60), random }));
    }
    const writers = startWriters(world, accounts, writerCount, random);
    const foreign = longForeignTransactions();

    const kills = { sockets: 0, leaders: 0 };
    const began = performance.now();
    const part = () => (performance.now() - began) / (seconds * 1_000);
    const cutting = (async () => {
      while (part() < 1) {
        for (const proxy of proxies) kills.sockets += proxy.cut(Math.floor(random() * 3));
        await sleep(40 + random() * 60);
      }
    })();
    for (const moment of leaderDies) {
      await sleep(Math.max(0, moment - part()) * seconds * 1_000);
      const leader = leaderOf(processes);
      kills.sockets += proxies[leader]?.open ?? 0;
      kills.leaders += 1;
      await kill(processes[leader]);
      processes[leader] = startGateway(ports[leader] ?? 0);
      await ready(processes[leader]);
    }
    await cutting;
    await writers.stop();
    const quiet = performance.now();
    await foreign.stop();

    const log = await logOf(accounts);
    const seenBy = (n: number) => visibleTo(organisations[n % organisations.length] ?? '', accounts, log);
    await until(
      () => consumers.every((consumer, n) => consumer.proof.findings().seen >= seenBy(n).length),
      40_000,
      () => `seed ${seed}: ${consumers.map((consumer, n) => `${consumer.proof.findings().seen}/${seenBy(n).length}`)}`,
    );
    const behind = Math.round(performance.now() - quiet);
    await Promise.all(consumers.map((consumer) => consumer.stop()));

    const sum = (of: (consumer: Consumer) => number) => consumers.reduce((total, consumer) => total + of(consumer), 0);
    console.log(
      `torture, seed ${seed}: ${log.length} changes by ${writerCount} writers (${writers.rolledBack} rolled back) in ${seconds} s; ` +
        `${kills.sockets} sockets cut, ${sum(({ figures }) => figures.ends)} ends of feeds in all, ${sum(({ putOff }) => putOff.length)} put off (${[...new Set(consumers.flatMap(({ putOff }) => putOff))].join(', ') || 'none'}), ${kills.leaders} leaders killed; ` +
        `${sum(({ proof }) => proof.findings().seen)} changes in ${sum(({ figures }) => figures.batches)} batches to ${consumerCount} consumers, the last ${behind} ms after the last write`,
    );

    for (const [n, { proof, refusals }] of consumers.entries()) {
      // By the numbers alone, then by the table.
      expect({ consumer: n, ...proof.findings(), refusals }).toEqual({
        consumer: n,
        seen: seenBy(n).length,
        lost: [],
        repeated: [],
        refusals: [],
      });
      expect(proof.differences(seenBy(n))).toEqual([]);
    }
    // Every answered write is in the log and nothing else is.
    const counts = new Map<string, number>();
    for (const { account } of log) counts.set(account, (counts.get(account) ?? 0) + 1);
    expect(counts).toEqual(writers.committed);
    expect(kills.leaders).toBe(leaderDies.length);
    expect(kills.sockets).toBeGreaterThan(seconds * 5);
    expect(log.length).toBeGreaterThan(seconds * 5);
  },
  seconds * 1_000 + 120_000,
);

/** What a key of this organisation may see of the log. */
function visibleTo(organisation: string, accounts: readonly TestAccount[], log: readonly SeenChange[]): SeenChange[] {
  const own = new Set<string>(
    accounts.filter(({ name }) => name.startsWith(`${organisation} `)).map(({ accountId }) => accountId),
  );
  return log.filter(({ account }) => own.has(account));
}

/** The whole log in its order, which must be dense, and within an account the order in which it was written. */
async function logOf(accounts: readonly TestAccount[]): Promise<SeenChange[]> {
  const owner = new pg.Client({ connectionString: world.url });
  await owner.connect();
  const all = () =>
    owner.query<{ id: string; accountId: string; position: string | null; sequence: string }>(
      'select "id", "accountId", "position", "sequence" from "Change" order by "position" nulls last',
    );
  await until(async () => (await all()).rows.every(({ position }) => position !== null));
  const { rows } = await all();
  await owner.end();
  expect(rows.map(({ position }) => position)).toEqual(rows.map((_, at) => String(at + 1)));
  for (const { accountId } of accounts) {
    const own = rows.filter((row) => row.accountId === accountId);
    expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, at) => String(at + 1)));
    const ids = own.map(({ id }) => BigInt(id));
    expect(ids.every((id, at) => at === 0 || id > (ids[at - 1] ?? 0n))).toBe(true);
  }
  return rows.map(({ id, accountId, sequence }) => ({
    id: encodeId('Change', [accountId, id]),
    account: accountId,
    sequence,
  }));
}

/** Somebody else's transactions, one after another, each with a transaction id and a snapshot of its own for seconds. */
function longForeignTransactions() {
  let stopped = false;
  const done = (async () => {
    const foreign = new pg.Client({ connectionString: world.url });
    await foreign.connect();
    while (!stopped) {
      await foreign.query('begin isolation level repeatable read');
      await foreign.query('create table someone_elses (id int)');
      await foreign.query('select count(*) from "Change"');
      for (let second = 0; second < 4 && !stopped; second += 1) await sleep(1_000);
      await foreign.query('rollback');
    }
    await foreign.end();
  })();
  return {
    stop: async () => {
      stopped = true;
      await done;
    },
  };
}

function startGateway(port: number): AcornProcess {
  const gateway = acorn(
    ['start'],
    { DATABASE_URL: world.url, PORT: String(port), ACORN_DATA: join(folder, 'data'), LOG_LEVEL: 'info' },
    folder,
  );
  gateways.add(gateway);
  return gateway;
}

const ready = (gateway: AcornProcess) => gateway.says(/"msg":"ready"/, 60_000);

async function kill(gateway: AcornProcess | undefined): Promise<void> {
  gateway?.child.kill('SIGKILL');
  await gateway?.exit;
}

/** Which of them numbers the log: whoever said so last, of those alive. */
function leaderOf(processes: readonly AcornProcess[]): number {
  const since = processes.map(({ out }) => {
    const said = out()
      .split('\n')
      .findLast((line) => line.includes('this process numbers the change log'));
    return said === undefined ? 0 : Date.parse((JSON.parse(said) as { time: string }).time);
  });
  expect(Math.max(...since)).toBeGreaterThan(0);
  return since.indexOf(Math.max(...since));
}

async function keyOf(accounts: readonly TestAccount[], organisation: string): Promise<string> {
  const owner = accounts.find(({ name }) => name.startsWith(organisation))?.tenant.organisationId;
  if (owner === undefined) throw new Error('an account of the test world has an organisation');
  const key = createApiKey();
  await keepApiKey(
    world.database,
    {
      organisationId: owner,
      name: 'torture',
      prefix: apiKeyPrefix(key),
      secretHash: apiKeyHash(key),
      scopes: allScopes,
    },
    instant('2026-09-01T00:00:00Z'),
  );
  return key;
}

/** The same numbers for the same seed: mulberry32. The machine's own timing is not repeated. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
