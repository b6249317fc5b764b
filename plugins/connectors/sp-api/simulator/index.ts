// The simulator of Amazon's vendor API: start it, point a connector at its url, and turn its clock.
import type { AddressInfo } from 'node:net';
import { demoAccounts, type SimulatedAccount } from './accounts.ts';
import { createApi } from './api.ts';
import { dayLength } from './calendar.ts';
import { createClock, type SimulatorClock } from './clock.ts';
import type { Controlled } from './control.ts';
import { type FaultPlan, noFaults, planOf } from './faults.ts';
import { createRateLimiter } from './rate-limit.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { createHttpServer } from './server.ts';
import { createWorld, type World } from './world.ts';

export { demoAccounts, type Region, type SimulatedAccount, type SiteName } from './accounts.ts';
export type { SimulatorClock } from './clock.ts';
export type { FaultPlan } from './faults.ts';
export type { RequestLog } from './request-log.ts';
export { notShown, type Story, stories } from './stories/index.ts';
export type { ToldStory, World } from './world.ts';

/** A running simulator. */
export interface Simulator {
  /** `http://127.0.0.1:<port>`; login is below it, and each region's API below `/na`, `/eu` or `/fe`. */
  readonly url: string;
  readonly clock: SimulatorClock;
  /** Read for every request, so a plan set here or over HTTP holds from the next one on. */
  faults: FaultPlan;
  readonly world: World;
  readonly requests: RequestLog;
  close(): Promise<void>;
}

export interface SimulatorOptions {
  /** The same seed, accounts and epoch give the same world. Default 1. */
  readonly seed?: number;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  readonly clock: {
    /** ISO instant. */
    readonly startAt: string;
    /** Simulated seconds per real second; default 0, which stands still. Three hundred makes a lively feed. */
    readonly speed?: number;
  };
  /** Default: the four vendors of the demo. */
  readonly accounts?: readonly SimulatedAccount[];
  readonly faults?: Partial<FaultPlan>;
  readonly history?: {
    /** How far before `startAt` the world begins. Default 6. */
    readonly months?: number;
    /** Instead of every account's own number. */
    readonly ordersPerMonth?: number;
    /**
     * First day of the world, YYYY-MM-DD, instead of `months`. Give the same day again to continue a world
     * with a later clock after a restart.
     */
    readonly epoch?: string;
  };
}

/** Start a simulator on the loopback. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const startAt = Date.parse(options.clock.startAt);
  if (Number.isNaN(startAt)) throw new Error(`clock.startAt is not an instant: ${options.clock.startAt}`);
  const plan = planOf(noFaults(), options.faults ?? {});
  if (typeof plan === 'string') throw new Error(plan);
  const { ordersPerMonth } = options.history ?? {};
  const accounts = (options.accounts ?? demoAccounts).map((account) => ({
    ...account,
    ordersPerMonth: ordersPerMonth ?? account.ordersPerMonth,
  }));

  const clock = createClock(startAt, options.clock.speed ?? 0);
  const world = createWorld(options.seed ?? 1, accounts, epochOf(startAt, options.history));
  const of: Controlled = { clock, world, faults: plan };
  const requests = createRequestLog();
  const server = createHttpServer(of, createApi(world, createRateLimiter()), requests);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    clock,
    world,
    requests,
    get faults() {
      return of.faults;
    },
    set faults(faults) {
      of.faults = faults;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** The first day of the world: given, or so many months before the start. */
function epochOf(startAt: number, history: SimulatorOptions['history']): number {
  if (history?.epoch !== undefined) {
    const at = Date.parse(`${history.epoch}T00:00:00Z`);
    if (Number.isNaN(at)) throw new Error(`history.epoch is not a day: ${history.epoch}`);
    return at / dayLength;
  }
  const date = new Date(startAt);
  date.setUTCMonth(date.getUTCMonth() - (history?.months ?? 6));
  // Two days in, so that in every zone the first day lies wholly within Amazon's six months.
  return Math.floor(date.getTime() / dayLength) + 2;
}
