import type { ExecutionResult } from 'graphql';
import type { Audience } from './audience.ts';
import type { Frame } from './frame.ts';
import type { LiveFeed } from './live-feeds.ts';
import type { SeatHolder } from './seat.ts';

/** A way to hand frames over as they are, past the library that would write each out anew for every listener. */
export interface FrameSink {
  /** Whether it takes another without piling up. */
  ready(): boolean;
  /** Call once when it does again. */
  whenReady(again: () => void): void;
  write(frame: Frame): void;
  /** Its reader was too slow: nothing comes after what was written. */
  closeLagging(): void;
}

export interface SharedFeedParts extends Pick<SeatHolder, 'mayReplay' | 'replayed'> {
  readonly audience: Audience;
  /** Where this listener begins: after this. */
  readonly start: bigint;
  /** Absent: results are pulled one by one, as an event stream does. */
  readonly sink: FrameSink | undefined;
  /** Called once, however it ends. */
  readonly onEnd: () => void;
}

/**
 * One listener of an audience, as a subscription that ends like any other. With a sink, frames go there by themselves
 * as long as it has room, and whoever iterates only hears of the end.
 */
export function sharedFeed({ audience, start, sink, onEnd, mayReplay, replayed }: SharedFeedParts): LiveFeed {
  const over: IteratorResult<ExecutionResult> = { done: true, value: undefined };
  let ended = false;
  let flowing = false;
  let last: ExecutionResult | undefined;
  /** Whoever waits for a result looks again. */
  let wake: (() => void) | undefined;

  const end = (said?: ExecutionResult) => {
    if (ended) return;
    ended = true;
    last = said;
    seat.leave();
    onEnd();
    wake?.();
  };
  const seat = audience.sit(start, {
    ended: end,
    tooSlow: (farewell) => {
      if (ended) return;
      if (sink === undefined) return end(farewell.result);
      sink.write(farewell);
      sink.closeLagging();
      end();
    },
    mayReplay,
    replayed,
  });

  const flow = (to: FrameSink) => {
    while (!ended) {
      if (!to.ready()) return to.whenReady(() => flow(to));
      const frame = seat.take(() => flow(to));
      if (frame === undefined) return;
      to.write(frame);
    }
  };
  const farewell = (): IteratorResult<ExecutionResult> => {
    const value = last;
    last = undefined;
    return value === undefined ? over : { done: false, value };
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      new Promise((resolve) => {
        const look = () => {
          wake = undefined;
          if (ended) return resolve(farewell());
          const frame = sink === undefined ? seat.take(look) : undefined;
          if (frame !== undefined) return resolve({ done: false, value: frame.result });
          wake = look;
        };
        look();
        // Not before somebody iterates: until then the protocol does not know of it.
        if (sink !== undefined && !flowing) {
          flowing = true;
          flow(sink);
        }
      }),
    return: async () => {
      end();
      last = undefined;
      return over;
    },
    end,
  };
}
