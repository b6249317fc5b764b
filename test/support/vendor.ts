import { spApi } from '../../plugins/connectors/sp-api/index.ts';
import { demoAccounts, type Simulator, startSimulator } from '../../plugins/connectors/sp-api/simulator/index.ts';
import { fromMillis } from '../../src/base/instant.ts';
import type { SyncContext } from '../../src/ingest/sync.ts';
import type { RawDocument } from '../../src/seams/connector.ts';
import type { TestAccount, TestWorld } from './world.ts';

/** A simulated Amazon whose clock stands still until the test moves it. */
export async function standingVendor(options: {
  readonly at: string;
  readonly seed?: number;
  readonly months?: number;
  readonly ordersPerMonth?: number;
}): Promise<Simulator> {
  const simulator = await startSimulator({
    seed: options.seed ?? 7,
    clock: { startAt: options.at, speed: 0 },
    history: { months: options.months ?? 2, ordersPerMonth: options.ordersPerMonth ?? 25 },
  });
  simulator.faults = { ...simulator.faults, rateLimit: { ...simulator.faults.rateLimit, enforce: false } };
  return simulator;
}

/** What `syncAccount` needs to read the simulated account of one site into an account of the test's world. */
export function syncContext(
  world: TestWorld,
  account: TestAccount,
  simulator: Simulator,
  extra: Record<string, unknown> = {},
): SyncContext {
  const seller = demoAccounts.find(({ site }) => site === account.site);
  if (seller === undefined) throw new Error(`the simulator has no account at ${account.site}`);
  return {
    database: world.database,
    connector: spApi,
    account,
    now: () => fromMillis(simulator.clock.now()),
    signal: new AbortController().signal,
    log: { info: () => {}, warn: () => {} },
    settings: {
      clientId: seller.clientId,
      clientSecret: seller.clientSecret,
      refreshToken: seller.refreshToken,
      endpoint: simulator.url,
      tokenUrl: `${simulator.url}/auth/o2/token`,
      requestsPerSecond: 1_000,
      burst: 1_000,
      ...extra,
    },
  };
}

/** Everything one pull brings, as it would be ingested: an import log. */
export async function pullAll(
  context: SyncContext,
  cursor?: Record<string, unknown>,
): Promise<{ documents: RawDocument[]; cursor: Record<string, unknown> | undefined }> {
  const documents: RawDocument[] = [];
  let last = cursor;
  for await (const batch of context.connector.pull(context, cursor)) {
    documents.push(...batch.documents);
    last = { ...batch.cursor };
  }
  return { documents, cursor: last };
}
