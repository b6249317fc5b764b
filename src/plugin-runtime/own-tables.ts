import type { Plugin, PluginServices } from '../seams/plugin.ts';
import type { PluginTables, TransactionLimits } from '../store/plugin-tables.ts';

/** The tables of one plugin, as its services and its fields are handed them. */
export function ownTables(
  plugin: Plugin,
  tables: PluginTables,
  limits: TransactionLimits = {},
): PluginServices['tables'] {
  const { id } = plugin;
  return async (accountId, work) => {
    needTables(plugin);
    return tables.use(id, accountId, work, limits);
  };
}

/** The same through a Prisma client that the plugin opens, which lives no longer than the transaction. */
export function ownModels(plugin: Plugin, tables: PluginTables): PluginServices['models'] {
  return async (accountId, open, work) => {
    needTables(plugin);
    return tables.models(plugin.id, accountId, async (adapter) => {
      const client = open(adapter);
      try {
        return await work(client);
      } finally {
        await client.$disconnect();
      }
    });
  };
}

function needTables({ id, migrations, capabilities }: Plugin): void {
  if (migrations !== undefined || (capabilities?.reads ?? []).length > 0) return;
  throw new Error(`the plugin "${id}" has no tables: give it migrations, or name core models in capabilities.reads`);
}

/**
 * The tables of every plugin as its fields see them: read only, and no longer than a field may take, so that what hangs
 * in one does not keep a connection from the next.
 */
export function fieldTables(
  plugins: readonly Plugin[],
  tables: PluginTables,
  deadlineMillis: number,
): (id: string) => PluginServices['tables'] {
  const limits = { readOnly: true, deadlineMillis };
  const known = new Map(plugins.map((plugin) => [plugin.id, ownTables(plugin, tables, limits)]));
  return (id) => known.get(id) ?? (() => Promise.reject(new Error(`the plugin "${id}" does not run here`)));
}
