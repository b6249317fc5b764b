import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { OperatorError } from '../base/operator-error.ts';

/** The two roles a plugin's statements run as, neither of which can log in or bypass row security. */
export interface PluginRoles {
  /** Owns the plugin's schema and nothing else; its migrations run as this. */
  readonly owner: string;
  /** Reads and writes the plugin's rows, and reads the core models the plugin names. */
  readonly user: string;
}

/** The database schema of a plugin: `site-jp` has `plugin_site_jp`. */
export const schemaOf = (pluginId: string): string => `plugin_${pluginId.replaceAll('-', '_')}`;

/** Quoted for SQL, since PostgreSQL takes no parameters for names. */
export const name = pg.escapeIdentifier;

/**
 * The roles of a plugin, made when there are none, holding exactly the rights it has now. The core's tables keep their
 * shape: the plugin may refer to them, and read those in `reads`, account by account.
 *
 * Roles belong to the server and not to the database, so their names are drawn by lot: two databases never share one.
 */
export async function ensureRoles(client: pg.Client, pluginId: string, reads: readonly string[]): Promise<PluginRoles> {
  const roles = (await knownRoles(client, pluginId)) ?? drawn();
  await client.query(
    `insert into public."Plugin" ("id", "ownerRole", "role") values ($1, $2, $3)
     on conflict ("id") do update set "ownerRole" = excluded."ownerRole", "role" = excluded."role"`,
    [pluginId, roles.owner, roles.user],
  );
  for (const role of [roles.owner, roles.user]) await createRole(client, role, pluginId);

  const readable = await readableModels(client);
  const unknown = reads.filter((model) => !readable.includes(model));
  if (unknown.length > 0) {
    throw new OperatorError(
      'MIGRATION_INVALID',
      `The plugin "${pluginId}" wants to read ${unknown.join(', ')}, which plugins cannot: name models out of ${readable.join(', ')} in its capabilities.`,
    );
  }
  const all = readable.map(name).join(', ');
  await client.query(`
    grant references on ${all} to ${name(roles.owner)};
    revoke all on all tables in schema public from ${name(roles.user)};
    ${reads.length === 0 ? '' : `grant select on ${reads.map(name).join(', ')} to ${name(roles.user)};`}`);
  return roles;
}

/** The roles this database remembers for a plugin. */
export async function knownRoles(client: pg.Client, pluginId: string): Promise<PluginRoles | undefined> {
  const { rows } = await client.query<{ owner: string | null; user: string | null }>(
    'select "ownerRole" as owner, "role" as user from public."Plugin" where "id" = $1',
    [pluginId],
  );
  const [row] = rows;
  return row?.owner == null || row.user == null ? undefined : { owner: row.owner, user: row.user };
}

const drawn = (): PluginRoles => {
  const lot = randomBytes(5).toString('hex');
  return { owner: `acorn_plugin_${lot}_owner`, user: `acorn_plugin_${lot}` };
};

/** A role that is gone (a database restored on another server) is made again. */
async function createRole(client: pg.Client, role: string, pluginId: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) {
    await client.query(
      `create role ${name(role)} nologin nosuperuser nobypassrls nocreatedb nocreaterole;
       comment on role ${name(role)} is ${pg.escapeLiteral(`Acorn plugin ${pluginId}`)}`,
    );
  }
  await client.query(`grant acorn_plugin to ${name(role)}; grant ${name(role)} to current_user`);
}

/** The models that have a policy for plugins, whether or not one was given the table. */
async function readableModels(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ model: string }>(
    `select c.relname::text as model from pg_policy p join pg_class c on c.oid = p.polrelid
      where c.relnamespace = 'public'::regnamespace and p.polname = 'plugin' order by 1`,
  );
  return rows.map(({ model }) => model);
}
