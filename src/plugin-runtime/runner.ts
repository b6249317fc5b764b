import { setTimeout as sleep } from 'node:timers/promises';

/** Something that goes on by itself until it is told to stop. */
export interface Runner {
  /** Finish what is at hand, as long as it takes: who cannot wait, does not. */
  stop(): Promise<void>;
}

/** Wait, or less when told to stop. */
export const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  sleep(millis, undefined, { signal }).then(
    () => {},
    () => {},
  );

/** Wait for something that may never come, but not longer than this. @returns whether it came */
export async function waitAtMost(millis: number, something: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  const came = await Promise.race([
    something.then(
      () => true,
      () => true,
    ),
    pause(millis, timer.signal).then(() => false),
  ]);
  timer.abort();
  return came;
}
