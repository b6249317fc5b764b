import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import type { Allowances } from '../../schema/context.ts';
import { type Audiences, openAudiences } from './audiences.ts';
import type { Authenticator } from './authenticate.ts';
import { type FeedLimits, usualFeedLimits } from './feed-limits.ts';
import type { Log } from './log.ts';
import type { Credentials, Principal } from './principal.ts';
import { openReplayMeter, type ReplayMeter } from './replay-meter.ts';

/** A subscription on its way to a client, whatever it travels by. */
export interface LiveFeed extends AsyncIterableIterator<ExecutionResult> {
  /** End it after what was already handed out, with a last result if there is one to give. Idempotent. */
  end(last?: ExecutionResult): void;
}

export interface Listener {
  /** A subscription, or the socket that may carry many. */
  readonly kind: 'feed' | 'socket';
  readonly principal: Principal;
  readonly credentials: Credentials;
  /** Its rights are gone: end, and say so. */
  dismiss(): void;
  /** The server goes: end, with the cursor the last batch carried. */
  drain(): void;
}

/** Everyone who listens: so that a revoked key ends its feeds within seconds (S4), and a stop ends them all (R14). */
export interface LiveFeeds {
  readonly size: number;
  readonly limits: FeedLimits;
  readonly replay: ReplayMeter;
  /** Those who ask the same question, together. */
  readonly audiences: Audiences;
  /** What somebody may use of the feed, and uses. */
  allowancesOf(principal: Principal): Allowances;
  /** How many the same key or token has open. */
  countOf(principal: Principal, kind: Listener['kind']): number;
  /** @returns how to leave */
  add(listener: Listener): () => void;
  /** End all. From now on, whoever joins is ended at once. */
  drain(): void;
  /** Stop asking whether listeners are still welcome. */
  stop(): void;
}

/**
 * Keep track of listeners, and ask every few seconds whether they are still welcome. When that cannot be answered,
 * since the database is away, they stay; nothing flows without it anyway.
 */
export function openLiveFeeds({
  authenticator,
  now,
  log,
  askEveryMillis = 3_000,
  limits = usualFeedLimits,
}: {
  readonly authenticator: Pick<Authenticator, 'stillWelcome'>;
  readonly now: () => number;
  readonly log: Log;
  readonly askEveryMillis?: number;
  readonly limits?: FeedLimits;
}): LiveFeeds {
  const listeners = new Set<Listener>();
  const counts = new Map<string, number>();
  const replay = openReplayMeter(limits.replayPerMinute, now);
  let draining = false;

  const countOf = ({ name }: Principal, kind: Listener['kind']) => counts.get(`${kind} ${name}`) ?? 0;
  const count = ({ kind, principal }: Listener, by: 1 | -1) => {
    const key = `${kind} ${principal.name}`;
    const open = (counts.get(key) ?? 0) + by;
    if (open === 0) counts.delete(key);
    else counts.set(key, open);
  };
  const remove = (listener: Listener): boolean => {
    const was = listeners.delete(listener);
    if (was) count(listener, -1);
    return was;
  };

  const isWelcome = async ({ principal, credentials }: Listener): Promise<boolean> => {
    if (principal.expiresAt !== undefined && principal.expiresAt <= now()) return false;
    return authenticator.stillWelcome(principal, credentials);
  };
  const ask = async () => {
    // Whoever came with one key at one time is one principal, so thousands of listeners are a few questions.
    const answers = new Map<Principal, boolean>();
    for (const listener of [...listeners]) {
      try {
        const known = answers.get(listener.principal);
        const welcome = known ?? (await isWelcome(listener));
        if (known === undefined) answers.set(listener.principal, welcome);
        if (!welcome && remove(listener)) listener.dismiss();
        // Answers may all be remembered ones; nobody else waits meanwhile.
        if (known === undefined && answers.size % 100 === 0) await nextTurn();
      } catch (error) {
        log.debug({ err: error }, 'cannot tell whether listeners are still welcome');
        return;
      }
    }
  };
  let asking = false;
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    void ask().finally(() => {
      asking = false;
    });
  }, askEveryMillis);
  timer.unref();

  return {
    get size() {
      return listeners.size;
    },
    limits,
    replay,
    audiences: openAudiences(),
    allowancesOf: (principal) => new KeyAllowances(principal, limits, replay, countOf),
    countOf,
    add: (listener) => {
      listeners.add(listener);
      count(listener, 1);
      if (draining) listener.drain();
      return () => remove(listener);
    },
    drain: () => {
      draining = true;
      for (const listener of [...listeners]) listener.drain();
    },
    stop: () => clearInterval(timer),
  };
}

/** What one key may use and uses, counted when it is asked for. A class, since there is one for every open feed. */
class KeyAllowances implements Allowances {
  readonly #principal: Principal;
  readonly #limits: FeedLimits;
  readonly #replay: ReplayMeter;
  readonly #countOf: LiveFeeds['countOf'];

  constructor(principal: Principal, limits: FeedLimits, replay: ReplayMeter, countOf: LiveFeeds['countOf']) {
    this.#principal = principal;
    this.#limits = limits;
    this.#replay = replay;
    this.#countOf = countOf;
  }

  get sockets() {
    return { used: this.#countOf(this.#principal, 'socket'), limit: this.#limits.socketsPerKey };
  }
  get subscriptions() {
    return { used: this.#countOf(this.#principal, 'feed'), limit: this.#limits.subscriptionsPerKey };
  }
  get subscriptionsPerSocket() {
    return this.#limits.subscriptionsPerSocket;
  }
  get replay() {
    return { used: this.#replay.used(this.#principal.name), limit: this.#limits.replayPerMinute };
  }
  replayWaitMillis(): number {
    return this.#replay.waitMillis(this.#principal.name);
  }
  replayed(changes: number): void {
    this.#replay.spend(this.#principal.name, changes);
  }
}

/**
 * Turn a source of events into a feed of results, one at a time: the next event is asked for when the last result
 * was taken, so a slow reader holds nothing in memory.
 *
 * An explicit iterator, not a generator: a generator parked on a wait cannot be ended until the wait is over.
 *
 * @param render  executes the operation for one event
 * @param failure what to say last when the source or `render` throws
 * @param onEnd   called once, however it ends
 */
export function feedOf<Event>(
  source: AsyncIterator<Event>,
  render: (event: Event) => Promise<ExecutionResult>,
  failure: (thrown: unknown) => ExecutionResult,
  onEnd: () => void,
): LiveFeed {
  const over: IteratorResult<ExecutionResult> = { done: true, value: undefined };
  let ended = false;
  let last: ExecutionResult | undefined;
  let wake: (() => void) | undefined;

  const end = (said?: ExecutionResult) => {
    if (ended) return;
    ended = true;
    last = said;
    onEnd();
    // A source that fails to close has nobody left to tell.
    void Promise.resolve(source.return?.()).catch(() => {});
    wake?.();
  };
  const farewell = (): IteratorResult<ExecutionResult> => {
    const value = last;
    last = undefined;
    return value === undefined ? over : { done: false, value };
  };
  /** The next event, or nothing when the feed ends while it waits. */
  const step = () =>
    new Promise<IteratorResult<Event> | undefined>((resolve, reject) => {
      wake = () => resolve(undefined);
      source.next().then(resolve, reject);
    }).finally(() => {
      wake = undefined;
    });

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      if (ended) return farewell();
      try {
        const event = await step();
        if (event === undefined) return farewell();
        if (event.done === true) {
          end();
          return over;
        }
        const value = await render(event.value);
        if (value.data == null && value.errors !== undefined && !ended) {
          // Nothing of the event arrived: with the next one the listener would have a gap and not know.
          end(value);
          return farewell();
        }
        return { done: false, value };
      } catch (thrown) {
        if (!ended) end(failure(thrown));
        return farewell();
      }
    },
    return: async () => {
      end();
      last = undefined;
      return over;
    },
    end,
  };
}
