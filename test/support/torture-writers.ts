import { setTimeout as sleep } from 'node:timers/promises';
import { eaches } from '../../src/base/eaches.ts';
import type { PurchaseOrderNumber } from '../../src/base/ids.ts';
import { fromMillis } from '../../src/base/instant.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { aLine, anOrder } from '../builders/facts.ts';
import { recordFacts } from './record.ts';
import type { TestAccount, TestWorld } from './world.ts';

/** Many who write at once, each an order of its own: some change their mind, some take their time to commit. */
export interface Writers {
  /** Changes whose transaction was answered, by account. */
  readonly committed: ReadonlyMap<string, number>;
  readonly rolledBack: number;
  /** Let each finish what it is at. */
  stop(): Promise<void>;
}

class ChangedMyMind extends Error {}

export function startWriters(
  world: TestWorld,
  accounts: readonly TestAccount[],
  count: number,
  random: () => number,
): Writers {
  // Each database writes by four connections; together every writer has one.
  const databases = Array.from({ length: Math.ceil(count / 4) }, () => openDatabase(world.url));
  const committed = new Map<string, number>();
  let rolledBack = 0;
  let stopped = false;

  const write = async (database: Database, account: TestAccount, order: string, n: number): Promise<void> => {
    const changesItsMind = random() < 0.2;
    const lingers = random() < 0.2 ? random() * 40 : 0;
    const slow: Database = {
      ...database,
      ingest: (accountId, work) =>
        database.ingest(accountId, async (sql) => {
          const result = await work(sql);
          await sleep(lingers);
          if (changesItsMind) throw new ChangedMyMind();
          return result;
        }),
    };
    const fact = anOrder({
      orderNumber: order as PurchaseOrderNumber,
      asOf: fromMillis(Date.UTC(2026, 8, 1) + n * 1_000),
      lines: [aLine({ ordered: eaches(n) })],
    });
    try {
      const { changes } = await recordFacts({ ...world, database: slow }, account, [fact]);
      committed.set(account.accountId, (committed.get(account.accountId) ?? 0) + changes.length);
    } catch (error) {
      if (!(error instanceof ChangedMyMind)) throw error;
      rolledBack += 1;
    }
  };

  const run = async (writer: number): Promise<void> => {
    const account = accounts[writer % accounts.length];
    const database = databases[writer % databases.length];
    if (account === undefined || database === undefined) throw new Error('writers need accounts');
    for (let n = 1; !stopped; n += 1) {
      await write(database, account, `TORTURE${String.fromCharCode(65 + writer)}`, n);
      await sleep(random() * 150);
    }
  };
  const done = Promise.all(Array.from({ length: count }, (_, writer) => run(writer)));
  // Told when it is awaited; until then nobody listens, and that would end the process.
  done.catch(() => {});

  return {
    committed,
    get rolledBack() {
      return rolledBack;
    },
    stop: async () => {
      stopped = true;
      try {
        await done;
      } finally {
        await Promise.all(databases.map((database) => database.close()));
      }
    },
  };
}
