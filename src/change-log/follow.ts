import type { Bell } from './bell.ts';
import type { ChangeBatch } from './change-log.ts';

export interface FollowOptions {
  readonly bell: Bell;
  /** Read one batch from where the last one ended. */
  readonly read: () => Promise<ChangeBatch>;
  /** Followers look for themselves this often, should the bell be broken. */
  readonly pollMillis: number;
  /** An empty batch after this long, so that a filtered feed and its proxies stay alive. */
  readonly heartbeatMillis: number;
  /** When the process goes down: the feed ends after the batch at hand. */
  readonly closing: AbortSignal;
  /** Whether the first answer comes at once, however empty: it tells where the feed stands. */
  readonly greet: boolean;
}

/**
 * Batches, one at a time, each read only when asked for. Written as an iterator and not as a generator: a generator
 * parked on a wait cannot be ended, and idle subscriptions would leak.
 */
export function followBatches(options: FollowOptions): AsyncIterableIterator<ChangeBatch> {
  const { bell, read, pollMillis, heartbeatMillis, closing } = options;
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, closing]);
  let first = options.greet;

  const next = async (): Promise<IteratorResult<ChangeBatch>> => {
    const deadline = performance.now() + heartbeatMillis;
    while (!signal.aborted) {
      const heard = bell.rings;
      const batch = await read();
      if (ended.signal.aborted) break;
      if (batch.changes.length > 0 || !batch.caughtUp || first || performance.now() >= deadline) {
        first = false;
        return { done: false, value: batch };
      }
      if (bell.rings === heard)
        await bell.wait(Math.min(pollMillis, Math.max(1, deadline - performance.now())), signal);
    }
    return { done: true, value: undefined };
  };

  return {
    next,
    return: async () => {
      ended.abort();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
