/** When a plugin that keeps failing is no longer asked, and when it is tried again. */
export interface BreakerSettings {
  /** It opens once this many questions failed, and at least half of all that were asked … */
  readonly failures: number;
  /** … within this time. */
  readonly withinMillis: number;
  /** For so long nothing is asked. Then one question is, and its answer decides. */
  readonly openMillis: number;
}

export const usualBreaker: BreakerSettings = { failures: 10, withinMillis: 30_000, openMillis: 15_000 };

export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** What became of one question: the plugin answered, or it threw or hung. */
export type Outcome = 'answered' | 'failed';

/** Tell, once, what became of a question that was let through. */
export type Settle = (outcome: Outcome, now: number) => void;

interface Slice {
  readonly from: number;
  answered: number;
  failed: number;
}

/**
 * Keeps one plugin from being asked again and again while it does little but fail. One row in a page that it cannot
 * answer does not open it; a dead service behind it does. Told the time, in milliseconds that only grow.
 */
export class Breaker {
  readonly #settings: BreakerSettings;
  /** Counts by part of the window, oldest first: pages ask hundreds of times a second. */
  #slices: Slice[] = [];
  #openedAt: number | undefined;
  /** Grows whenever it opens, probes or closes: answers to older questions decide nothing. */
  #age = 0;
  #probing = false;

  constructor(settings: BreakerSettings = usualBreaker) {
    this.#settings = settings;
  }

  state(now: number): BreakerState {
    if (this.#openedAt === undefined) return 'CLOSED';
    return now - this.#openedAt < this.#settings.openMillis ? 'OPEN' : 'HALF_OPEN';
  }

  /** Let a question through, or `undefined`. Half open, only the first is let through until its outcome is known. */
  enter(now: number): Settle | undefined {
    const state = this.state(now);
    if (state === 'OPEN' || this.#probing) return undefined;
    if (state === 'HALF_OPEN') {
      this.#probing = true;
      this.#age += 1;
    }
    const age = this.#age;
    return (outcome, at) => {
      if (age !== this.#age) return;
      if (state === 'HALF_OPEN') this.#turn(outcome === 'answered' ? undefined : at);
      else this.#count(outcome, at);
    };
  }

  #count(outcome: Outcome, now: number): void {
    const { withinMillis, failures } = this.#settings;
    this.#slices = this.#slices.filter(({ from }) => now - from < withinMillis);
    const last = this.#slices.at(-1);
    const slice =
      last !== undefined && now - last.from < withinMillis / 10 ? last : { from: now, answered: 0, failed: 0 };
    if (slice !== last) this.#slices.push(slice);
    slice[outcome] += 1;
    const total = (kind: Outcome): number => this.#slices.reduce((sum, each) => sum + each[kind], 0);
    const failed = total('failed');
    if (failed >= failures && failed >= total('answered')) this.#turn(now);
  }

  /** Open it at this time, or close it. */
  #turn(openedAt: number | undefined): void {
    this.#openedAt = openedAt;
    this.#probing = false;
    this.#slices = [];
    this.#age += 1;
  }
}
