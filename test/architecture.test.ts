import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const values = ['src/base', 'src/domain', 'src/seams'];
/** The public contract, by its own name: all that a plugin may import beside its own folder. */
const contract = 'acorn/plugin';

/** Who may import whom, beside itself. Absent means never, so there is no way to write a cycle between folders. */
const mayImport: Record<string, readonly string[]> = {
  'src/base': [],
  'src/domain': ['src/base'],
  'src/seams': ['src/base', 'src/domain'],
  plugins: [contract],
  'examples/plugin-gb': [contract],
  'src/store': values,
  'src/change-log': [...values, 'src/store'],
  'src/ingest': [...values, 'src/store', 'src/change-log'],
  'src/plugin-host': values,
  'src/plugin-runtime': [...values, 'src/store', 'src/change-log', 'src/plugin-host'],
  'src/webhooks': [...values, 'src/store', 'src/change-log'],
  schema: [...values, 'src/store', 'src/change-log', 'src/webhooks', 'src/plugin-host'],
  // It knows the API, and nothing of the server behind it.
  'src/client': [],
  'examples/client': ['acorn/client'],
  // What "acorn plugin new" writes; its tests may ask the laws.
  'src/server/templates': [contract, 'acorn/laws'],
  'src/server': ['src', 'schema', 'plugins', 'examples', 'acorn.config.ts'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  /** Erased at run time. */
  readonly typeOnly: boolean;
}

const sources = Object.keys(mayImport)
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts') && !file.includes('generated'));
const imports = sources.flatMap(importsOf);

function importsOf(from: string): Import[] {
  const text = readFileSync(join(root, from), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statements = text.matchAll(
    /\b(import|export)\s+(type\s+)?(?:([\s\S]*?)\s+from\s+)?['"]((?:\.|acorn\/)[^'"]+)['"]|\bimport\(\s*['"]((?:\.|acorn\/)[^'"]+)['"]\s*\)/g,
  );
  return [...statements].map(([, , typeKeyword, names, path, dynamicPath]) => ({
    from,
    to: targetOf(from, path ?? dynamicPath ?? ''),
    typeOnly: typeKeyword !== undefined || (names !== undefined && /^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names.trim())),
  }));
}

function targetOf(from: string, path: string): string {
  return path.startsWith('.') ? relative(root, resolve(root, dirname(from), path)) : path;
}

/** The folder of the table a file lives in; each plugin is a folder of its own. */
function roomOf(file: string): string {
  const plugin = /^plugins\/(sites|connectors)\/[^/]+/.exec(file);
  if (plugin !== null) return plugin[0];
  return Object.keys(mayImport).find((folder) => file.startsWith(`${folder}/`)) ?? dirname(file);
}

test('no import points up, and no plugin imports another', () => {
  expect(sources.length).toBeGreaterThan(40);
  expect(imports.length).toBeGreaterThan(100);
  const wrong = imports.filter(({ from, to }) => {
    const [room, target] = [roomOf(from), roomOf(to)];
    if (room === target || from === 'plugins/index.ts') return false;
    const allowed = mayImport[room] ?? mayImport[room.startsWith('plugins/') ? 'plugins' : ''] ?? [];
    return !allowed.some((folder) => to === folder || to.startsWith(`${folder}/`));
  });
  expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('a plugin, in the tree or outside it, imports the public contract and its own folder', () => {
  const plugins = imports.filter(({ from }) => /^(plugins\/[^/]+\/|examples\/plugin-)/.test(from));
  expect(plugins.filter(({ to }) => to === contract).length).toBeGreaterThan(40);
  expect(
    plugins
      .filter(({ from, to }) => to !== contract && roomOf(to) !== roomOf(from))
      .map(({ from, to }) => `${from} -> ${to}`),
  ).toEqual([]);
});

test('files import values in one direction: no cycle is left once types are erased', () => {
  const next = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) {
    const file = to === contract ? 'src/seams/public.ts' : to === 'acorn/client' ? 'src/client/index.ts' : to;
    if (!typeOnly) next.set(from, [...(next.get(from) ?? []), file]);
  }
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  expect(cycles).toEqual([]);
});

test('only the store opens a database client', () => {
  const clients = sources.filter((file) =>
    /from ['"](pg|@prisma\/adapter-pg)['"]/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(
    clients.filter(
      (file) => !file.startsWith('src/store/') && !/^import type/m.test(readFileSync(join(root, file), 'utf8')),
    ),
  ).toEqual([]);
});

test('no code outside plugins/sites compares a site code', () => {
  const compares = /\bsite(Code)?\b\s*(===|!==|==|!=)\s*['"](US|CA|EU|JP)['"]/;
  const offenders = sources.filter(
    (file) => !file.startsWith('plugins/sites/') && compares.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(offenders).toEqual([]);
});

test('no logic reads a clock: today is an argument', () => {
  const rooms = [
    'src/base/',
    'src/domain/',
    'src/seams/',
    'src/change-log/',
    'src/ingest/',
    'src/plugin-host/',
    'src/webhooks/',
    'schema/',
    'plugins/sites/',
  ];
  // It puts a broken clock in the place of the real one, to catch whoever reads it.
  const theTrap = 'src/seams/laws/outside.ts';
  const clock = /\bnew Date\(\)|\bDate\.now\(\)/;
  const offenders = sources.filter(
    (file) =>
      file !== theTrap &&
      rooms.some((room) => file.startsWith(room)) &&
      clock.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(offenders).toEqual([]);
});
