// The simulated now: stands, runs, or jumps when told to.

/** An instant, in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** What time it is in the simulated world, and how fast it passes. */
export interface SimulatorClock {
  now(): Instant;
  /** Simulated seconds per real second; 0 stands still. */
  readonly speed: number;
  set(to: { readonly now?: Instant; readonly speed?: number }): void;
  advance(seconds: number): void;
}

/**
 * A clock that starts at `startAt` and runs at `speed`.
 *
 * The only place of the simulator that asks the machine for the time; the machine's wall clock may be
 * set back, so the steady one is asked.
 */
export function createClock(startAt: Instant, speed = 0): SimulatorClock {
  let base = startAt;
  let since = performance.now();
  let rate = speed;
  const now = () => base + Math.floor((performance.now() - since) * rate);
  const rebase = (to: Instant) => {
    base = to;
    since = performance.now();
  };
  return {
    now,
    get speed() {
      return rate;
    },
    set(to) {
      rebase(to.now ?? now());
      if (to.speed !== undefined) rate = to.speed;
    },
    advance(seconds) {
      rebase(now() + Math.round(seconds * 1000));
    },
  };
}
