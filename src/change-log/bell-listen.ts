import type { Database } from '../store/database.ts';
import { type HungBell, newBell } from './bell.ts';
import { watchHead } from './bell-watch.ts';
import { changeChannel } from './sequencer.ts';

const reconnectMillis = 500;

export interface ListeningOptions {
  /** How often it looks for itself where the log ends. */
  readonly pollMillis?: number;
}

/**
 * The usual bell: one connection of the process listens to what the sequencer says on it. A lost connection is made
 * again; meanwhile it rings for what it finds by looking.
 */
export function hangBell(
  database: Pick<Database, 'listen' | 'work'>,
  { pollMillis = 1_000 }: ListeningOptions = {},
): HungBell {
  const { bell, pull, saw, ringAll, letGo } = newBell();
  const stopWatching = watchHead(database, saw, pollMillis);
  let closed = false;
  let stop: (() => Promise<void>) | undefined;
  let retry: NodeJS.Timeout | undefined;

  const again = (): void => {
    if (closed) return;
    retry = setTimeout(connect, reconnectMillis);
    retry.unref();
  };
  const connect = (): void => {
    database.listen(changeChannel, pull, again).then((stopListening) => {
      stop = stopListening;
      if (closed) void stopListening();
      // What happened while nobody listened has to be looked for.
      else ringAll();
    }, again);
  };
  connect();

  return {
    get rings() {
      return bell.rings;
    },
    wait: bell.wait,
    of: bell.of,
    // The sequencer's own statement has told the channel.
    tell: () => {},
    close: async () => {
      closed = true;
      clearTimeout(retry);
      letGo();
      await Promise.all([stopWatching(), stop?.()]);
    },
  };
}
