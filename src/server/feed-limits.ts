import type { LagBudget } from './audience.ts';

/** How much of the feed one key, or one token's subject, may have on one process. An operator can change each. */
export interface FeedLimits {
  /** Open websockets of one key. */
  readonly socketsPerKey: number;
  /** Open subscriptions of one key, by websocket and event stream together. */
  readonly subscriptionsPerKey: number;
  /** Operations running on one websocket. */
  readonly subscriptionsPerSocket: number;
  /** Changes of the past that one key may read in a minute, by feeds that catch up and by pages. */
  readonly replayPerMinute: number;
  /** Changes by which a listener may be behind before it is told to come back. */
  readonly lagChanges: number;
}

export const usualFeedLimits: FeedLimits = {
  socketsPerKey: 50,
  subscriptionsPerKey: 200,
  subscriptionsPerSocket: 20,
  replayPerMinute: 50_000,
  lagChanges: 10_000,
};

/** What a stalled listener may hold of its audience's frames. With what waits in its socket it stays below 1 MiB (P3). */
const lagBytes = 768 * 1024;

export const lagBudget = ({ lagChanges }: FeedLimits): LagBudget => ({ changes: lagChanges, bytes: lagBytes });
