import Module, { register } from 'node:module';
import { fileURLToPath } from 'node:url';

const contract = new URL('../seams/public.ts', import.meta.url).href;
const specifier = 'acorn/plugin';

type Resolve = (request: string, ...rest: readonly unknown[]) => string;
let provided = false;

/**
 * Have every plugin, wherever its folder is, import `acorn/plugin` from the Acorn that loads it.
 *
 * A plugin in a folder of its own needs no copy of Acorn beside it, and can never meet a second one. Called once, before
 * the first plugin is imported, after TypeScript can be run.
 */
export function provideContract(): void {
  if (provided) return;
  provided = true;
  const hook = `export const resolve = (request, context, next) =>
    next(request === ${JSON.stringify(specifier)} ? ${JSON.stringify(contract)} : request, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);

  // A folder without "type": "module" is CommonJS, which asks elsewhere.
  const commonJs = Module as unknown as { _resolveFilename: Resolve };
  const usual = commonJs._resolveFilename;
  commonJs._resolveFilename = (request, ...rest) =>
    Reflect.apply(usual, commonJs, [request === specifier ? fileURLToPath(contract) : request, ...rest]) as string;
}
