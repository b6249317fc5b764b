import type pg from 'pg';
import type { Database } from '../store/database.ts';

type Question = 'pg_try_advisory_lock' | 'pg_advisory_unlock';

/** Who does what, among all processes on one database: pulls an account, delivers to a webhook. */
export interface Leases {
  /** Do `work` while no other process does it under this name; `elsewhere` when one does. */
  hold<Value>(name: string, work: () => Promise<Value>): Promise<Value | 'elsewhere'>;
  close(): Promise<void>;
}

/**
 * Leases by session locks of the database: a process that dies lets go of them with its session. Pulling twice at
 * once would lose nothing, but spend an account's request budget twice.
 *
 * A session that breaks takes its leases with it; work under way goes on, and the next lease opens a new one.
 */
export function openLeases(database: Database): Leases {
  let open: Promise<pg.Client> | undefined;

  const session = (): Promise<pg.Client> => {
    if (open !== undefined) return open;
    const mine = database.session().then((client) => {
      client.on('error', forget);
      client.on('end', forget);
      return client;
    });
    // A broken connection says so twice; by the second time the next one may be there, and is not forgotten.
    const forget = () => {
      if (open === mine) open = undefined;
    };
    // A failure to connect is not remembered.
    mine.catch(forget);
    open = mine;
    return open;
  };
  /** One question at a time on the one session. */
  let last: Promise<unknown> = Promise.resolve();
  const ask = (client: pg.Client, question: Question, name: string): Promise<boolean> => {
    const answer = last.then(() => askNow(client, question, name));
    last = answer.catch(() => {});
    return answer;
  };
  const askNow = async (client: pg.Client, question: Question, name: string) => {
    const { rows } = await client.query<{ yes: boolean }>(`select ${question}(hashtextextended($1, 0)) as yes`, [name]);
    return rows[0]?.yes === true;
  };

  return {
    hold: async (name, work) => {
      const client = await session();
      if (!(await ask(client, 'pg_try_advisory_lock', name))) return 'elsewhere';
      try {
        return await work();
      } finally {
        await ask(client, 'pg_advisory_unlock', name).catch(() => false);
      }
    },
    close: async () => {
      const client = await open?.catch(() => undefined);
      await client?.end().catch(() => {});
    },
  };
}
