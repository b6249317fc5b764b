import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Simulator } from '../../plugins/connectors/sp-api/simulator/index.ts';
import { allScopes } from '../../schema/scopes.ts';
import { fromMillis } from '../../src/base/instant.ts';
import { startSequencer } from '../../src/change-log/sequencer.ts';
import { syncAccount } from '../../src/ingest/sync.ts';
import { apiKeyHash, apiKeyPrefix, createApiKey } from '../../src/server/api-key.ts';
import { keepApiKey } from '../../src/store/access.ts';
import { listAccounts } from '../../src/store/accounts.ts';
import { freePort } from '../support/free-port.ts';
import { dumpLog, dumpState } from '../support/state.ts';
import { standingVendor, syncContext } from '../support/vendor.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

const project = resolve(import.meta.dirname, '../..');
const kills = 10;

let disturbed: TestWorld;
let calm: TestWorld;
let simulator: Simulator;
let folder: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  [disturbed, calm] = [await testWorld(), await testWorld()];
  simulator = await standingVendor({ at: '2026-09-01T12:00:00Z', months: 3, ordersPerMonth: 30 });
  folder = mkdtempSync(join(tmpdir(), 'acorn-kill-'));
}, 60_000);
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await simulator.close();
  await Promise.all([disturbed.close(), calm.close()]);
  rmSync(folder, { recursive: true, force: true });
});

test(`R5 R6 · killed ${kills} times in the middle of an import, Acorn ends where an undisturbed run ends, and a subscriber sees each change once`, async () => {
  const account = await disturbed.account('Northwind US');
  const key = createApiKey();
  await keepApiKey(
    disturbed.database,
    {
      organisationId: account.tenant.organisationId ?? fail(),
      name: 'test',
      prefix: apiKeyPrefix(key),
      secretHash: apiKeyHash(key),
      scopes: allScopes,
    },
    fromMillis(simulator.clock.now()),
  );
  const { settings } = syncContext(disturbed, account, simulator, { requestsPerSecond: 25, burst: 1 });
  writeFileSync(
    join(folder, 'acorn.config.ts'),
    `export default ${JSON.stringify({ accounts: [{ organisation: 'Northwind US Ltd', name: 'Northwind US', site: 'US', marketplaceId: account.marketplaceId, vendorCodes: [], connector: 'sp-api', settings }] })};`,
  );
  const port = await freePort();
  const subscriber = subscribe(port, key);

  for (let n = 0; n < kills; n += 1) {
    const before = subscriber.changes.length;
    const child = start(port);
    // Killed at a different point each time, but always after this life brought something, while it is bringing more.
    await until(
      () => subscriber.changes.length > before + 10 + n * 7,
      20_000,
      () => `life ${n} brought nothing:\n${child.output()}`,
    );
    await child.kill();
  }
  expect(await caughtUp()).toBe(false);

  const last = start(port);
  await until(caughtUp, 60_000, () => `the last life never caught up:\n${last.output()}`);

  const undisturbed = await calm.account('Northwind US');
  const sequencer = startSequencer(calm.database);
  await syncAccount(syncContext(calm, undisturbed, simulator));
  await until(
    async () => (await dumpLog(calm.database, undisturbed.accountId)).every((row) => !row.includes('"sequence": null')),
    10_000,
  );
  await sequencer.stop();

  // When a document reached us differs from run to run and says nothing of what it says.
  const timeless = (dump: Record<string, string[]>) =>
    JSON.stringify(dump).replaceAll(/receivedAt\\": \\"[^"]*\\"/g, '');
  expect(timeless(await dumpState(disturbed.database, account.accountId))).toBe(
    timeless(await dumpState(calm.database, undisturbed.accountId)),
  );
  const log = await dumpLog(calm.database, undisturbed.accountId);
  expect(await dumpLog(disturbed.database, account.accountId)).toEqual(log);
  expect(log.length).toBeGreaterThan(500);

  await until(() => subscriber.changes.length >= log.length, 20_000);
  expect(subscriber.changes).toEqual(log.map((_, i) => String(i + 1)));
  expect(subscriber.connections()).toBeGreaterThan(kills);
  await subscriber.stop();
  await last.stop();
}, 240_000);

async function caughtUp(): Promise<boolean> {
  const [account] = await listAccounts(disturbed.database);
  if (account === undefined) return false;
  const rows = await disturbed.database.ingest(account.accountId, (sql) =>
    sql.query<{ done: boolean }>(`select "caughtUpAt" is not null as done from "ConnectorCursor"`),
  );
  return rows[0]?.done === true;
}

function start(port: number) {
  let output = '';
  const child = spawn(process.execPath, [join(project, 'bin/acorn.js'), 'start'], {
    cwd: folder,
    env: {
      ...process.env,
      DATABASE_URL: disturbed.url,
      PORT: String(port),
      ACORN_DATA: join(folder, 'data'),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone;
    running.delete(child);
  };
  return { output: () => output, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** Holds a websocket, keeps the cursor of what it has taken in, and comes back with it whenever it is cut off. */
function subscribe(port: number, key: string) {
  const changes: string[] = [];
  let cursor: string | null = null;
  let connections = 0;
  let stopped = false;
  const client = createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
    lazyCloseTimeout: 0,
    on: { connected: () => (connections += 1) },
  });
  const run = async () => {
    while (!stopped) {
      try {
        const feed = client.iterate<{ changes: { cursor: string; changes: { sequence: string }[] } }>({
          query:
            'subscription ($after: Cursor) { changes(after: $after, maxBatch: 50) { cursor changes { sequence } } }',
          variables: { after: cursor },
        });
        for await (const { data, errors } of feed) {
          if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
          changes.push(...data.changes.changes.map(({ sequence }) => sequence));
          cursor = data.changes.cursor;
        }
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  const done = run();
  return {
    changes,
    connections: () => connections,
    stop: async () => {
      stopped = true;
      await client.dispose();
      await done;
    },
  };
}

async function until(
  condition: () => boolean | Promise<boolean>,
  millis: number,
  complaint: () => string = () => 'never happened',
): Promise<void> {
  const deadline = performance.now() + millis;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(complaint());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function fail(): never {
  throw new Error('an account of the test world has an organisation');
}
