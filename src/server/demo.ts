import { demoAccounts, type Simulator, startSimulator } from '../../plugins/connectors/sp-api/simulator/index.ts';
import { addDays, type CalendarDate, day } from '../base/calendar-date.ts';
import { fromMillis } from '../base/instant.ts';
import { keepApiKey } from '../store/access.ts';
import { ensureOrganisation } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import { keepSimulatedRates } from '../store/reference-rates.ts';
import { type ApiKeyText, apiKeyHash, apiKeyPrefix, createApiKey } from './api-key.ts';
import { rightsOf } from './composition.ts';
import type { Configuration } from './config.ts';
import type { AccountConfig } from './define-config.ts';
import { demoRates } from './demo-rates.ts';
import { type DemoState, loadDemoState, saveDemoState } from './demo-state.ts';
import { demoTaxProfiles } from './demo-tax-profiles.ts';
import type { Log } from './log.ts';
import { type ConnectedAccount, type Installed, registerAccounts, wallClock } from './platform.ts';
import { type Screen, showProgress } from './progress.ts';
import { pull } from './workers.ts';

/** Who owns the demo's accounts. */
export const demoOrganisation = 'Larkfield Group';

/** The demo's simulator answers this often a second, and the connector asks so often: twenty times what Amazon allows. */
const demoRate = 200;
/** Days that the simulated clock may run on before exchange rates come to an end; the next start adds more. */
const daysAhead = 90;
/** How often the simulated clock is kept, in milliseconds. */
const keepEveryMillis = 2_000;

export interface Demo {
  readonly apiKey: ApiKeyText;
  readonly accounts: readonly ConnectedAccount[];
  readonly simulator: Simulator;
  /** Which of them have their history still to come. */
  readonly waiting: readonly ConnectedAccount[];
  /** Import the history of those, side by side, and show how far it is. */
  importHistory(screen: Screen, signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A simulated Amazon with four vendors, and an organisation whose accounts are connected to it as they would be to
 * the real one. The world goes on where it was: same seed, same first day, a clock that never goes back.
 */
export async function prepareDemo(
  database: Database,
  config: Configuration,
  installed: Installed,
  log: Log,
): Promise<Demo> {
  const { dataFolder } = config;
  const realNow = Date.now();
  let state = loadDemoState(dataFolder) ?? firstState(config.demo, realNow);
  const simulator = await startSimulator({
    seed: state.seed,
    clock: { startAt: new Date(Math.max(state.clock, realNow)).toISOString(), speed: config.demo.speed },
    history: {
      epoch: state.epoch,
      ...(state.ordersPerMonth === undefined ? {} : { ordersPerMonth: state.ordersPerMonth }),
    },
    faults: { rateLimit: { enforce: true, rps: demoRate, burst: demoRate } },
  });
  /** The clock as it will be at most when this is written next: a crash never turns it back. */
  const keep = (change: Partial<DemoState> = {}) => {
    const ahead = keepEveryMillis * 2 * config.demo.speed;
    state = { ...state, ...change, clock: simulator.clock.now() + ahead };
    saveDemoState(dataFolder, state);
  };
  keep();
  const clock = setInterval(() => {
    try {
      keep();
    } catch (error) {
      // A full disk: the next one may work, and until then the clock on disk is merely old.
      log.warn({ problem: error instanceof Error ? error.message : String(error) }, 'cannot keep the simulated clock');
    }
  }, keepEveryMillis);
  clock.unref();

  const accounts = await registerAccounts(database, accountsOf(simulator), installed, wallClock);
  const apiKey = state.apiKey as ApiKeyText;
  await keepApiKey(
    database,
    {
      organisationId: await ensureOrganisation(database, demoOrganisation, wallClock()),
      name: 'demo',
      prefix: apiKeyPrefix(apiKey),
      secretHash: apiKeyHash(apiKey),
      scopes: rightsOf(installed),
    },
    wallClock(),
  );
  const today = fromMillis(simulator.clock.now()).slice(0, 10) as CalendarDate;
  await keepSimulatedRates(database, demoRates(day(state.epoch), addDays(today, daysAhead)), wallClock());
  const waiting = accounts.filter(({ account }) => !state.imported.includes(account.name));

  return {
    apiKey,
    accounts,
    simulator,
    waiting,
    importHistory: async (screen, signal) => {
      const progress = showProgress(
        screen,
        waiting.map(({ account }) => account.name),
      );
      await Promise.all(
        waiting.map(async (connected) => {
          const { name } = connected.account;
          const onProgress = (part: number) => progress.set(name, part);
          await pull({ database, connected, signal, log, now: () => fromMillis(simulator.clock.now()), onProgress });
          progress.set(name, 1);
          keep({ imported: [...state.imported, name] });
        }),
      );
      progress.end();
    },
    stop: async () => {
      clearInterval(clock);
      try {
        keep();
      } finally {
        await simulator.close();
      }
    },
  };
}

function firstState({ seed, ordersPerMonth }: Configuration['demo'], now: number): DemoState {
  const epoch = new Date(now);
  epoch.setUTCMonth(epoch.getUTCMonth() - 6);
  return {
    seed,
    ordersPerMonth,
    epoch: epoch.toISOString().slice(0, 10),
    clock: now,
    apiKey: createApiKey(),
    imported: [],
  };
}

/** The simulated vendors as an operator would write them down. */
const accountsOf = (simulator: Simulator): AccountConfig[] =>
  demoAccounts.map(({ name, site, marketplaceId, vendorCodes, clientId, clientSecret, refreshToken }) => ({
    organisation: demoOrganisation,
    name,
    site,
    marketplaceId,
    vendorCodes,
    connector: 'sp-api',
    ...(demoTaxProfiles[name] !== undefined && { tax: demoTaxProfiles[name] }),
    settings: {
      clientId,
      clientSecret,
      refreshToken,
      endpoint: simulator.url,
      tokenUrl: `${simulator.url}/auth/o2/token`,
      requestsPerSecond: demoRate,
      burst: demoRate,
      // Simulated days pass in minutes, so reading the past again is not worth it as often.
      rereadEveryHours: 48,
    },
  }));
