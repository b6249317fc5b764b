import type { Command } from '../cli.ts';
import { composeInstallation } from '../composition.ts';
import { previewFile } from '../preview/preview-file.ts';
import { printPreview } from '../preview/print.ts';
import { wrongCommand } from './configured.ts';

/** `acorn preview`: what a site makes of an invoice in a file, without a server or a database. 1 when the file is refused. */
export const previewCommand: Command = async ({ words: [file, ...others], values, config, terminal }) => {
  if (file === undefined || others.length > 0) {
    throw wrongCommand('say which file, such as "acorn preview invoice.json"');
  }
  const composition = await composeInstallation(config.plugins, terminal.folder);
  const answer = await previewFile(file, terminal.folder, composition);
  if (!answer.ok) {
    const lines = answer.refusal.map(
      ({ code, path, message }) => `${code} ${path === '' ? '' : `${path}: `}${message}\n`,
    );
    if (values.json === true) terminal.screen.write(`${JSON.stringify({ errors: answer.refusal }, null, 2)}\n`);
    else terminal.complain(lines.join(''));
    return 1;
  }
  terminal.screen.write(
    values.json === true ? `${JSON.stringify(answer.value, null, 2)}\n` : printPreview(answer.value),
  );
  return 0;
};
