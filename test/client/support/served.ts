import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eaches } from '../../../src/base/eaches.ts';
import type { PurchaseOrderNumber } from '../../../src/base/ids.ts';
import { fromMillis, instant } from '../../../src/base/instant.ts';
import { type ApiKeyText, apiKeyHash, apiKeyPrefix, createApiKey } from '../../../src/server/api-key.ts';
import { keepApiKey } from '../../../src/store/access.ts';
import { aLine, anOrder } from '../../builders/facts.ts';
import { type AcornProcess, acorn } from '../../server/support/process.ts';
import { recordFacts } from '../../support/record.ts';
import { type TestAccount, type TestWorld, testWorld } from '../../support/world.ts';

/** A database of one's own and a real `acorn start` on it, in a process that can be killed and started again. */
export interface Served {
  readonly world: TestWorld;
  /** Where GraphQL is: the same address in every life. */
  readonly url: string;
  readonly folder: string;
  /** Environment of commands that work on the same installation. */
  readonly environment: Record<string, string>;
  key(account: TestAccount, scopes: readonly string[]): Promise<ApiKeyText>;
  /** Start it, and wait until it answers. */
  start(): Promise<void>;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  close(): Promise<void>;
}

export async function served(): Promise<Served> {
  const world = await testWorld();
  const folder = mkdtempSync(join(tmpdir(), 'acorn-served-'));
  const port = await freePort();
  const environment = {
    DATABASE_URL: world.url,
    PORT: String(port),
    ACORN_DATA: join(folder, 'data'),
    LOG_LEVEL: 'info',
  };
  let life: AcornProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    life?.child.kill(signal);
    await life?.exit;
    life = undefined;
  };
  return {
    world,
    url: `http://127.0.0.1:${port}/graphql`,
    folder,
    environment,
    key: async ({ tenant }, scopes) => {
      const key = createApiKey();
      await keepApiKey(
        world.database,
        {
          organisationId: tenant.organisationId ?? '',
          name: 'test',
          prefix: apiKeyPrefix(key),
          secretHash: apiKeyHash(key),
          scopes,
        } as Parameters<typeof keepApiKey>[1],
        instant('2026-11-23T12:00:00Z'),
      );
      return key;
    },
    start: async () => {
      life = acorn(['start'], environment, folder);
      await life.says(/"url":"([^"]+)"/, 40_000);
    },
    end,
    close: async () => {
      await end('SIGKILL');
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One change of one order of the account: its quantity becomes `n`. The first one places it. */
export const bump = (world: TestWorld, account: TestAccount, order: string, n: number) =>
  recordFacts(world, account, [
    anOrder({
      orderNumber: order as PurchaseOrderNumber,
      asOf: fromMillis(Date.UTC(2026, 8, 1) + n * 60_000),
      lines: [aLine({ ordered: eaches(n) })],
    }),
  ]);

export async function until(condition: () => boolean | Promise<boolean>, what = 'it never came', millis = 30_000) {
  const end = Date.now() + millis;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(what);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
