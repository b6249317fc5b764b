import type pg from 'pg';
import { OperatorError } from '../base/operator-error.ts';
import { connected } from './database-connection.ts';
import { type MigrationFile, readMigrations } from './migration-files.ts';
import { locked, tablePatience } from './migration-lock.ts';
import { codeOf, reasonOf } from './migration-trouble.ts';
import { ensureRoles, name, type PluginRoles, schemaOf } from './plugin-roles.ts';
import { openWall, raiseWall } from './plugin-wall.ts';

/** What a plugin brings to the database. */
export interface PluginData {
  readonly id: string;
  /** Where its migrations are; absent when it has no tables. */
  readonly folder?: string;
  /** Core models it reads. */
  readonly reads: readonly string[];
}

export interface PluginsMigrated {
  /** `site-jp/20260101_rates`, in the order in which they were applied now. */
  readonly applied: readonly string[];
  /** Plugins that have tables here and are not installed any more: `removePlugin` is for them. */
  readonly leftOver: readonly string[];
}

/**
 * Bring the tables of plugins up to date, after the core's and under the same lock: each plugin's files in the order of
 * their names, the plugins in the order given, which is that of their requirements.
 *
 * Each file runs in a transaction and a database schema of its plugin, as a role that owns that schema and nothing
 * else. What it leaves is put behind row security before it is kept. One that fails is rolled back wholly and tried
 * again at the next start; it need not be remembered, since no half of it can be there.
 *
 * @throws OperatorError naming plugin, file and cure. Plugins before it keep what was applied
 */
export async function migratePlugins(
  database: string,
  plugins: readonly PluginData[],
  { log = () => {} }: { readonly log?: (line: string) => void } = {},
): Promise<PluginsMigrated> {
  const withFiles = plugins.map((plugin) => ({
    ...plugin,
    files: plugin.folder === undefined ? [] : readMigrations([plugin.folder]),
  }));
  return connected(database, (client) =>
    locked(client, log, async () => {
      const applied: string[] = [];
      for (const { id, reads, files } of withFiles) {
        if (files.length === 0 && reads.length === 0) continue;
        const pending = pendingOf(id, files, await readHistory(client, id));
        const roles = await prepare(client, id, reads, files.length > 0);
        for (const file of pending) {
          const started = performance.now();
          await apply(client, id, roles, file);
          log(`Applied migration ${file.name} of plugin ${id} in ${Math.round(performance.now() - started)} ms.`);
          applied.push(`${id}/${file.name}`);
        }
      }
      return { applied, leftOver: await leftOver(client, plugins) };
    }),
  );
}

async function leftOver(client: pg.Client, plugins: readonly PluginData[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'select distinct "pluginId" as id from public."PluginMigration" where "pluginId" <> all ($1) order by 1',
    [plugins.map(({ id }) => id)],
  );
  return rows.map(({ id }) => id);
}

async function readHistory(client: pg.Client, pluginId: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select "name", "checksum" from public."PluginMigration" where "pluginId" = $1 order by 1',
    [pluginId],
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

/** Compare a plugin's files with its history; answer what to apply, or refuse. */
function pendingOf(pluginId: string, files: readonly MigrationFile[], history: Map<string, string>): MigrationFile[] {
  for (const [applied, checksum] of history) {
    const file = files.find((candidate) => candidate.name === applied);
    if (file === undefined) {
      throw new OperatorError(
        'MIGRATION_MISSING',
        `The database has the migration "${applied}" of the plugin "${pluginId}", which this version of the plugin does not know: install the version that brought it, or a newer one.`,
      );
    }
    if (!file.acceptable.has(checksum)) {
      throw new OperatorError(
        'MIGRATION_EDITED',
        `The migration "${applied}" of the plugin "${pluginId}" was edited after it was applied to this database: restore the file as released, and put the change into a new migration.`,
      );
    }
  }
  return files.filter((file) => !history.has(file.name));
}

/** Roles and an empty schema, in one transaction; what is there already stays. */
async function prepare(
  client: pg.Client,
  pluginId: string,
  reads: readonly string[],
  hasTables: boolean,
): Promise<PluginRoles> {
  return transaction(client, async () => {
    const roles = await ensureRoles(client, pluginId, reads);
    if (hasTables) {
      await client.query(
        `create schema if not exists ${name(schemaOf(pluginId))} authorization ${name(roles.owner)};
         revoke all on schema ${name(schemaOf(pluginId))} from public`,
      );
    }
    return roles;
  });
}

async function apply(client: pg.Client, pluginId: string, roles: PluginRoles, file: MigrationFile): Promise<void> {
  const schema = schemaOf(pluginId);
  try {
    await transaction(client, async () => {
      await client.query(
        `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local lock_timeout = '${tablePatience}'`,
      );
      await openWall(client, schema);
      await runAs(client, roles.owner, schema, file.sql);
      const holes = await raiseWall(client, schema, roles);
      if (holes.length > 0) throw new Error(holes.join('; '));
      await client.query('insert into public."PluginMigration" ("pluginId", "name", "checksum") values ($1, $2, $3)', [
        pluginId,
        file.name,
        file.checksum,
      ]);
    });
  } catch (error) {
    const cure = codeOf(error) === '42501' ? ` A plugin changes nothing outside its schema ${schema}.` : '';
    throw new OperatorError(
      'MIGRATION_FAILED',
      `The migration "${file.name}" of the plugin "${pluginId}" failed and was rolled back wholly: ${reasonOf(error, file.sql)}.${cure}`,
      { cause: error },
    );
  }
}

/**
 * Run a file as a role it cannot step out of: in a function that is SECURITY DEFINER, PostgreSQL refuses SET ROLE and
 * COMMIT. Deferred constraints are checked there too, not later in our name.
 */
async function runAs(client: pg.Client, owner: string, schema: string, sql: string): Promise<void> {
  const runner = `${name(schema)}.acorn_migration`;
  await client.query(`
    set local role ${name(owner)};
    create function ${runner}(file text) returns void language plpgsql security definer as $$
      begin execute file; set constraints all immediate; end $$;
    reset role;
    set local search_path = ${name(schema)}, public, pg_temp`);
  await client.query(`select ${runner}($1)`, [sql]);
  await client.query(`set local search_path = pg_catalog, public, pg_temp; drop function ${runner}(text)`);
}

async function transaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
