import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instant } from '../../src/base/instant.ts';
import type { Connector } from '../../src/seams/connector.ts';
import { openLeases } from '../../src/server/leases.ts';
import { createLog } from '../../src/server/log.ts';
import { registerAccounts } from '../../src/server/platform.ts';
import { startPoller } from '../../src/server/workers.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { installed } from '../support/installed.ts';

let database: TestDatabase;
let processes: Database[];
const now = () => '2026-11-23T12:00:00.000Z' as Instant;

beforeAll(async () => {
  database = await testDatabase();
  processes = [openDatabase(database.url), openDatabase(database.url)];
});
afterAll(async () => {
  for (const open of processes ?? []) await open.close();
  await database?.drop();
});

const accountsOf = async (names: readonly string[]) =>
  registerAccounts(
    processes[0] as Database,
    names.map((name) => ({
      organisation: 'Northwind Brands',
      name,
      site: 'US',
      marketplaceId: 'ATVPDKIKX0DER',
      vendorCodes: ['NORTH'],
      connector: 'sp-api',
      settings: { clientId: 'id', clientSecret: 'secret', refreshToken: 'token' },
    })),
    await installed(),
    now,
  );

/** A source with nothing new, which takes its time; `broken` ones refuse. It counts who asks at once. */
function source(broken: readonly string[] = []) {
  const seen = { pulls: 0, atOnce: 0, most: 0 };
  const connector: Connector = {
    name: 'sp-api',
    async *pull({ account }) {
      seen.pulls += 1;
      seen.atOnce += 1;
      seen.most = Math.max(seen.most, seen.atOnce);
      await sleep(30);
      seen.atOnce -= 1;
      if (broken.includes(account.name)) throw new Error('revoked credentials');
      yield { documents: [], cursor: { pulls: seen.pulls }, progress: 1 };
    },
    translate: () => ({ facts: [], warnings: [], unreadable: [] }),
    recognise: () => undefined,
  };
  return { connector, seen };
}

const run = (open: Database, connected: Parameters<typeof startPoller>[0]['connected']) => {
  const lines: string[] = [];
  const { log } = createLog({ level: 'info', write: (line) => lines.push(line) });
  const leases = openLeases(open);
  const poller = startPoller({ database: open, leases, connected, everyMillis: 5, log, now });
  return {
    lines,
    stop: async () => {
      await poller.stop();
      await leases.close();
    },
  };
};

test('two processes on one database pull an account in turns, never at once', async () => {
  const [connected] = await accountsOf(['Shared']);
  if (connected === undefined) throw new Error('the account is registered');
  const { connector, seen } = source();
  const both = processes.map((open) => run(open, { ...connected, connector }));
  await sleep(600);
  await Promise.all(both.map((one) => one.stop()));
  expect(seen.pulls).toBeGreaterThan(3);
  expect(seen.most).toBe(1);
});

test('an account that fails keeps its reason for people, and the others go on', async () => {
  const [bad, good] = await accountsOf(['Broken', 'Sound']);
  if (bad === undefined || good === undefined) throw new Error('the accounts are registered');
  const { connector } = source(['Broken']);
  const [open] = processes as [Database];
  const both = [bad, good].map((connected) => run(open, { ...connected, connector }));
  await sleep(300);
  await Promise.all(both.map((one) => one.stop()));
  const standing = await open.work((sql) =>
    sql.query<{ accountId: string; problem: string | null }>('select "accountId", "problem" from "ConnectorCursor"'),
  );
  const problemOf = (accountId: string) => standing.find((row) => row.accountId === accountId)?.problem;
  expect(problemOf(bad.account.accountId)).toBe('revoked credentials');
  expect(problemOf(good.account.accountId)).toBeNull();
  expect(both[0]?.lines.join('')).toContain('cannot bring the account up to date');
  expect(both[1]?.lines).toEqual([]);
});
