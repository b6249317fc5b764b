import { setTimeout as sleep } from 'node:timers/promises';

/** How much of the past each key has read lately. */
export interface ReplayMeter {
  /** Changes that do not count as forgotten yet. */
  used(key: string): number;
  /** Milliseconds until this key may read of the past again; 0 at once. */
  waitMillis(key: string): number;
  spend(key: string, changes: number): void;
}

interface Bucket {
  /** Below zero after a batch that was larger than what was left. */
  left: number;
  at: number;
}

/** How many keys are remembered before those that are full again are dropped. */
const sweepAt = 1_000;

/**
 * A bucket for each key that fills evenly: all of it in a minute. A batch is counted once it is read, so a key is let in
 * as long as anything is left, and waits longer after a large one.
 *
 * @param now milliseconds, from any beginning
 */
export function openReplayMeter(perMinute: number, now: () => number): ReplayMeter {
  const buckets = new Map<string, Bucket>();
  const perMilli = perMinute / 60_000;
  const leftOf = (key: string): number => {
    const bucket = buckets.get(key);
    return bucket === undefined ? perMinute : Math.min(perMinute, bucket.left + (now() - bucket.at) * perMilli);
  };
  return {
    used: (key) => Math.max(0, Math.ceil(perMinute - leftOf(key))),
    waitMillis: (key) => {
      const left = leftOf(key);
      return left >= 1 ? 0 : Math.ceil((1 - left) / perMilli);
    },
    spend: (key, changes) => {
      if (changes === 0) return;
      buckets.set(key, { left: leftOf(key) - changes, at: now() });
      if (buckets.size > sweepAt)
        for (const name of buckets.keys()) if (leftOf(name) === perMinute) buckets.delete(name);
    },
  };
}

/** Wait until a key may read of the past again. Whoever ends meanwhile finds out afterwards. */
export async function untilReplay(meter: ReplayMeter, key: string): Promise<void> {
  for (let millis = meter.waitMillis(key); millis > 0; millis = meter.waitMillis(key)) {
    await sleep(millis, undefined, { ref: false });
  }
}
