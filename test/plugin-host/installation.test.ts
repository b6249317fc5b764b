import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acorn } from '../server/support/process.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'acorn-plugins-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
const install = (plugins: object) =>
  write('acorn.config.ts', `export default { plugins: ${JSON.stringify(plugins)} };`);
const run = async (...args: string[]) => {
  const process = acorn(args, {}, folder);
  const code = await process.exit;
  return { code, out: process.out(), err: process.err() };
};
/** A plugin as its author would write it, in a file of its own. */
const source = (id: string, members = '') =>
  `import { definePlugin } from 'acorn/plugin';
   export default definePlugin({ id: '${id}', version: '1.0.0', description: 'The plugin ${id}.', platform: '^1.0', ${members} });`;

test('packages by name and files by path are installed by naming them', async () => {
  // As npm would put it there.
  cpSync(
    fileURLToPath(new URL('../../examples/plugin-gb', import.meta.url)),
    join(folder, 'node_modules/acorn-plugin-gb'),
    {
      recursive: true,
    },
  );
  write(
    'node_modules/for-import-only/package.json',
    '{ "type": "module", "exports": { ".": { "import": "./main.ts" } } }',
  );
  write('node_modules/for-import-only/main.ts', source('for-import-only'));
  // This folder has no package.json, so its files are CommonJS.
  write('my-plugin/index.ts', source('mine', `requires: { 'for-import-only': '^1.0' }`));
  install({ install: ['./my-plugin/index.ts', 'for-import-only', 'acorn-plugin-gb'] });

  const { code, out, err } = await run('plugins');
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toContain('Platform 1.0.0, 8 plugins.');
  expect(out).toMatch(/^ {2}GB {2}.* site-gb 1\.0\.0 {2}GB GBP$/m);
  expect(out).toContain('  mine 1.0.0: The plugin mine.\n    platform   ^1.0\n    requires   for-import-only ^1.0\n');
  expect(out.indexOf('for-import-only 1.0.0:')).toBeLessThan(out.indexOf('mine 1.0.0:'));
}, 60_000);

test('what does not fit ends every command with a numbered list, each with its cure', async () => {
  write('one.ts', source('mine', `sites: []`));
  write('other.ts', source('mine'));
  write('broken.ts', 'throw new Error("it never loads");');
  write('nothing.ts', 'export const plugin = 1;');
  install({
    install: ['./one.ts', './other.ts', './broken.ts', './nothing.ts', 'never-installed'],
    config: { 'site-jp': { a: 1 } },
  });

  const expected = `The plugins do not fit, for 5 reasons:
  1. "./broken.ts" cannot be imported: it never loads. Install it beside acorn.config.ts, or remove "./broken.ts" from plugins.install.
  2. "./nothing.ts" is not a plugin: its default export is missing. Write "export default definePlugin({ … })" in it.
  3. 2 plugins are called "mine": 1.0.0 (The plugin mine.) and 1.0.0 (The plugin mine.). Install only one of them.
  4. "never-installed" cannot be imported: Cannot find module 'never-installed'. Install it beside acorn.config.ts, or remove "never-installed" from plugins.install.
  5. "site-jp" takes no configuration, and plugins.config has some for it. Remove plugins.config.site-jp.
`;
  for (const command of ['plugins', 'start']) {
    expect(await run(command)).toEqual({ code: 1, out: '', err: expected });
  }
}, 60_000);

test('a lock that is committed keeps migrations as they were', async () => {
  write('mine/index.ts', source('mine', `migrations: new URL('./migrations/', import.meta.url)`));
  write('mine/package.json', '{ "type": "module" }');
  write('mine/migrations/20260101000000_first/migration.sql', 'create table thing ();');
  install({ install: ['./mine/index.ts'] });

  expect(await run('plugins', 'lock')).toEqual({
    code: 0,
    out: 'plugins.lock.json says what is installed: commit it.\n',
    err: '',
  });
  const lock = JSON.parse(readFileSync(join(folder, 'plugins.lock.json'), 'utf8'));
  expect(lock.plugins.map(({ id }: { id: string }) => id)).toContain('mine');

  write('mine/migrations/20260101000000_first/migration.sql', 'create table other ();');
  const changed = await run('plugins');
  expect(changed.code).toBe(1);
  expect(changed.err).toMatch(
    /^The plugins do not fit: The migration "20260101000000_first" of "mine" has changed since it was locked: /,
  );
  expect(existsSync(join(folder, 'data'))).toBe(false);
}, 60_000);
