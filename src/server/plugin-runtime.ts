import { fileURLToPath } from 'node:url';
import type { Instant } from '../base/instant.ts';
import type { HungBell } from '../change-log/bell.ts';
import type { Composition } from '../plugin-host/composition.ts';
import type { BreakerState } from '../plugin-host/schema/breaker.ts';
import { type PluginRuntime, startPluginRuntime } from '../plugin-runtime/runtime.ts';
import { startWatchdog } from '../plugin-runtime/watchdog.ts';
import type { Plugin } from '../seams/plugin.ts';
import { migratePlugins, type PluginData } from '../store/plugin-migrate.ts';
import type { AcornLog } from './log.ts';
import type { Platform } from './platform.ts';

export interface BringPluginsUp {
  readonly platform: Pick<Platform, 'database' | 'databaseUrl'>;
  /** Rings when the log grows. Left out: one of the plugins' own. */
  readonly bell?: HungBell;
  readonly composition: Pick<Composition, 'plugins' | 'configOf'>;
  readonly acornLog: AcornLog;
  /** A line for the person who starts it. */
  readonly say: (line: string) => void;
  readonly now: () => Instant;
  readonly breakerOf?: (id: string) => BreakerState;
}

/**
 * The tables of every plugin, then the plugins themselves. Called once the core's migrations are in, before anybody is
 * answered; the plugins start by themselves, and nobody waits for one that is slow.
 *
 * @throws OperatorError when a plugin's migration does not go in
 */
export async function bringPluginsUp({
  platform: { database, databaseUrl },
  bell,
  composition,
  acornLog: { log, hide },
  say,
  now,
  breakerOf,
}: BringPluginsUp): Promise<PluginRuntime> {
  const { leftOver } = await migratePlugins(databaseUrl, composition.plugins.map(dataOf), { log: say });
  for (const id of leftOver) {
    say(
      `The plugin ${id} is not installed any more, and its tables are still here: "acorn plugin remove ${id}" drops them.`,
    );
  }
  for (const plugin of composition.plugins) {
    for (const secret of secretsOf(plugin, composition.configOf(plugin.id))) hide(secret);
  }
  const callOff = startWatchdog({ databaseUrl });
  const runtime = await startPluginRuntime({
    database,
    databaseUrl,
    ...(bell === undefined ? {} : { bell }),
    composition,
    log,
    now,
    ...(breakerOf === undefined ? {} : { breakerOf }),
  });
  return {
    ...runtime,
    stop: async () => {
      await runtime.stop();
      await callOff();
    },
  };
}

/** What a plugin brings to the database. */
export const dataOf = ({ id, migrations, capabilities }: Plugin): PluginData => ({
  id,
  reads: capabilities?.reads ?? [],
  ...(migrations === undefined ? {} : { folder: fileURLToPath(migrations) }),
});

/** The values of the configuration that a plugin says are secret. */
export function secretsOf({ config }: Plugin, configuration: unknown): string[] {
  return (config?.secrets ?? []).flatMap((path) => {
    const value = path.split('.').reduce<unknown>((at, key) => {
      return typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[key] : undefined;
    }, configuration);
    return typeof value === 'string' ? [value] : [];
  });
}
