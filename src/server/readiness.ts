import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../store/database.ts';

/** Changes may wait this long for their number before we say we are not well. Milliseconds. */
const longestLag = 15_000;
/** Somebody who asks whether we are ready does not want to wait. Milliseconds. */
const patience = 3_000;

export interface Readiness {
  readonly ready: boolean;
  /** Each check says `ok` or what is wrong, without addresses and without SQL. */
  readonly checks: { readonly [check: string]: string };
}

/** Whether the database answers and the change log keeps giving numbers. Migrations are applied before this is asked. */
export async function readiness(database: Database): Promise<Readiness> {
  const asked = database.work((sql) =>
    sql.query<{ waiting: number; age: number | null }>(
      `select count(*)::int as waiting, (extract(epoch from now() - min("recordedAt")) * 1000)::float8 as age
         from "Change" where "position" is null`,
    ),
  );
  const tooLate = new AbortController();
  const rows = await Promise.race([
    asked.catch(() => undefined),
    sleep(patience, undefined, { signal: tooLate.signal }).catch(() => undefined),
  ]);
  tooLate.abort();
  const row = rows?.[0];
  if (row === undefined) return { ready: false, checks: { database: 'not reachable' } };
  const lag = row.age ?? 0;
  const checks = {
    database: 'ok',
    migrations: 'ok',
    changeLog:
      lag <= longestLag ? 'ok' : `${row.waiting} changes wait for a number, the first for ${Math.round(lag / 1000)} s`,
  };
  return { ready: Object.values(checks).every((check) => check === 'ok'), checks };
}
