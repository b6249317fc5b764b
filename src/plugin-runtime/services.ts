import type { Instant } from '../base/instant.ts';
import { validated } from '../plugin-host/validate.ts';
import type { Plugin, PluginServices } from '../seams/plugin.ts';
import type { Database } from '../store/database.ts';
import { appendPluginEvent } from '../store/plugin-events.ts';
import type { PluginTables } from '../store/plugin-tables.ts';
import { ownModels, ownTables } from './own-tables.ts';

/** Where plugins' lines go. The plugin's id is among the facts. */
export interface PluginLog {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}

export interface ServicesOptions {
  readonly database: Database;
  readonly tables: PluginTables;
  readonly configOf: (id: string) => unknown;
  readonly log: PluginLog;
  readonly now: () => Instant;
}

/** What one plugin is handed: no more than it declares. */
export function servicesOf(plugin: Plugin, { database, tables, configOf, log, now }: ServicesOptions): PluginServices {
  const { id } = plugin;
  return {
    config: configOf(id),
    log: {
      info: (message, facts) => log.info({ ...facts, plugin: id }, message),
      warn: (message, facts) => log.warn({ ...facts, plugin: id }, message),
    },
    now,
    tables: ownTables(plugin, tables),
    models: ownModels(plugin, tables),
    emit: async (accountId, event, payload, key) => {
      const declared = Object.hasOwn(plugin.emits ?? {}, event) ? plugin.emits?.[event] : undefined;
      if (declared === undefined) {
        const known = Object.keys(plugin.emits ?? {}).map((name) => `"${name}"`);
        throw new Error(
          `the plugin "${id}" emits no "${event}": declare it in emits${known.length === 0 ? '' : `, or emit one of ${known.join(', ')}`}`,
        );
      }
      const checked = validated(declared.schema, payload);
      if (!checked.ok) {
        const [issue] = checked.issues;
        throw new Error(
          `the payload of "${id}.${event}" does not satisfy its schema: ${issue?.path ? `${issue.path}: ` : ''}${issue?.message ?? 'refused'}`,
        );
      }
      await appendPluginEvent(database, accountId, {
        pluginId: id,
        kind: `${id}.${event}`,
        version: declared.version,
        payload: checked.value,
        key,
        occurredAt: now(),
      });
    },
  };
}
