import Module, { register } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What of Acorn a plugin may import, and its own tests beside it. */
const contract: ReadonlyMap<string, string> = new Map([
  ['acorn/plugin', new URL('../seams/public.ts', import.meta.url).href],
  ['acorn/laws', new URL('../seams/laws/index.ts', import.meta.url).href],
]);

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
  const hook = `const contract = new Map(${JSON.stringify([...contract])});
    export const resolve = (request, context, next) => next(contract.get(request) ?? request, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);

  // A folder without "type": "module" is CommonJS, which asks elsewhere.
  const commonJs = Module as unknown as { _resolveFilename: Resolve };
  const usual = commonJs._resolveFilename;
  commonJs._resolveFilename = (request, ...rest) => {
    const url = contract.get(request);
    return Reflect.apply(usual, commonJs, [url === undefined ? request : fileURLToPath(url), ...rest]) as string;
  };
}
