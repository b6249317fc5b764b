import type pg from 'pg';
import type { Database } from '../store/database.ts';

/** Things that only one process of an installation does at a time. */
export interface Locks {
  /** Take it, or learn that another process has it. What is held is held until let go, or until the session breaks. */
  hold(key: string): Promise<boolean>;
  /** Whether it is still held, as far as this process knows. */
  holds(key: string): boolean;
  letGo(key: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Session locks of one connection. When it breaks, everything is let go at once, as PostgreSQL does, and the next
 * `hold` connects again.
 */
export function openLocks(database: Database): Locks {
  const held = new Set<string>();
  let session: Promise<pg.Client> | undefined;
  let closed = false;

  const connect = (): Promise<pg.Client> => {
    const mine = database.session().then((client) => {
      // A broken connection says so by 'error' and again by 'end'; by then the next one may be there, and is not lost.
      const lost = (): void => {
        if (session !== mine) return;
        held.clear();
        session = undefined;
      };
      client.on('error', lost);
      client.on('end', lost);
      return client;
    });
    return mine;
  };
  let asked: Promise<unknown> = Promise.resolve();
  /** One question at a time, as a connection takes them. */
  const ask = (text: string, key: string): Promise<boolean> => {
    const answer = asked.then(() => askNow(text, key));
    asked = answer.catch(() => {});
    return answer;
  };
  const askNow = async (text: string, key: string): Promise<boolean> => {
    session ??= connect();
    const mine = session;
    try {
      const { rows } = await (await mine).query<{ answer: boolean }>(text, [`acorn plugin ${key}`]);
      return rows[0]?.answer === true;
    } catch (error) {
      if (session === mine) {
        held.clear();
        session = undefined;
      }
      await mine.then((client) => client.end()).catch(() => {});
      throw error;
    }
  };

  return {
    hold: async (key) => {
      if (closed) return false;
      if (held.has(key)) return true;
      const taken = await ask('select pg_try_advisory_lock(hashtextextended($1, 0)) as answer', key);
      if (taken) held.add(key);
      return taken;
    },
    holds: (key) => held.has(key),
    letGo: async (key) => {
      if (!held.delete(key)) return;
      await ask('select pg_advisory_unlock(hashtextextended($1, 0)) as answer', key).catch(() => {});
    },
    close: async () => {
      closed = true;
      held.clear();
      await session?.then((client) => client.end()).catch(() => {});
    },
  };
}
