import { setTimeout as sleep } from 'node:timers/promises';
import { addMillis, type Instant } from '../base/instant.ts';
import type { Database } from '../store/database.ts';
import { purgeSomeChanges } from '../store/purge-changes.ts';

const dayMillis = 86_400_000;
/** Entries removed at once: some milliseconds of work. */
const batch = 500;

export interface RetentionOptions {
  readonly database: Database;
  /** Entries are kept this many days from the moment they were recorded; 0: for ever. */
  readonly keepDays: number;
  /** The clock that stamps entries: the machine's, whatever time a simulated vendor has. */
  readonly now: () => Instant;
  readonly everyMillis?: number;
  readonly onTrouble?: (cause: unknown) => void;
}

/**
 * Keep the log from growing for ever. Any number of processes may run one; they take turns, batch by batch.
 *
 * Whoever comes back with a cursor from before what is kept is refused with `CURSOR_EXPIRED`, never led past a hole.
 * @returns how to stop
 */
export function startRetention({
  database,
  keepDays,
  now,
  everyMillis = 3_600_000,
  onTrouble = () => {},
}: RetentionOptions): () => Promise<void> {
  if (keepDays === 0) return async () => {};
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      try {
        const before = addMillis(now(), -keepDays * dayMillis);
        while (!signal.aborted && (await purgeSomeChanges(database, before, batch))) await rest(20, signal);
      } catch (cause) {
        onTrouble(cause);
      }
      await rest(everyMillis, signal);
    }
  };
  const done = run();
  return async () => {
    stopping.abort();
    await done;
  };
}

/** Between batches, so that writers and the sequencer have their turn. */
const rest = (millis: number, signal: AbortSignal): Promise<void> =>
  sleep(millis, undefined, { signal }).then(
    () => {},
    () => {},
  );
