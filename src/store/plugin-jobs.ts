import type { Database } from './database.ts';

/** How a job stands, for people. */
export interface JobState {
  readonly pluginId: string;
  readonly name: string;
  readonly startedAt: Date;
  /** Absent while it runs, or when its process was killed. */
  readonly endedAt: Date | null;
  readonly nextAt: Date;
  readonly runs: number;
  /** Since the last success. */
  readonly failures: number;
  readonly problem: string | null;
}

/** Milliseconds until a job is due by the database's clock, which all gateways share; 0 when it never ran. */
export async function dueIn(database: Database, pluginId: string, name: string): Promise<number> {
  const rows = await database.work((sql) =>
    sql.query<{ millis: number }>(
      `select greatest(0, extract(epoch from "nextAt" - clock_timestamp()) * 1000)::float8 as millis
         from "PluginJob" where "pluginId" = $1 and "name" = $2`,
      [pluginId, name],
    ),
  );
  return rows[0]?.millis ?? 0;
}

/** Note that a run begins. Should its process die, it is due again at once. */
export async function noteJobStarted(database: Database, pluginId: string, name: string): Promise<void> {
  await database.work((sql) =>
    sql.query(
      `insert into "PluginJob" as j ("pluginId", "name", "startedAt", "nextAt", "runs", "failures")
       values ($1, $2, clock_timestamp(), clock_timestamp(), 1, 0)
       on conflict ("pluginId", "name") do update
         set "startedAt" = excluded."startedAt", "nextAt" = excluded."nextAt", "endedAt" = null, "runs" = j."runs" + 1`,
      [pluginId, name],
    ),
  );
}

/** Note how a run ended, and when the next may begin. @returns failures since the last success */
export async function noteJobEnded(
  database: Database,
  pluginId: string,
  name: string,
  problem: string | null,
  nextInMillis: (failures: number) => number,
): Promise<number> {
  return database.work(async (sql) => {
    const rows = await sql.query<{ failures: number }>(
      `update "PluginJob" set "endedAt" = clock_timestamp(), "problem" = $3,
              "failures" = case when $3::text is null then 0 else "failures" + 1 end
        where "pluginId" = $1 and "name" = $2 returning "failures"`,
      [pluginId, name, problem],
    );
    const failures = rows[0]?.failures ?? 0;
    await sql.query(
      `update "PluginJob" set "nextAt" = clock_timestamp() + $3 * interval '1 millisecond' where "pluginId" = $1 and "name" = $2`,
      [pluginId, name, nextInMillis(failures)],
    );
    return failures;
  });
}

export const jobStates = (database: Database): Promise<JobState[]> =>
  database.work((sql) =>
    sql.query<JobState>(
      `select "pluginId", "name", "startedAt", "endedAt", "nextAt", "runs"::int as "runs", "failures", "problem"
         from "PluginJob" order by 1, 2`,
    ),
  );
