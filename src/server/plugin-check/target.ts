import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OperatorError } from '../../base/operator-error.ts';
import type { Composition, OutsidePlugin } from '../../plugin-host/composition.ts';
import { loadPlugins } from '../load-plugins.ts';

/** What is to be checked: a plugin as far as it came, and where its folder is when that is known. */
export interface Target extends OutsidePlugin {
  readonly folder: string | undefined;
}

const tree = fileURLToPath(new URL('../../../plugins/', import.meta.url));

/** Every plugin of the installation. */
export const installedTargets = ({ plugins }: Composition): Target[] =>
  plugins.map((plugin) => ({ from: plugin.id, exported: plugin, folder: treeFolder(plugin.id) }));

/**
 * One plugin: by its id when it is installed, by the path of its folder or file, or by the name of its package.
 * @throws OperatorError when there is nothing there
 */
export async function findTarget(named: string, installed: Composition, folder: string): Promise<Target> {
  const known = installedTargets(installed).find(({ from }) => from === named);
  if (known !== undefined) return known;
  const path = resolve(folder, named);
  if (existsSync(path)) {
    const home = statSync(path).isDirectory() ? path : dirname(path);
    const entry = statSync(path).isDirectory() ? entryOf(path) : path;
    const [loaded] = await loadPlugins([entry], folder);
    return { ...loaded, from: named, folder: home };
  }
  const [loaded] = await loadPlugins([named], folder);
  if (loaded?.exported === undefined) {
    throw new OperatorError(
      'CONFIGURATION_INVALID',
      `There is no plugin "${named}" to check: write the id of an installed one, a path such as ./site-au, or the name of a package. ${loaded?.trouble ?? ''}`.trim(),
    );
  }
  return { ...loaded, folder: packageFolder(named, folder) };
}

/** The folder of a plugin that comes with Acorn: `site-us` is at `plugins/sites/us`. */
function treeFolder(id: string): string | undefined {
  const [kind = '', ...rest] = id.split('-');
  const path = join(tree, `${kind}s`, rest.join('-'));
  return existsSync(join(path, 'index.ts')) ? path : undefined;
}

function entryOf(folder: string): string {
  const description = join(folder, 'package.json');
  const written = existsSync(description)
    ? (JSON.parse(readFileSync(description, 'utf8')) as { exports?: unknown; main?: unknown })
    : {};
  const entry = [written.exports, written.main].find((one) => typeof one === 'string') ?? './index.ts';
  return resolve(folder, entry);
}

function packageFolder(name: string, folder: string): string | undefined {
  const paths = createRequire(join(folder, 'package.json')).resolve.paths(name) ?? [];
  return paths.map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')));
}
