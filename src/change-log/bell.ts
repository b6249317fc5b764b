import type { AccountId } from '../base/ids.ts';
import { readRing } from './ring.ts';

/** Rings when the log may have grown. Followers wait on it, then look for themselves. */
export interface Bell {
  /** Resolves at the next ring, after `millis`, or when `signal` aborts; never rejects. */
  wait(millis: number, signal: AbortSignal): Promise<void>;
  /** Another number after every ring: what happened between two readings is not missed. */
  readonly rings: number;
  /** The same bell for who cares for these accounts alone: it is silent while only others' logs grow. */
  of(accountIds: readonly AccountId[]): Bell;
}

/** A bell that hangs: one for each process. */
export interface HungBell extends Bell {
  /** Pass on what this process's sequencer said. Never waits, never throws. */
  tell(ring: string): void;
  close(): Promise<void>;
}

/** The bell, for whoever pulls its rope. */
export interface Rope {
  readonly bell: Bell;
  /** What the sequencer said, in the order in which it was heard. Repeats are nothing; a hole, or no word of ours, rings for all. */
  pull(ring: string): void;
  /** The log ends here, as somebody saw who looked: if nobody rang for that, all are rung. */
  saw(head: bigint): void;
  /** Nobody knows what was missed: all look. */
  ringAll(): void;
  /** Wake all for the last time; from now on nobody waits. */
  letGo(): void;
}

interface Waiting {
  readonly wake: () => void;
  readonly accountIds: readonly AccountId[] | undefined;
}

/**
 * A bell without a tower: who waits, for which accounts, and up to where of the log it rang. Positions are dense, so a
 * ring that does not begin where the last one ended shows that some were missed.
 */
export function newBell(): Rope {
  const waiting = new Set<Waiting>();
  /** The last ring of each account; at most as many as there are accounts. */
  const rung = new Map<AccountId, number>();
  let rings = 0;
  let rungForAll = 0;
  let heard: bigint | undefined;
  let over = false;

  const ringAll = (): void => {
    rings += 1;
    rungForAll = rings;
    rung.clear();
    for (const { wake } of [...waiting]) wake();
  };
  const ringFor = (accountIds: readonly AccountId[]): void => {
    rings += 1;
    for (const accountId of accountIds) rung.set(accountId, rings);
    const grew = new Set(accountIds);
    for (const { wake, accountIds: theirs } of [...waiting]) {
      if (theirs === undefined || theirs.some((accountId) => grew.has(accountId))) wake();
    }
  };

  const bellOf = (accountIds: readonly AccountId[] | undefined): Bell => ({
    get rings() {
      if (accountIds === undefined) return rings;
      return accountIds.reduce((last, accountId) => Math.max(last, rung.get(accountId) ?? 0), rungForAll);
    },
    of: bellOf,
    wait: (millis, signal) =>
      new Promise((resolve) => {
        if (signal.aborted || over) {
          resolve();
          return;
        }
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(entry);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const entry: Waiting = { wake, accountIds };
        const timer = setTimeout(wake, millis);
        waiting.add(entry);
        signal.addEventListener('abort', wake, { once: true });
      }),
  });

  return {
    bell: bellOf(undefined),
    pull: (text) => {
      const ring = readRing(text);
      if (ring === undefined) return ringAll();
      if (heard !== undefined && ring.to <= heard) return;
      const missed = heard === undefined || ring.from > heard;
      heard = ring.to;
      if (missed || ring.accountIds === undefined) ringAll();
      else ringFor(ring.accountIds);
    },
    saw: (head) => {
      if (heard !== undefined && head <= heard) return;
      heard = head;
      ringAll();
    },
    ringAll: () => {
      heard = undefined;
      ringAll();
    },
    letGo: () => {
      over = true;
      ringAll();
    },
  };
}
