import type { Instant } from '../base/instant.ts';
import type { Database } from './database.ts';

/** Any constant will do, as long as nobody else uses it. */
const retentionLock = 7_270_737_002;

/**
 * Remove some of what was recorded before `before`: first the mark moves, so that every reader knows, then entries go.
 * In transactions of their own, short enough that nobody waits.
 *
 * @param most entries at once
 * @returns whether there was something to do; false as well when another process is at it
 */
export async function purgeSomeChanges(database: Database, before: Instant, most: number): Promise<boolean> {
  const moved = await alone(database, 'change_retention_mark($2, $3)', [before, most]);
  const gone = await alone(database, 'change_retention_sweep($2)', [most]);
  return moved > 0n || gone > 0n;
}

const alone = (database: Database, call: string, parameters: readonly unknown[]): Promise<bigint> =>
  database.work(async (sql) => {
    const rows = await sql.query<{ n: string | null }>(
      `select case when pg_try_advisory_xact_lock($1) then ${call} end as n`,
      [retentionLock, ...parameters],
    );
    return BigInt(rows[0]?.n ?? 0);
  });
