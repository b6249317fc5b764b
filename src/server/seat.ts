import type { ExecutionResult } from 'graphql';
import type { Audience, ReadAlone } from './audience.ts';
import type { Frame } from './frame.ts';
import { lastWords } from './nothing-arrived.ts';

/** Whoever sits somewhere, as the seat knows it. */
export interface SeatHolder {
  /** It is over, with a last result if there is one to give. */
  end(last: ExecutionResult | undefined): void;
  /** It fell too far behind: this frame holds its cursor, and nothing comes after it. */
  tooSlow(farewell: Frame): void;
  /** Resolves when it may read of the past. */
  mayReplay(): Promise<void>;
  /** It read so many changes by itself. */
  replayed(changes: number): void;
}

/**
 * One listener's place. While it is behind it reads by itself, at its own pace; once there is nothing more to read it
 * sits down behind the last frame of the audience and goes on with the others. Places are compared, not counted, so
 * that nothing is missed and nothing comes twice, however the two met.
 */
export class Seat {
  readonly #audience: Audience;
  readonly #holder: SeatHolder;
  /** The last shared frame that is behind it. Absent while it reads by itself. */
  #at: Frame | undefined;
  /** The place of what it took last. */
  #position: bigint;
  /** Read by itself and not taken yet. */
  #own: ReadAlone | undefined;
  /** To be called once when a frame is published. */
  #again: (() => void) | undefined;
  #over = false;

  constructor(audience: Audience, start: bigint, holder: SeatHolder) {
    this.#audience = audience;
    this.#position = start;
    this.#holder = holder;
  }

  /** What comes next; or nothing, and `again` is called once there is something. */
  take(again: () => void): Frame | undefined {
    if (this.#over) return undefined;
    if (this.#own !== undefined) return this.#takeOwn(this.#own);
    while (this.#at !== undefined) {
      const next: Frame | undefined = this.#at.next;
      if (next === undefined) {
        this.#again = again;
        return undefined;
      }
      const position = this.#position;
      if (next.changes === 0 ? next.position < position : next.position <= position) {
        // Read by itself already.
        this.#at = next;
      } else if (next.from > position || (next.changes > 0 && next.first <= position)) {
        // Part of it was read already: the rest is read by itself.
        this.#readAlone(again, next.position);
        return undefined;
      } else {
        this.#at = next;
        this.#position = next.position;
        return next;
      }
    }
    this.#readAlone(again, undefined);
    return undefined;
  }

  /** A frame was published. */
  notice(tip: Frame): void {
    const again = this.#again;
    if (again !== undefined) {
      this.#again = undefined;
      again();
    } else if (this.#at !== undefined) {
      const { changes, bytes } = this.#audience.lag;
      const behind = tip.changesSoFar - this.#at.changesSoFar;
      if (behind > changes || tip.bytesSoFar - this.#at.bytesSoFar > bytes) this.#dismiss();
    }
  }

  end(last: ExecutionResult | undefined): void {
    if (this.#over) return;
    this.leave();
    this.#holder.end(last);
  }

  leave(): void {
    this.#over = true;
    this.#at = undefined;
    this.#own = undefined;
    this.#again = undefined;
    this.#audience.leave(this);
  }

  #takeOwn({ frame, tip }: ReadAlone): Frame {
    this.#own = undefined;
    this.#position = frame.position;
    if (frame.caughtUp) this.#at ??= tip;
    return frame;
  }

  /** From here on it holds no frame of the audience: however long it takes to hear of it, it costs nothing. */
  #dismiss(): void {
    this.leave();
    this.#audience.farewell(this.#position).then(
      (frame) => this.#holder.tooSlow(frame),
      (thrown) => this.#holder.end(lastWords(thrown, this.#audience.failure)),
    );
  }

  #readAlone(again: () => void, until: bigint | undefined): void {
    const read = async () => {
      await this.#holder.mayReplay();
      if (this.#over) return;
      const read = await this.#audience.readAlone(this.#position, until);
      if (this.#over) return;
      this.#holder.replayed(read.frame.changes);
      this.#own = read;
      again();
    };
    read().catch((thrown) => this.end(lastWords(thrown, this.#audience.failure)));
  }
}
