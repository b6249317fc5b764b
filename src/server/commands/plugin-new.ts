import { relative, resolve } from 'node:path';
import { day } from '../../base/calendar-date.ts';
import type { Command } from '../cli.ts';
import { wallClock } from '../platform.ts';
import { storeAt } from '../plugin-new/stores.ts';
import { writePlugin } from '../plugin-new/write.ts';
import { wrongCommand } from './configured.ts';

/** `acorn plugin new NAME --site XX` or `--connector`: a folder with a plugin that works, and what to do next. */
export const pluginNewCommand: Command = async ({ words: [name, ...more], values, terminal }) => {
  const { site, connector = false, out } = values;
  if (name === undefined || more.length > 0) throw wrongCommand('give the plugin one name, such as "site-au"');
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw wrongCommand(
      `"${name}" is no name for a plugin: write lower-case words joined by hyphens, such as "site-au"`,
    );
  }
  if ((site === undefined) === !connector)
    throw wrongCommand('write either --site with its code, such as AU, or --connector');
  if (site !== undefined && !/^[A-Z]{2}$/.test(site))
    throw wrongCommand('--site: write two capital letters, such as AU');

  const folder = resolve(terminal.folder, out ?? name);
  const files = writePlugin({ name, folder, site, today: day(wallClock().slice(0, 10)) });
  const shown = `./${relative(terminal.folder, folder)}`;
  const facts =
    site === undefined
      ? ['say what a document looks like in columns.ts, and what it says in translate.ts']
      : [
          ...(storeAt(site) === undefined ? ['give the store its id, name, currency and zone in index.ts'] : []),
          'write the rates, with their laws, in tax-rates.ts, the holidays in bank-holidays.ts, and cases in golden.ts',
        ];
  terminal.screen.write(
    `${[
      `Wrote ${name} to ${shown}: ${files.join(', ')}.`,
      '',
      ...[`acorn plugin check ${shown}`, ...facts, `acorn.config.ts: plugins: { install: ['${shown}/index.ts'] }`].map(
        (step, index) => `  ${index + 1}. ${step}`,
      ),
    ].join('\n')}\n`,
  );
  return 0;
};
