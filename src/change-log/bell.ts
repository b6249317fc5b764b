import type { Database } from '../store/database.ts';
import { changeChannel } from './sequencer.ts';

/** Rings when the log may have grown. One connection of the process listens; every follower waits on it. */
export interface Bell {
  /** Resolves at the next ring, after `millis`, or when `signal` aborts; never rejects. */
  wait(millis: number, signal: AbortSignal): Promise<void>;
  /** How often it rang: what happened between two readings is not missed. */
  readonly rings: number;
  close(): Promise<void>;
}

const reconnectMillis = 500;

/** Listen for the sequencer. A lost connection is made again; meanwhile followers go by their own clock. */
export function hangBell(database: Database): Bell {
  const waiting = new Set<() => void>();
  let rings = 0;
  let closed = false;
  let stop: (() => Promise<void>) | undefined;
  let retry: NodeJS.Timeout | undefined;

  const ring = (): void => {
    rings += 1;
    for (const wake of [...waiting]) wake();
  };
  const again = (): void => {
    if (closed) return;
    retry = setTimeout(connect, reconnectMillis);
    retry.unref();
  };
  const connect = (): void => {
    database.listen(changeChannel, ring, again).then((stopListening) => {
      stop = stopListening;
      if (closed) void stopListening();
      // What happened while nobody listened has to be looked for.
      else ring();
    }, again);
  };
  connect();

  return {
    get rings() {
      return rings;
    },
    wait: (millis, signal) =>
      new Promise((resolve) => {
        if (signal.aborted || closed) {
          resolve();
          return;
        }
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, millis);
        waiting.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      }),
    close: async () => {
      closed = true;
      clearTimeout(retry);
      for (const wake of [...waiting]) wake();
      await stop?.();
    },
  };
}
