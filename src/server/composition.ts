import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plugins } from '../../plugins/index.ts';
import { OperatorError } from '../base/operator-error.ts';
import { compose } from '../plugin-host/compose.ts';
import type { Composition, PluginLock, Problem } from '../plugin-host/composition.ts';
import { readMigrations } from '../plugin-host/read-migrations.ts';
import { core } from './core.ts';
import type { PluginsConfig } from './define-config.ts';
import { loadPlugins } from './load-plugins.ts';
import { readSiteTables } from './site-table-file.ts';

/** The lock of the plugins that come with Acorn, and of a folder that installs others. */
export const treeLock = fileURLToPath(new URL('../../schema/plugins.lock.json', import.meta.url));
export const folderLock = 'plugins.lock.json';

/**
 * The core with the plugins of the tree and those an operator installed beside them: what the server, its workers,
 * every command and the tests run on.
 *
 * @param folder where acorn.config.ts is
 * @throws OperatorError PLUGINS_DO_NOT_FIT with everything that is wrong
 */
export async function composeInstallation(
  { install = [], config = {}, allowPlatformMismatch = [], siteTables = {} }: PluginsConfig,
  folder: string,
): Promise<Composition> {
  const outside = await loadPlugins(install, folder);
  const lock = readLock(folder);
  const composed = compose(
    core,
    [...plugins, ...outside],
    {
      config,
      allowPlatformMismatch,
      siteTables: readSiteTables(siteTables, folder),
      ...(lock !== undefined && { lock }),
    },
    readMigrations,
  );
  if (!composed.ok) throw new OperatorError('PLUGINS_DO_NOT_FIT', problemList(composed.refusal));
  return composed.value;
}

/** Every problem with its cure, numbered, for a person. */
export function problemList(problems: readonly Problem[]): string {
  const [first] = problems;
  if (first !== undefined && problems.length === 1) return `The plugins do not fit: ${first.message} ${first.cure}`;
  const lines = problems.map(({ message, cure }, index) => `  ${index + 1}. ${message} ${cure}`);
  return `The plugins do not fit, for ${problems.length} reasons:\n${lines.join('\n')}`;
}

/** Every right a key can have: the core's, and those that plugins add. */
export const rightsOf = ({ plugins: installed }: Pick<Composition, 'plugins'>): readonly string[] => [
  ...core.scopes,
  ...installed.flatMap(({ scopes = {} }) => Object.keys(scopes)),
];

/** A folder's own lock counts before the one that came with Acorn. */
function readLock(folder: string): PluginLock | undefined {
  const path = [join(folder, folderLock), treeLock].find((file) => existsSync(file));
  if (path === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PluginLock;
  } catch (error) {
    throw new OperatorError(
      'CONFIGURATION_INVALID',
      `${path} is not the JSON that was written there: restore it from version control.`,
      { cause: error },
    );
  }
}
