import { type ChangeBatch, type ChangeFeed, type ChangeFilter, type FeedCursor, oldestKept } from './change-log.ts';
import type { CursorCodec } from './cursor.ts';
import { type FollowOptions, followBatches } from './follow.ts';
import type { MemoryFilter } from './matches.ts';
import type { Tail } from './tail.ts';

export interface FeedParts extends Pick<FollowOptions, 'bell' | 'pollMillis' | 'heartbeatMillis' | 'closing'> {
  readonly codec: CursorCodec;
  readonly tail: Tail;
}

/** One feed over the tail of its tenant. A class, so that whoever is handed an iterator can tell what it is. */
export class TailFeed implements ChangeFeed {
  readonly start: bigint;
  readonly #parts: FeedParts;
  readonly #filter: ChangeFilter | undefined;
  readonly #limit: number;
  #narrowed: Promise<MemoryFilter> | undefined;
  #own: AsyncIterableIterator<ChangeBatch> | undefined;

  constructor(parts: FeedParts, start: bigint, filter: ChangeFilter | undefined, limit: number) {
    this.#parts = parts;
    this.start = start;
    this.#filter = filter;
    this.#limit = limit;
  }

  head(): Promise<bigint> {
    return this.#parts.tail.head();
  }

  async expired(): Promise<FeedCursor | undefined> {
    if (this.start === oldestKept) return undefined;
    const purgedTo = await this.#parts.tail.purgedTo();
    return this.start < purgedTo ? this.#parts.codec.encode(purgedTo) : undefined;
  }

  async batchAfter(position: bigint, until?: bigint): Promise<ChangeBatch> {
    const filter = await this.#memoryFilter();
    return this.#parts.tail.read(position, { filter, limit: this.#limit, until, fresh: true });
  }

  nothingAt(position: bigint): ChangeBatch {
    const cursor = this.#parts.codec.encode(position === oldestKept ? 0n : position);
    return { changes: [], cursor, position, first: position, caughtUp: false };
  }

  followFrom(position: bigint): AsyncIterableIterator<ChangeBatch> {
    return this.#follow(position, false);
  }

  next(): Promise<IteratorResult<ChangeBatch>> {
    this.#own ??= this.#follow(this.start, true);
    return this.#own.next();
  }

  async return(): Promise<IteratorResult<ChangeBatch>> {
    this.#own ??= this.#follow(this.start, true);
    await this.#own.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** @param greet whether the first answer comes at once, however empty, and of a log looked at just now */
  #follow(from: bigint, greet: boolean): AsyncIterableIterator<ChangeBatch> {
    let position = from;
    let fresh = greet;
    const read = async (): Promise<ChangeBatch> => {
      const { tail } = this.#parts;
      const filter = await this.#memoryFilter();
      const batch = await tail.read(position, { filter, limit: this.#limit, fresh });
      fresh = false;
      position = batch.position;
      return batch;
    };
    return followBatches({ ...this.#parts, read, greet });
  }

  async #memoryFilter(): Promise<MemoryFilter | undefined> {
    if (this.#filter === undefined) return undefined;
    this.#narrowed ??= this.#parts.tail.withoutSites(this.#filter);
    try {
      return await this.#narrowed;
    } catch (cause) {
      // A failure to ask is not remembered.
      this.#narrowed = undefined;
      throw cause;
    }
  }
}
