import type { AccountId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Cursor } from '../seams/connector.ts';
import type { Sql } from './sql.ts';

/** Where a connector stands for an account; `undefined` before its first batch. */
export async function loadCursor(sql: Sql, accountId: AccountId, connector: string): Promise<Cursor | undefined> {
  const rows = await sql.query<{ cursor: Cursor }>(
    `select "cursor" from "ConnectorCursor" where "accountId" = $1 and "connector" = $2`,
    [accountId, connector],
  );
  return rows[0]?.cursor;
}

/** Move on, in the transaction of what was brought: after a crash the next pull starts from here. */
export async function keepCursor(
  sql: Sql,
  accountId: AccountId,
  connector: string,
  cursor: Cursor,
  progress: number,
  now: Instant,
): Promise<void> {
  await sql.query(
    `insert into "ConnectorCursor" ("accountId", "connector", "cursor", "progress", "updatedAt") values ($1, $2, $3, $4, $5)
     on conflict ("accountId", "connector") do update
       set "cursor" = excluded."cursor", "progress" = excluded."progress", "updatedAt" = excluded."updatedAt", "problem" = null`,
    [accountId, connector, JSON.stringify(cursor), progress, now],
  );
}

/** Note that a pull ended: caught up, or with a problem a person should read. */
export async function notePull(
  sql: Sql,
  accountId: AccountId,
  connector: string,
  problem: string | null,
  now: Instant,
): Promise<void> {
  await sql.query(
    `insert into "ConnectorCursor" ("accountId", "connector", "cursor", "progress", "updatedAt", "caughtUpAt", "problem")
     values ($1, $2, '{}', 0, $4, case when $3::text is null then $4::timestamptz end, $3)
     on conflict ("accountId", "connector") do update
       set "problem" = excluded."problem", "caughtUpAt" = coalesce(excluded."caughtUpAt", "ConnectorCursor"."caughtUpAt")`,
    [accountId, connector, problem, now],
  );
}
