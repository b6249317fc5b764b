import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OutsidePlugin } from '../plugin-host/composition.ts';
import { provideContract } from './provide-contract.ts';

/**
 * Import what `plugins.install` names: packages as code in `folder` would find them, and files relative to it. What
 * cannot be imported comes back with the reason, so that it is told beside everything else that is wrong.
 */
export async function loadPlugins(install: readonly string[], folder: string): Promise<OutsidePlugin[]> {
  if (install.length === 0) return [];
  provideContract();
  return Promise.all(
    install.map(async (from): Promise<OutsidePlugin> => {
      try {
        const { default: exported } = (await import(pathToFileURL(locate(from, folder)).href)) as {
          default?: unknown;
        };
        return { from, exported: unwrapped(exported) };
      } catch (error) {
        return { from, trouble: reason(error, folder) };
      }
    }),
  );
}

function locate(from: string, folder: string): string {
  if (from.startsWith('.') || isAbsolute(from)) return resolve(folder, from);
  const require = createRequire(join(folder, 'package.json'));
  try {
    return require.resolve(from);
  } catch (error) {
    // A package may be made for `import` alone, which `require` does not see.
    const found = importEntry(from, require.resolve.paths(from) ?? []);
    if (found === undefined) throw error;
    return found;
  }
}

/** The file a package offers to `import`, in the first of these folders that has the package. */
function importEntry(name: string, folders: readonly string[]): string | undefined {
  const home = folders.map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')));
  if (home === undefined) return undefined;
  const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { exports?: unknown };
  const entry = conditional(isRecord(exports) && '.' in exports ? exports['.'] : exports);
  return entry === undefined ? undefined : join(home, entry);
}

/** @source Node.js, "Conditional exports": the first condition that holds, in the order written */
function conditional(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (!isRecord(target)) return undefined;
  const holds = new Set(['import', 'node', 'default']);
  for (const [condition, value] of Object.entries(target)) {
    const found = holds.has(condition) ? conditional(value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** In a folder whose package.json does not say "module" a file is CommonJS, and its default one step further in. */
const unwrapped = (exported: unknown): unknown =>
  isRecord(exported) && '__esModule' in exported && 'default' in exported ? exported.default : exported;

/** The first line, without the folder everybody knows. */
function reason(error: unknown, folder: string): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replaceAll(`${folder}/`, './').replaceAll(pathToFileURL(folder).href, '.');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
