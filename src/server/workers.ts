import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../base/instant.ts';
import { syncAccount } from '../ingest/sync.ts';
import type { Database } from '../store/database.ts';
import type { Leases } from './leases.ts';
import type { Log } from './log.ts';
import type { ConnectedAccount } from './platform.ts';

export interface PollerOptions {
  readonly database: Database;
  /** So that of several processes one pulls. */
  readonly leases: Leases;
  readonly connected: ConnectedAccount;
  /** From the end of one pull to the beginning of the next. */
  readonly everyMillis: number;
  readonly log: Log;
  readonly now: () => Instant;
}

/** Longest wait after pulls that failed, in milliseconds. */
const longestPause = 15 * 60_000;

/** One account's source, looked at again and again. */
export interface Poller {
  /** End the pull at hand after its batch, and look no more. */
  stop(): Promise<void>;
}

/**
 * Keep one account up to date. A pull that fails is tried again, later and later; its reason stays with the account
 * for people to read, and no other account notices.
 */
export function startPoller({ database, leases, connected, everyMillis, log, now }: PollerOptions): Poller {
  const stopping = new AbortController();
  const { signal } = stopping;
  const line = log.child({ account: connected.account.name });

  const run = async () => {
    let failures = 0;
    while (!signal.aborted) {
      try {
        const pulled = () => pull({ database, connected, signal, log: line, now });
        await leases.hold(`pull ${connected.account.accountId}`, pulled);
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        line.warn(
          { problem: error instanceof Error ? error.message : String(error), failures },
          'cannot bring the account up to date',
        );
      }
      const pause = Math.min(everyMillis * 2 ** Math.min(failures, 10), Math.max(longestPause, everyMillis));
      await sleep(pause, undefined, { signal }).catch(() => {});
    }
  };
  const done = run();

  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

/** One pull of one account, to its end. */
export async function pull({
  database,
  connected: { account, connector, settings },
  signal,
  log,
  now,
  onProgress,
}: Omit<PollerOptions, 'everyMillis' | 'leases'> & {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: number) => void;
}): Promise<void> {
  const ingested = await syncAccount({
    database,
    connector,
    account,
    settings,
    signal,
    now,
    log: {
      info: (message, facts) => log.info({ ...facts }, message),
      warn: (message, facts) => log.warn({ ...facts }, message),
    },
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const { documents, changes, parked } = ingested;
  if (changes > 0 || parked.length > 0) log.info({ documents, changes, parked: parked.length }, 'took in what is new');
}
