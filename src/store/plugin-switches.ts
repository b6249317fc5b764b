import type { Instant } from '../base/instant.ts';
import type { Database } from './database.ts';

/** Make sure each plugin that is installed is known here; one that is known keeps its switch. */
export async function knowPlugins(database: Database, ids: readonly string[]): Promise<void> {
  await database.work((sql) =>
    sql.query('insert into "Plugin" ("id") select unnest($1::text[]) on conflict do nothing', [ids]),
  );
}

/** Plugins that are switched off in this installation, with the reason where it was not a person who did it. */
export async function disabledPlugins(database: Database): Promise<ReadonlyMap<string, string | null>> {
  const rows = await database.work((sql) =>
    sql.query<{ id: string; reason: string | null }>('select "id", "reason" from "Plugin" where not "enabled"'),
  );
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}

/** Switch a plugin off and say why: `$1` its id, `$2` the reason. For whoever has a connection and nothing else. */
export const switchOffStatement = `
  insert into "Plugin" ("id", "enabled", "changedAt", "reason") values ($1, false, now(), $2)
  on conflict ("id") do update set "enabled" = false, "changedAt" = now(), "reason" = excluded."reason"`;

/**
 * Switch a plugin off or on for the whole installation; every gateway sees it within two seconds. Switching it on lets
 * its parked listeners try again.
 */
export async function switchPlugin(database: Database, id: string, enabled: boolean, now: Instant): Promise<void> {
  await database.work(async (sql) => {
    await sql.query(
      `insert into "Plugin" ("id", "enabled", "changedAt") values ($1, $2, $3)
       on conflict ("id") do update
         set "enabled" = excluded."enabled", "changedAt" = excluded."changedAt", "reason" = null`,
      [id, enabled, now],
    );
    if (!enabled) return;
    // Whoever fell behind what is kept was parked with that reason; enabling accepts the hole, from the oldest that is kept.
    await sql.query(
      `update "PluginCursor" c set "changeId" = h."purgedChangeId" from "FeedHead" h
        where h."accountId" = c."accountId" and c."pluginId" = $1 and c."parkedAt" is not null
          and c."changeId" > 0 and c."changeId" < h."purgedChangeId"`,
      [id],
    );
    await sql.query(
      `update "PluginCursor" set "parkedAt" = null, "retryAt" = null, "failures" = 0 where "pluginId" = $1 and "parkedAt" is not null`,
      [id],
    );
  });
}
