import type { Database } from '../store/database.ts';
import { type HungBell, newBell } from './bell.ts';
import { changeChannel } from './sequencer.ts';

const reconnectMillis = 500;

/**
 * The usual bell: one connection of the process listens to what the sequencer says on it. A lost connection is made
 * again; meanwhile followers go by their own clock.
 */
export function hangBell(database: Pick<Database, 'listen'>): HungBell {
  const { bell, pull, ringAll, letGo } = newBell();
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
      await stop?.();
    },
  };
}
