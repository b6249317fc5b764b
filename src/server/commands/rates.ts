import type { Command } from '../cli.ts';
import { importRateFiles } from '../import-rate-files.ts';
import { wallClock } from '../platform.ts';
import { wrongCommand } from './configured.ts';
import { withPlatform } from './on-database.ts';

/** `acorn rates import`: works beside a running Acorn, whose next answers use what landed, or alone. */
export const ratesCommand: Command = async (call) => {
  const [action, ...files] = call.words;
  if (action !== 'import' || files.length === 0) {
    throw wrongCommand('say which files to import, such as "acorn rates import eurofxref-daily.xml"');
  }
  return withPlatform(call, async ({ database }) => {
    const say = (line: string) => call.terminal.screen.write(`${line}\n`);
    const clean = await importRateFiles(database, files, wallClock, say);
    return clean ? 0 : 1;
  });
};
