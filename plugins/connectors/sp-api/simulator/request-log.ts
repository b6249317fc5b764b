// What was asked, newest last: for tests that count requests.
import type { Instant } from './clock.ts';

export interface LoggedRequest {
  /** Simulated. */
  readonly at: Instant;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** The vendor's name, once the token said it. */
  readonly account: string | undefined;
  /** 0 when the connection was reset instead of answered. */
  readonly status: number;
}

export interface RequestLog {
  /** The newest ten thousand at most. */
  readonly entries: readonly LoggedRequest[];
  /** All there ever were. */
  readonly total: number;
  add(entry: LoggedRequest): void;
  clear(): void;
}

export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  let total = 0;
  return {
    get entries() {
      return entries;
    },
    get total() {
      return total;
    },
    add(entry) {
      total += 1;
      entries.push(entry);
      if (entries.length > 10_000) entries = entries.slice(-5_000);
    },
    clear() {
      entries = [];
      total = 0;
    },
  };
}
