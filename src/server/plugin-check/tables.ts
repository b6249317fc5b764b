import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finding, judgeLater, type Law, must } from '../../seams/laws/law.ts';
import type { Plugin } from '../../seams/plugin.ts';
import { connected } from '../../store/database-connection.ts';
import { startEmbeddedPostgres } from '../../store/embedded-postgres.ts';
import { migrate } from '../../store/migrate.ts';
import { migratePlugins } from '../../store/plugin-migrate.ts';
import { removePlugin } from '../../store/plugin-remove.ts';
import { dataOf } from '../plugin-runtime.ts';

const laws = {
  migrates: {
    number: 'D1',
    says: 'Its migrations apply, after those of the plugins it requires; applied again they do nothing.',
  },
  apart: { number: 'D2', says: 'Its tables are its own: the core’s are as they were.' },
  leaves: { number: 'D3', says: 'Removed, nothing of it is left.' },
} satisfies Record<string, Law>;

const coreMigrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** Migrate a plugin's tables in a real database of its own, in a temporary folder, and take them out again. */
export async function tableFindings(plugin: Plugin, required: readonly Plugin[]): Promise<Finding[]> {
  const { id } = plugin;
  if (plugin.migrations === undefined) {
    return Object.values(laws).map((law) => ({ ...law, of: id, verdict: 'not-asked', because: 'it has no tables' }));
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'acorn-check-'));
  const server = await startEmbeddedPostgres({ dataDir, durability: 'none' });
  try {
    const url = server.url('postgres');
    await migrate(url, [coreMigrations]);
    const before = await shapes(url);
    return [
      await judgeLater(id, laws.migrates, async () => {
        const plugins = [...required, plugin].map(dataOf);
        const { applied } = await migratePlugins(url, plugins);
        must(
          applied.some((name) => name.startsWith(`${id}/`)),
          'its folder of migrations holds none',
        );
        const again = await migratePlugins(url, plugins);
        must(again.applied.length === 0, `applied again, ${again.applied.join(', ')} is applied once more`);
        return undefined;
      }),
      await judgeLater(id, laws.apart, async () => {
        const now = new Set(await shapes(url));
        const lost = before.filter((shape) => !now.has(shape));
        must(lost.length === 0, `of the core’s tables ${lost.join('; ')} is gone or different`);
        return undefined;
      }),
      await judgeLater(id, laws.leaves, async () => {
        for (const one of [plugin, ...[...required].reverse()]) await removePlugin(url, one.id);
        const [was, is] = [new Set(before), await shapes(url)];
        const left = is.filter((shape) => !was.has(shape));
        must(left.length === 0, `${left.join('; ')} is left`);
        must(is.length === before.length, 'something of the core went with it');
        return undefined;
      }),
    ];
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Every column, constraint, trigger and policy outside PostgreSQL's own schemas, and every role, a line of text each. */
const shapes = (url: string): Promise<string[]> =>
  connected(url, async (client) => {
    const { rows } = await client.query<{ shape: string }>(`
      with spaces as (
        select oid, nspname::text as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
      )
      select 'schema ' || name as shape from spaces
      union all
      select 'column ' || n.name || '.' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
          || case when a.attnotnull then ' not null' else '' end
        from pg_class c join spaces n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped
      union all
      select 'constraint ' || n.name || '.' || c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
        from pg_constraint k join pg_class c on c.oid = k.conrelid join spaces n on n.oid = c.relnamespace
      union all
      select 'trigger ' || n.name || '.' || c.relname || ' ' || t.tgname
        from pg_trigger t join pg_class c on c.oid = t.tgrelid join spaces n on n.oid = c.relnamespace where not t.tgisinternal
      union all
      select 'policy ' || schemaname || '.' || tablename || ' ' || policyname from pg_policies
      union all
      select 'role ' || rolname from pg_roles
      order by 1`);
    return rows.map(({ shape }) => shape);
  });
