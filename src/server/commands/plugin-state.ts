import { OperatorError } from '../../base/operator-error.ts';
import { removePlugin } from '../../store/plugin-remove.ts';
import { switchPlugin } from '../../store/plugin-switches.ts';
import type { Terminal } from '../cli.ts';
import { type Platform, wallClock } from '../platform.ts';

/** What the commands below work on: the database, and what is installed in this folder. */
export interface PluginStateCall {
  readonly platform: Pick<Platform, 'database' | 'databaseUrl'>;
  readonly installed: readonly string[];
  readonly terminal: Pick<Terminal, 'screen'>;
}

/** `acorn plugins disable ID` and `acorn plugins enable ID` */
export async function switchPluginCommand(
  { platform, installed, terminal }: PluginStateCall,
  id: string | undefined,
  enabled: boolean,
): Promise<number> {
  if (id === undefined || !installed.includes(id)) {
    throw wrong(
      `${id === undefined ? 'say which plugin' : `there is no plugin "${id}" here`}: write one of ${installed.join(', ')}`,
    );
  }
  await switchPlugin(platform.database, id, enabled, wallClock());
  terminal.screen.write(
    enabled
      ? `${id} is switched on. Running gateways see it within two seconds.\n`
      : `${id} is switched off: its fields answer PLUGIN_DISABLED, its jobs and listeners rest. Running gateways see it within two seconds.\n`,
  );
  return 0;
}

/** `acorn plugin remove ID`: for a plugin that was taken out of the configuration. */
export async function removePluginCommand(
  { platform, installed, terminal }: PluginStateCall,
  id: string | undefined,
): Promise<number> {
  if (id === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw wrong('say which plugin to remove, by its id, such as "acorn plugin remove site-gb"');
  }
  if (installed.includes(id)) {
    throw wrong(
      `the plugin "${id}" is installed and would bring its tables back: take it out of acorn.config.ts first`,
    );
  }
  const { tables, known } = await removePlugin(platform.databaseUrl, id);
  terminal.screen.write(
    known
      ? `${id} is removed, with ${tables.length === 0 ? 'no tables' : `its tables ${tables.join(', ')}`}.\n`
      : `Nothing of a plugin "${id}" is in this database.\n`,
  );
  return 0;
}

const wrong = (what: string) => new OperatorError('CONFIGURATION_INVALID', `The command is wrong: ${what}.`);
