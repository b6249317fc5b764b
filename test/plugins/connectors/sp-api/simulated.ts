import { spApi } from '../../../../plugins/connectors/sp-api/index.ts';
import {
  demoAccounts,
  type FaultPlan,
  type SimulatedAccount,
  type Simulator,
  startSimulator,
} from '../../../../plugins/connectors/sp-api/simulator/index.ts';
import { canonicalJson, sha256 } from '../../../../src/base/canonical-json.ts';
import type { Currency } from '../../../../src/base/currency.ts';
import type { AccountId } from '../../../../src/base/ids.ts';
import { instant } from '../../../../src/base/instant.ts';
import type { Fact } from '../../../../src/domain/facts.ts';
import type {
  AccountProfile,
  ContractWarning,
  Cursor,
  PulledBatch,
  Unreadable,
} from '../../../../src/seams/connector.ts';
import { anAccount } from '../../../builders/account.ts';

const zones = { US: 'America/Los_Angeles', CA: 'America/Toronto', EU: 'Europe/Berlin', JP: 'Asia/Tokyo' } as const;

/** One of the four demo vendors, by site. */
export function vendorOf(site: SimulatedAccount['site']): SimulatedAccount {
  const vendor = demoAccounts.find((account) => account.site === site);
  if (vendor === undefined) throw new Error(`no demo vendor in ${site}`);
  return vendor;
}

export const profileOf = (vendor: SimulatedAccount): AccountProfile =>
  anAccount({
    // A budget belongs to an account: each test's own, so that no test spends another's.
    accountId: `${vendor.name} ${accounts++}` as AccountId,
    name: vendor.name,
    site: vendor.site,
    marketplaceId: vendor.marketplaceId,
    currency: vendor.currency as Currency,
    timeZone: zones[vendor.site],
  });
let accounts = 0;

/** A small world that stands still, without a rate limit unless said otherwise. */
export const simulate = (
  options: { faults?: Partial<FaultPlan>; speed?: number; vendor?: SimulatedAccount; startAt?: string } = {},
): Promise<Simulator> =>
  startSimulator({
    clock: { startAt: options.startAt ?? '2026-11-23T17:00:00Z', speed: options.speed ?? 0 },
    accounts: [options.vendor ?? vendorOf('JP')],
    // Unlimited, and the header says so too: a pull keeps to the limit that Amazon names.
    faults: { rateLimit: { enforce: false, rps: 1000, burst: 1000 }, ...options.faults },
    history: { months: 6, ordersPerMonth: 20 },
  });

export interface PullOptions {
  readonly vendor?: SimulatedAccount;
  readonly profile?: AccountProfile;
  readonly cursor?: Cursor | undefined;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  readonly said?: string[];
}

/** Pull from a simulator, with short pauses and no pace of its own unless said otherwise. */
export function pullFrom(simulator: Simulator, options: PullOptions = {}): AsyncIterable<PulledBatch> {
  const vendor = options.vendor ?? vendorOf('JP');
  const say = (message: string, facts?: Readonly<Record<string, unknown>>): void => {
    options.said?.push(`${message} ${JSON.stringify(facts ?? {})}`);
  };
  return spApi.pull(
    {
      account: options.profile ?? profileOf(vendor),
      settings: {
        clientId: vendor.clientId,
        clientSecret: vendor.clientSecret,
        refreshToken: vendor.refreshToken,
        endpoint: simulator.url,
        requestsPerSecond: 1000,
        burst: 1000,
        firstPauseMillis: 2,
        longestPauseMillis: 20,
        ...options.settings,
      },
      signal: options.signal ?? AbortSignal.timeout(60_000),
      log: { info: say, warn: say },
      now: () => instant('2026-11-23T17:00:00Z'),
    },
    options.cursor,
  );
}

export async function collect(batches: AsyncIterable<PulledBatch>): Promise<PulledBatch[]> {
  const collected: PulledBatch[] = [];
  for await (const batch of batches) collected.push(batch);
  return collected;
}

/** Where each document came from and what its bytes were, in order: equal lists are equal pulls. */
export const documentsOf = (batches: readonly PulledBatch[]): string[] =>
  batches.flatMap(({ documents }) => documents.map(({ kind, origin, bytes }) => `${kind} ${origin} ${sha256(bytes)}`));

export interface Told {
  readonly facts: readonly Fact[];
  readonly warnings: readonly ContractWarning[];
  readonly unreadable: readonly Unreadable[];
}

/** What the documents of a pull say, each fact once. */
export function tell(batches: readonly PulledBatch[], profile: AccountProfile): Told {
  const facts = new Map<string, Fact>();
  const warnings: ContractWarning[] = [];
  const unreadable: Unreadable[] = [];
  for (const document of batches.flatMap(({ documents }) => documents)) {
    const said = spApi.translate(document, profile);
    for (const { fact } of said.facts) facts.set(canonicalJson(fact), fact);
    warnings.push(...said.warnings);
    unreadable.push(...said.unreadable);
  }
  return { facts: [...facts.values()], warnings, unreadable };
}
