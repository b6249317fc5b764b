import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../store/database.ts';

/**
 * Look where the log ends, now and then: behind every bell, so that one that is broken costs a moment and loses
 * nothing. Once for the whole process, however many follow.
 *
 * @returns how to stop
 */
export function watchHead(
  database: Pick<Database, 'work'>,
  saw: (head: bigint) => void,
  everyMillis: number,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await sleep(everyMillis, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      try {
        const [feed] = await database.work((sql) => sql.query<{ position: string }>('select "position" from "Feed"'));
        if (feed !== undefined) saw(BigInt(feed.position));
      } catch {
        // The database is away, and so is everything one could follow. The next look finds what was missed.
      }
    }
  };
  const done = run();
  return async () => {
    stopping.abort();
    await done;
  };
}
