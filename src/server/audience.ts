import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import { invariant } from '../base/invariant.ts';
import type { ChangeBatch, ChangeFeed } from '../change-log/change-log.ts';
import { Frame } from './frame.ts';
import { lastWords, NothingArrived } from './nothing-arrived.ts';
import { Seat, type SeatHolder } from './seat.ts';

/** How far behind the others a listener may be, before it is told to come back. */
export interface LagBudget {
  readonly changes: number;
  readonly bytes: number;
}

/** Seats that are told in one turn of the event loop: the next changes are read between turns. */
const toldAtOnce = 250;

export interface AudienceParts {
  /** Where batches come from: any place of it can be read. */
  readonly feed: ChangeFeed;
  /** Executes the operation for one batch. */
  readonly render: (batch: ChangeBatch) => Promise<ExecutionResult>;
  /** What to say last when something throws. */
  readonly failure: (thrown: unknown) => ExecutionResult;
  readonly lag: LagBudget;
  /** Called when the last one has left, once. */
  readonly onEmpty: () => void;
}

/** A frame somebody read alone, and the last published one when that reading began. */
export interface ReadAlone {
  readonly frame: Frame;
  readonly tip: Frame;
}

/**
 * Everybody who asks the same with the same rights. One reading of the log, one execution and one text serve all;
 * each has a seat of its own in the list of frames. Nothing is pushed: a seat that has room takes what comes next.
 */
export class Audience {
  readonly lag: LagBudget;
  readonly failure: (thrown: unknown) => ExecutionResult;
  readonly #parts: AudienceParts;
  readonly #seats = new Set<Seat>();
  /** What is being read alone just now, by place: who comes back to the same place reads together. */
  readonly #readings = new Map<string, Promise<ReadAlone>>();
  readonly #opened: Promise<void>;
  #tip: Frame | undefined;
  #source: AsyncIterator<ChangeBatch> | undefined;
  /** The last answer to "where am I", when there was nothing to tell. */
  #standing: Frame | undefined;
  /** Under way while seats are told of new frames. */
  #telling: Promise<void> | undefined;
  #over = false;

  constructor(parts: AudienceParts) {
    this.#parts = parts;
    this.lag = parts.lag;
    this.failure = parts.failure;
    this.#opened = this.#open();
    // Whoever waits for it is told; a rejection that nobody waits for yet is no news.
    this.#opened.catch(() => {});
  }

  get size(): number {
    return this.#seats.size;
  }

  /** Take a seat that stands after `start`. */
  sit(start: bigint, holder: SeatHolder): Seat {
    invariant(!this.#over, 'nobody joins an audience that has gone');
    const seat = new Seat(this, start, holder);
    this.#seats.add(seat);
    return seat;
  }

  leave(seat: Seat): void {
    if (this.#seats.delete(seat) && this.#seats.size === 0) this.#close();
  }

  /** The batch after a place, for one who is not where the others are. */
  readAlone(position: bigint, until?: bigint): Promise<ReadAlone> {
    const key = `${position} ${until ?? ''}`;
    const running = this.#readings.get(key);
    if (running !== undefined) return running;
    const reading = this.#readAlone(position, until).finally(() => this.#readings.delete(key));
    this.#readings.set(key, reading);
    return reading;
  }

  /** The last batch of one who is too far behind: nothing but its cursor, marked. */
  async farewell(position: bigint): Promise<Frame> {
    const batch = this.#parts.feed.nothingAt(position);
    const result = await this.#parts.render(batch);
    return new Frame(batch, position, { ...result, extensions: { ...result.extensions, lagging: true } });
  }

  async #open(): Promise<void> {
    const position = await this.#parts.feed.head();
    this.#tip = new Frame(this.#parts.feed.nothingAt(position), position, {});
    if (this.#over) return;
    this.#source = this.#parts.feed.followFrom(position);
    void this.#run(this.#source);
  }

  async #readAlone(position: bigint, until: bigint | undefined): Promise<ReadAlone> {
    await this.#opened;
    const tip = this.#tip;
    invariant(tip !== undefined, 'an open audience has a last frame');
    const batch = await this.#parts.feed.batchAfter(position, until);
    if (batch.changes.length > 0) return { frame: await this.#render(batch, position), tip };
    if (this.#standing?.position !== batch.position || this.#standing.caughtUp !== batch.caughtUp) {
      this.#standing = await this.#render(batch, position);
    }
    return { frame: this.#standing, tip };
  }

  async #render(batch: ChangeBatch, from: bigint): Promise<Frame> {
    const result = await this.#parts.render(batch);
    // Nothing of the batch arrived: with the next one the listener would have a gap and not know.
    if (result.data == null && result.errors !== undefined) throw new NothingArrived(result);
    return new Frame(batch, from, result);
  }

  async #run(source: AsyncIterator<ChangeBatch>): Promise<void> {
    try {
      for (let step = await source.next(); step.done !== true; step = await source.next()) {
        const tip = this.#tip;
        if (this.#over || tip === undefined) return;
        const frame = await this.#render(step.value, tip.position);
        frame.after(tip);
        this.#tip = frame;
        this.#telling ??= this.#tell();
      }
      await this.#telling;
      this.#endAll(undefined);
    } catch (thrown) {
      await this.#telling;
      this.#endAll(lastWords(thrown, this.failure));
    }
  }

  /**
   * Tell every seat that there is something new, round after round until there is nothing. What is published meanwhile
   * comes along in the next round, so the busier the process, the more frames a seat takes at a time.
   */
  async #tell(): Promise<void> {
    let told: Frame | undefined;
    try {
      while (!this.#over && told !== this.#tip) {
        await nextTurn();
        told = this.#tip;
        let turn = 0;
        for (const seat of this.#seats) {
          if (this.#tip !== undefined) seat.notice(this.#tip);
          turn += 1;
          if (turn % toldAtOnce === 0) await nextTurn();
        }
      }
    } catch (thrown) {
      this.#endAll(lastWords(thrown, this.failure));
    }
    // In the same step as the last look at the tip: nothing can be published in between.
    this.#telling = undefined;
  }

  #endAll(last: ExecutionResult | undefined): void {
    this.#close();
    for (const seat of [...this.#seats]) seat.end(last);
  }

  #close(): void {
    if (this.#over) return;
    this.#over = true;
    void this.#source?.return?.();
    this.#parts.onEmpty();
  }
}
