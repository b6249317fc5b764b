import { canonicalJson } from '../base/canonical-json.ts';
import type { AccountId } from '../base/ids.ts';
import { invariant } from '../base/invariant.ts';
import type { Database, Tenant } from '../store/database.ts';
import type { Bell } from './bell.ts';
import { type ChangeBatch, type ChangeFilter, CursorExpired } from './change-log.ts';
import type { CursorCodec } from './cursor.ts';
import { type MemoryFilter, matches } from './matches.ts';
import { type PlacedChange, readBatch, readPlaced } from './read.ts';

/** What the end of a log may keep in memory for one tenant. */
const mostChanges = 2_000;
const mostBytes = 1024 * 1024;
/** Most changes in one look. */
const lookSize = 1_000;
/** What a change weighs beside its difference: ids, numbers and its cursor. */
const emptyBytes = 600;

export interface TailParts {
  readonly database: Database;
  readonly codec: CursorCodec;
  readonly bell: Bell;
  /** A look this old is made again even when the bell is silent. */
  readonly pollMillis: number;
}

export interface TailRequest {
  readonly filter: MemoryFilter | undefined;
  /** Most changes. */
  readonly limit: number;
  /** Not beyond this place. */
  readonly until?: bigint | undefined;
  /** Look even when nothing rang since the last look. */
  readonly fresh: boolean;
}

/**
 * The end of the log as one tenant sees it: the last changes in memory, for all who follow. It is read behind row
 * security, once for everybody who asks at the same time, whatever their filters; who asks for an older place gets it
 * from the table. It looks only when asked, so a tail that nobody follows does nothing.
 */
export class Tail {
  readonly #parts: TailParts;
  readonly #tenant: Tenant;
  #kept: PlacedChange[] = [];
  #bytes = 0;
  /** Everything after `start`, up to `end`, is in memory. Absent before the first look. */
  #start: bigint | undefined;
  #end = 0n;
  /** Up to here the log is not kept any more. */
  #purgedTo = 0n;
  #caughtUp = false;
  #ringsHeard = -1;
  #lookedAt = 0;
  #looking: Promise<void> | undefined;
  #nextLook: Promise<void> | undefined;

  constructor(parts: TailParts, tenant: Tenant) {
    this.#parts = parts;
    this.#tenant = tenant;
  }

  /** The end of the log now. */
  async head(): Promise<bigint> {
    await this.#look();
    return this.#end;
  }

  /** Up to where the log is not kept any more, now. */
  async purgedTo(): Promise<bigint> {
    await this.#look();
    return this.#purgedTo;
  }

  /** A filter in terms of accounts: where they buy is asked once, since an account never moves. */
  async withoutSites({ sites, ...filter }: ChangeFilter): Promise<MemoryFilter> {
    if (sites === undefined) return filter;
    const rows = await this.#parts.database.ask<{ accountId: AccountId }>(
      this.#tenant,
      'select "accountId" from "VendorAccount" where "site" = any ($1)',
      [sites],
    );
    const there = rows.map(({ accountId }) => accountId);
    return { ...filter, accountIds: there.filter((id) => filter.accountIds?.includes(id) ?? true) };
  }

  /** One batch after a place. @throws CursorExpired when the log is no longer kept from there */
  async read(after: bigint, request: TailRequest): Promise<ChangeBatch> {
    if (request.fresh || (after >= this.#end && this.#hasNews())) await this.#look();
    if (this.#start === undefined || after < this.#start) {
      const { database, codec } = this.#parts;
      const { filter, limit, until } = request;
      const batch = await database.read(this.#tenant, (db) => readBatch(db, codec, after, filter, limit, until));
      if (batch.ok) return batch.value;
      invariant(batch.refusal.code === 'CURSOR_EXPIRED', 'a place was a cursor of ours');
      throw new CursorExpired(batch.refusal.oldestCursor);
    }
    return this.#fromMemory(after, request);
  }

  #fromMemory(after: bigint, { filter, limit, until }: TailRequest): ChangeBatch {
    const end = until !== undefined && until < this.#end ? until : this.#end;
    const found: PlacedChange[] = [];
    for (let index = this.#indexAfter(after); index < this.#kept.length && found.length < limit; index += 1) {
      const placed = this.#kept[index];
      if (placed === undefined || placed.position > end) break;
      if (filter === undefined || matches(filter, placed.change)) found.push(placed);
    }
    const last = found.at(-1)?.position;
    const position = found.length === limit && last !== undefined ? last : end > after ? end : after;
    return {
      changes: found.map(({ change }) => change),
      cursor: this.#parts.codec.encode(position),
      position,
      first: found[0]?.position ?? position,
      caughtUp: this.#caughtUp && position >= this.#end,
    };
  }

  /** The first kept change after a place: changes are in order, so by halving. */
  #indexAfter(place: bigint): number {
    let [low, high] = [0, this.#kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#kept[middle]?.position ?? 0n) <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #hasNews(): boolean {
    const { bell, pollMillis } = this.#parts;
    return !this.#caughtUp || bell.rings !== this.#ringsHeard || performance.now() - this.#lookedAt >= pollMillis;
  }

  /** Look at the table. One look at a time: who asks while one runs shares the next, since that one began earlier. */
  #look(): Promise<void> {
    this.#nextLook ??= (this.#looking ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        this.#nextLook = undefined;
        this.#looking = this.#readOn();
        return this.#looking;
      });
    return this.#nextLook;
  }

  async #readOn(): Promise<void> {
    const { database, codec, bell } = this.#parts;
    this.#ringsHeard = bell.rings;
    this.#lookedAt = performance.now();
    const begins = this.#start === undefined;
    // The first look only finds out where the log ends.
    const { placed, purgedTo, position, caughtUp } = await readPlaced(
      database,
      this.#tenant,
      codec,
      this.#end,
      begins ? 0 : lookSize,
    ).catch((cause) => {
      // What rang is still to be looked for.
      this.#ringsHeard = -1;
      throw cause;
    });
    // What went before it was looked at is a hole: memory begins again behind it.
    if (purgedTo > this.#end && !begins) [this.#kept, this.#bytes, this.#start] = [[], 0, purgedTo];
    this.#purgedTo = purgedTo;
    this.#end = position;
    this.#caughtUp = caughtUp;
    this.#start ??= position;
    this.#keep(placed.filter((change) => change.position > purgedTo));
  }

  #keep(placed: readonly PlacedChange[]): void {
    this.#kept.push(...placed);
    for (const { change } of placed) this.#bytes += weight(change);
    let dropped = 0;
    while (this.#kept.length - dropped > mostChanges || this.#bytes > mostBytes) {
      const oldest = this.#kept[dropped];
      if (oldest === undefined) break;
      this.#bytes -= weight(oldest.change);
      this.#start = oldest.position;
      dropped += 1;
    }
    if (dropped > 0) this.#kept = this.#kept.slice(dropped);
  }
}

/** Bytes a change holds in memory, roughly. */
const weight = ({ difference }: PlacedChange['change']): number => emptyBytes + 2 * canonicalJson(difference).length;
