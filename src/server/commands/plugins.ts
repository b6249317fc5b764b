import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printLock } from '../../plugin-host/lock.ts';
import type { Call, Command } from '../cli.ts';
import { composeInstallation, folderLock } from '../composition.ts';
import { core } from '../core.ts';
import { describePlugins } from '../plugin-list.ts';
import { wrongCommand } from './configured.ts';
import { withPlatform } from './on-database.ts';
import { type PluginStateCall, switchPluginCommand } from './plugin-state.ts';

/**
 * `acorn plugins`: what is installed and who fills what. `acorn plugins lock` writes it down to be committed, `enable` and
 * `disable` switch a plugin while Acorn runs.
 */
export const pluginsCommand: Command = async (call) => {
  const {
    words: [action, id, ...rest],
    config,
    terminal,
  } = call;
  if (rest.length > 0) throw usage();
  switch (action) {
    case undefined: {
      const composition = await composeInstallation(config.plugins, terminal.folder);
      terminal.screen.write(`${describePlugins(composition, core.version, core.slots).join('\n')}\n`);
      return 0;
    }
    case 'lock': {
      if (id !== undefined) throw usage();
      const { lock } = await composeInstallation(config.plugins, terminal.folder);
      writeFileSync(join(terminal.folder, folderLock), printLock(lock));
      terminal.screen.write(`${folderLock} says what is installed: commit it.\n`);
      return 0;
    }
    case 'enable':
    case 'disable':
      return onState(call, (state) => switchPluginCommand(state, id, action === 'enable'));
    default:
      throw usage();
  }
};

const onState = (call: Call, work: (state: PluginStateCall) => Promise<number>) =>
  withPlatform(call, (platform, { plugins }) =>
    work({ platform, installed: plugins.map(({ id }) => id), terminal: call.terminal }),
  );

const usage = () =>
  wrongCommand('write "acorn plugins", followed by nothing, by lock, or by enable or disable and an id');
