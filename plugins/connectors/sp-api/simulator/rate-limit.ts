// Amazon's token bucket, per application and vendor, in real time.

export interface RateLimiter {
  /** Take one token; false when the bucket is empty. */
  take(key: string, rps: number, burst: number): boolean;
}

/** Buckets that start full. @param now steady real milliseconds, given for tests */
export function createRateLimiter(now: () => number = () => performance.now()): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key, rps, burst) {
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: burst, at };
      const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * rps);
      const granted = tokens >= 1;
      buckets.set(key, { tokens: granted ? tokens - 1 : tokens, at });
      return granted;
    },
  };
}
