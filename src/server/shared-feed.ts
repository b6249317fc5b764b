import type { ExecutionResult } from 'graphql';
import type { Audience } from './audience.ts';
import type { Frame } from './frame.ts';
import type { LiveFeed } from './live-feeds.ts';
import { type ReplayMeter, untilReplay } from './replay-meter.ts';
import type { Seat, SeatHolder } from './seat.ts';

/** A way to hand frames over as they are, past the library that would write each out anew for every listener. */
export interface FrameSink {
  /** Whether it takes another without piling up. */
  ready(): boolean;
  /** Call once when it does again. */
  whenReady(again: () => void): void;
  /** Say this; it may wait for others until `flush`. */
  write(frame: Frame): void;
  /** Nothing more comes for now: send what was written. */
  flush(): void;
  /** Its reader was too slow: nothing comes after what was written. */
  closeLagging(): void;
}

export interface SharedFeedParts {
  readonly audience: Audience;
  /** Where this listener begins: after this. */
  readonly start: bigint;
  /** Absent: results are pulled one by one, as an event stream does. */
  readonly sink: FrameSink | undefined;
  readonly replay: ReplayMeter;
  /** Whose reading of the past is counted. */
  readonly key: string;
}

const over: IteratorResult<ExecutionResult> = { done: true, value: undefined };

/**
 * One listener of an audience, as a subscription that ends like any other. With a sink, frames go there by themselves
 * as long as it has room, and whoever iterates only hears of the end.
 *
 * A class, as everything is of which there is one for each of thousands of listeners: its functions are there once.
 */
export class SharedFeed implements LiveFeed, SeatHolder {
  readonly #seat: Seat;
  readonly #sink: FrameSink | undefined;
  readonly #replay: ReplayMeter;
  readonly #key: string;
  readonly #onEnd: () => void;
  readonly #flowAgain = () => this.#flow();
  #ended = false;
  #flowing = false;
  #last: ExecutionResult | undefined;
  /** Whoever waits for a result looks again. */
  #wake: (() => void) | undefined;

  /** @param onEnd called once, however it ends */
  constructor({ audience, start, sink, replay, key }: SharedFeedParts, onEnd: () => void) {
    this.#sink = sink;
    this.#replay = replay;
    this.#key = key;
    this.#onEnd = onEnd;
    this.#seat = audience.sit(start, this);
  }

  next(): Promise<IteratorResult<ExecutionResult>> {
    return new Promise((resolve) => {
      this.#look(resolve);
      // Not before somebody iterates: until then the protocol does not know of it.
      if (this.#flowing) return;
      this.#flowing = true;
      this.#flow();
    });
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    this.end();
    this.#last = undefined;
    return over;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  end(last?: ExecutionResult): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#last = last;
    this.#seat.leave();
    this.#onEnd();
    this.#wake?.();
  }

  tooSlow(farewell: Frame): void {
    if (this.#ended) return;
    this.#sink?.write(farewell);
    this.#sink?.flush();
    this.#sink?.closeLagging();
    this.end(this.#sink === undefined ? farewell.result : undefined);
  }

  mayReplay(): Promise<void> {
    return untilReplay(this.#replay, this.#key);
  }

  replayed(changes: number): void {
    this.#replay.spend(this.#key, changes);
  }

  /** Hand over what there is, as long as there is room; whoever it waits for calls it again. */
  #flow(): void {
    const sink = this.#sink;
    if (sink === undefined) return;
    while (!this.#ended) {
      if (!sink.ready()) {
        sink.whenReady(this.#flowAgain);
        break;
      }
      const frame = this.#seat.take(this.#flowAgain);
      if (frame === undefined) break;
      sink.write(frame);
    }
    sink.flush();
  }

  #look(resolve: (step: IteratorResult<ExecutionResult>) => void): void {
    this.#wake = undefined;
    if (this.#ended) {
      const value = this.#last;
      this.#last = undefined;
      resolve(value === undefined ? over : { done: false, value });
      return;
    }
    const again = () => this.#look(resolve);
    const frame = this.#sink === undefined ? this.#seat.take(again) : undefined;
    if (frame === undefined) this.#wake = again;
    else resolve({ done: false, value: frame.result });
  }
}
