import type { FeedBatch, FeedChange, FeedFilter } from '../../client/index.ts';
import type { Whose } from './line.ts';

/** Where changes come from: a gateway anywhere, or the database of this installation. */
export interface TailSource {
  /** Accounts by id, as far as they may be known. */
  readonly accounts: ReadonlyMap<string, Whose>;
  /** The end of the log now. */
  head(): Promise<string>;
  follow(request: TailRequest): AsyncIterable<FeedBatch<FeedChange>>;
}

export interface TailRequest {
  readonly after: string | undefined;
  readonly filter: FeedFilter;
  readonly signal: AbortSignal;
  /** Told of interruptions that are being mended. */
  readonly onInterruption: (reason: string) => void;
}
