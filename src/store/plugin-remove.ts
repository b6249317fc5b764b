import type pg from 'pg';
import { connected } from './database-connection.ts';
import { locked, tablePatience } from './migration-lock.ts';
import { codeOf } from './migration-trouble.ts';
import { knownRoles, name, schemaOf } from './plugin-roles.ts';

/** What went with a plugin. */
export interface PluginRemoved {
  /** Tables that were dropped with all their rows. */
  readonly tables: readonly string[];
  /** Whether this database knew the plugin at all. */
  readonly known: boolean;
}

/**
 * Take everything of a plugin out of a database: its schema with all tables, its roles, its places in the log, its
 * events and what is remembered of its jobs. All of it or nothing; the core's rows are not touched. Removing what is
 * not there does nothing.
 *
 * An Acorn that still has the plugin installed would bring its tables back at its next start: take it out first.
 */
export async function removePlugin(
  database: string,
  pluginId: string,
  { log = () => {} }: { readonly log?: (line: string) => void } = {},
): Promise<PluginRemoved> {
  const schema = schemaOf(pluginId);
  return connected(database, (client) =>
    locked(client, log, async () => {
      const { rows } = await client.query<{ name: string }>(
        `select tablename::text as name from pg_tables where schemaname = $1 order by 1`,
        [schema],
      );
      const roles = await knownRoles(client, pluginId);
      await client.query(`begin; set local lock_timeout = '${tablePatience}'; set local statement_timeout = 0`);
      try {
        await client.query(`drop schema if exists ${name(schema)} cascade`);
        for (const role of roles === undefined ? [] : [roles.user, roles.owner]) await dropRole(client, role);
        const { rowCount } = await client.query('delete from public."Plugin" where "id" = $1', [pluginId]);
        await client.query('commit');
        return { tables: rows.map((row) => row.name), known: rowCount !== 0 || rows.length > 0 };
      } catch (error) {
        await client.query('rollback').catch(() => {});
        throw error;
      }
    }),
  );
}

/** A copy of this database on the same server shares its roles; then they stay, with nothing left to them here. */
async function dropRole(client: pg.Client, role: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) return;
  await client.query(`drop owned by ${name(role)}; savepoint role`);
  try {
    await client.query(`drop role ${name(role)}`);
  } catch (error) {
    if (codeOf(error) !== '2BP01') throw error;
    await client.query('rollback to savepoint role');
  }
}
