import type { AccountId } from '../base/ids.ts';
import type { Database } from './database.ts';
import type { Sql } from './sql.ts';

/** A listener of a plugin, by its names. */
export interface ListenerName {
  readonly pluginId: string;
  readonly listener: string;
}

/** A place in an account's log: what is done with. */
export interface Place {
  readonly changeId: bigint;
  readonly eventId: bigint;
}

/** How a listener stands with an account, for people. */
export interface ListenerState extends ListenerName {
  readonly accountId: AccountId;
  readonly failures: number;
  readonly retryAt: Date | null;
  readonly parkedAt: Date | null;
  readonly problem: string | null;
}

/**
 * Accounts whose log goes on beyond the listener's place and that need not wait now.
 * @param sites only accounts there; absent: at every site
 */
export async function accountsToHear(
  database: Database,
  { pluginId, listener }: ListenerName,
  sites: readonly string[] | undefined,
): Promise<AccountId[]> {
  const rows = await database.work((sql) =>
    sql.query<{ accountId: AccountId }>(
      `select a."accountId" from "VendorAccount" a
         left join "PluginCursor" c on c."accountId" = a."accountId" and c."pluginId" = $1 and c."listener" = $2
        where ($3::text[] is null or a."site" = any ($3))
          and c."parkedAt" is null and coalesce(c."retryAt", '-infinity') <= clock_timestamp()
          and (exists (select from "Change" l where l."accountId" = a."accountId" and l."id" > coalesce(c."changeId", 0))
            or exists (select from "PluginEvent" e where e."accountId" = a."accountId" and e."id" > coalesce(c."eventId", 0)))
        order by a."accountId"`,
      [pluginId, listener, sites ?? null],
    ),
  );
  return rows.map(({ accountId }) => accountId);
}

interface CursorRow {
  readonly changeId: string;
  readonly eventId: string;
  readonly failures: number;
}

/** Where a listener stands with an account, and how often the next one failed. */
export async function placeOf(
  sql: Sql,
  { pluginId, listener }: ListenerName,
  accountId: AccountId,
): Promise<Place & { readonly failures: number }> {
  const rows = await sql.query<CursorRow>(
    `select "changeId", "eventId", "failures" from "PluginCursor" where "accountId" = $1 and "pluginId" = $2 and "listener" = $3`,
    [accountId, pluginId, listener],
  );
  const [row] = rows;
  return {
    changeId: BigInt(row?.changeId ?? 0),
    eventId: BigInt(row?.eventId ?? 0),
    failures: row?.failures ?? 0,
  };
}

/**
 * Move on. Only forward: a process that lost its lock and does not know it yet cannot bring a place back.
 */
export async function keepPlace(
  database: Database,
  { pluginId, listener }: ListenerName,
  accountId: AccountId,
  { changeId, eventId }: Place,
): Promise<void> {
  await database.work((sql) =>
    sql.query(
      `insert into "PluginCursor" as c ("accountId", "pluginId", "listener", "changeId", "eventId", "failures", "updatedAt")
       values ($1, $2, $3, $4, $5, 0, clock_timestamp())
       on conflict ("accountId", "pluginId", "listener") do update
         set "changeId" = excluded."changeId", "eventId" = excluded."eventId", "failures" = 0, "retryAt" = null,
             "problem" = null, "updatedAt" = excluded."updatedAt"
       where c."changeId" <= excluded."changeId" and c."eventId" <= excluded."eventId"`,
      [accountId, pluginId, listener, changeId, eventId],
    ),
  );
}

/** Note that the next one failed: to be tried again after a while, or, without a while, by nobody until it is let go on. */
export async function noteListenerFailed(
  database: Database,
  { pluginId, listener }: ListenerName,
  accountId: AccountId,
  problem: string,
  failures: number,
  retryInMillis: number | undefined,
): Promise<void> {
  await database.work((sql) =>
    sql.query(
      `insert into "PluginCursor" ("accountId", "pluginId", "listener", "changeId", "eventId", "failures", "problem", "retryAt", "parkedAt", "updatedAt")
       values ($1, $2, $3, 0, 0, $4, $5, clock_timestamp() + $6::float8 * interval '1 millisecond',
               case when $6::float8 is null then clock_timestamp() end, clock_timestamp())
       on conflict ("accountId", "pluginId", "listener") do update
         set "failures" = excluded."failures", "problem" = excluded."problem", "retryAt" = excluded."retryAt",
             "parkedAt" = excluded."parkedAt", "updatedAt" = excluded."updatedAt"`,
      [accountId, pluginId, listener, failures, problem, retryInMillis ?? null],
    ),
  );
}

/** Listeners in trouble: waiting to try again, or parked. */
export const listenersInTrouble = (database: Database): Promise<ListenerState[]> =>
  database.work((sql) =>
    sql.query<ListenerState>(
      `select "accountId", "pluginId", "listener", "failures", "retryAt", "parkedAt", "problem"
         from "PluginCursor" where "failures" > 0 order by "pluginId", "listener", "accountId"`,
    ),
  );
