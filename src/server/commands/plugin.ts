import type { Call, Command } from '../cli.ts';
import { wrongCommand } from './configured.ts';

/** `acorn plugin new`, `acorn plugin check` and `acorn plugin remove` */
export const pluginCommand: Command = async (call) => {
  const [action, ...words] = call.words;
  switch (action) {
    case 'new':
      return (await import('./plugin-new.ts')).pluginNewCommand({ ...call, words });
    case 'check':
      return (await import('./plugin-check.ts')).pluginCheckCommand({ ...call, words });
    case 'remove':
      return remove(call, words[0]);
    default:
      throw wrongCommand('write "acorn plugin new", "acorn plugin check" or "acorn plugin remove"');
  }
};

async function remove({ config, terminal }: Call, id: string | undefined): Promise<number> {
  const { composeInstallation } = await import('../composition.ts');
  const { openPlatform } = await import('../platform.ts');
  const { removePluginCommand } = await import('./plugin-state.ts');
  const { plugins } = await composeInstallation(config.plugins, terminal.folder);
  const platform = await openPlatform(config, { log: (line) => terminal.complain(`${line}\n`), join: true });
  try {
    return await removePluginCommand({ platform, installed: plugins.map((plugin) => plugin.id), terminal }, id);
  } finally {
    await platform.close();
  }
}
