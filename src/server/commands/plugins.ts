import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printLock } from '../../plugin-host/lock.ts';
import type { Command } from '../cli.ts';
import { composeInstallation, folderLock } from '../composition.ts';
import { core } from '../core.ts';
import { describePlugins } from '../plugin-list.ts';
import { wrongCommand } from './configured.ts';

/** `acorn plugins`: what is installed and who fills what; `acorn plugins lock` writes it down to be committed. */
export const pluginsCommand: Command = async ({ words: [action, ...rest], config, terminal }) => {
  if ((action !== undefined && action !== 'lock') || rest.length > 0) {
    throw wrongCommand('write "acorn plugins" or "acorn plugins lock"');
  }
  const composition = await composeInstallation(config.plugins, terminal.folder);
  if (action === 'lock') {
    writeFileSync(join(terminal.folder, folderLock), printLock(composition.lock));
    terminal.screen.write(`${folderLock} says what is installed: commit it.\n`);
    return 0;
  }
  terminal.screen.write(`${describePlugins(composition, core.version, core.slots).join('\n')}\n`);
  return 0;
};
