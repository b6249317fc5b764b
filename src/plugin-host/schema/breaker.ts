/** When a plugin that keeps failing is no longer asked, and when it is tried again. */
export interface BreakerSettings {
  /** This many failures … */
  readonly failures: number;
  /** … within this time open it. */
  readonly withinMillis: number;
  /** For so long nothing is asked. Then one question is, and its answer decides. */
  readonly openMillis: number;
}

export const usualBreaker: BreakerSettings = { failures: 10, withinMillis: 30_000, openMillis: 15_000 };

export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** What became of one question: a plugin that answered, or one that threw or hung. */
export type Outcome = 'answered' | 'failed';

/** Keeps one plugin from being asked again and again while it does nothing but fail. Told the time, in milliseconds that only grow. */
export class Breaker {
  readonly #settings: BreakerSettings;
  #failedAt: number[] = [];
  #openedAt: number | undefined;
  #probing = false;

  constructor(settings: BreakerSettings = usualBreaker) {
    this.#settings = settings;
  }

  state(now: number): BreakerState {
    if (this.#openedAt === undefined) return 'CLOSED';
    return now - this.#openedAt < this.#settings.openMillis ? 'OPEN' : 'HALF_OPEN';
  }

  /** Whether to ask now. Half open, only the first who asks is let through, until its outcome is known. */
  admits(now: number): boolean {
    const state = this.state(now);
    if (state === 'CLOSED') return true;
    if (state === 'OPEN' || this.#probing) return false;
    this.#probing = true;
    return true;
  }

  /** Tell what became of a question that was admitted. */
  settle(outcome: Outcome, now: number): void {
    if (this.#openedAt !== undefined) {
      // Questions admitted before it opened come home late; only the probe decides.
      if (!this.#probing) return;
      this.#probing = false;
      this.#openedAt = outcome === 'answered' ? undefined : now;
      this.#failedAt = [];
      return;
    }
    if (outcome === 'answered') return;
    this.#failedAt = [...this.#failedAt.filter((at) => now - at < this.#settings.withinMillis), now];
    if (this.#failedAt.length >= this.#settings.failures) this.#openedAt = now;
  }
}
