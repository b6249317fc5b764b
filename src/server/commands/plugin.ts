import type { Command } from '../cli.ts';
import { wrongCommand } from './configured.ts';

/** `acorn plugin new` and `acorn plugin check` */
export const pluginCommand: Command = async (call) => {
  const [action, ...words] = call.words;
  switch (action) {
    case 'new':
      return (await import('./plugin-new.ts')).pluginNewCommand({ ...call, words });
    case 'check':
      return (await import('./plugin-check.ts')).pluginCheckCommand({ ...call, words });
    default:
      throw wrongCommand('write "acorn plugin new" or "acorn plugin check"');
  }
};
