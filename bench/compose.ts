import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compose } from '../src/plugin-host/compose.ts';
import type { Plugin } from '../src/seams/plugin.ts';
import { core } from '../src/server/core.ts';
import { provideContract } from '../src/server/provide-contract.ts';

// What plugins cost at a start: "npx tsx bench/compose.ts". Each generated plugin brings a site, a connector-sized piece
// of schema, an event, a listener, a job and configuration; each after the first requires the one before it.

const counts = [4, 20, 100] as const;
const runs = 5;
const bin = fileURLToPath(new URL('../bin/acorn.js', import.meta.url));

/** A plugin as an author would write it, number `n`. */
function source(n: number): string {
  const [id, type, field] = [`site-gen${n}`, `Gen${n}`, `gen${n}`];
  return `import { defineSite, definePlugin, no } from 'acorn/plugin';
const anything = { '~standard': { version: 1, vendor: 'bench', validate: (value) => ({ value }) } };
const refuse = (question) => () => no({ code: 'NOT_ANSWERED_YET', site: 'G${n}', question });
export default definePlugin({
  id: '${id}', version: '1.0.0', description: 'Generated plugin ${n}.', platform: '^1.0',
  ${n === 0 ? '' : `requires: { 'site-gen${n - 1}': '^1.0' },`}
  sites: [defineSite({ code: 'G${n}', name: 'Generated ${n}', tax: refuse('tax'), payday: refuse('payday'),
    marketplaces: [{ id: 'GEN${n}', country: 'US', currency: 'USD', timeZone: 'UTC' }] })],
  config: { deployment: anything },
  emits: { settled: { version: 1, description: 'Settled.', schema: anything, example: {} } },
  on: [{ name: 'watch', to: ['invoice-issued', '${id}.settled'], handle: async () => {} }],
  jobs: [{ name: 'tidy', everySeconds: 3600, deadlineSeconds: 10, run: async () => {} }],
  schema: {
    sdl: \`
      extend type Query { "The local settings." ${field}Settings: ${type}Settings }
      extend type Invoice { "What only this site asks." ${field}: ${type}Invoice }
      extend type PurchaseOrder { "What only this site asks." ${field}: ${type}Order }
      "Settings." type ${type}Settings { "Whether." enabled: Boolean "A mode." mode: ${type}Mode }
      "A mode." enum ${type}Mode { "One." ONE "Two." TWO }
      "The local part of an invoice." type ${type}Invoice { "Its number here." number: String "Its lines." parts: [${type}Part!] }
      "A part." type ${type}Part { "A label." label: String "A count." count: Int }
      "The local part of an order." type ${type}Order { "Its number here." number: String }
    \`,
    fields: {
      'Query.${field}Settings': { needs: 'account:read', resolve: () => ({ enabled: true, mode: 'ONE' }) },
      'Invoice.${field}': { needs: 'invoice:read', select: { number: true }, resolve: ({ number }) => ({ number, parts: [] }) },
      'PurchaseOrder.${field}': { needs: 'order:read', select: { number: true }, resolve: ({ number }) => ({ number }) },
    },
  },
  capabilities: { reads: ['Invoice', 'PurchaseOrder'] },
});
`;
}

/** A folder with an acorn.config.ts that installs `count` generated plugins. */
function project(root: string, count: number): { readonly folder: string; readonly files: readonly string[] } {
  const folder = join(root, `with-${count}`);
  mkdirSync(join(folder, 'plugins'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const files = Array.from({ length: count }, (_, n) => `./plugins/generated-${n}.ts`);
  for (const [n, file] of files.entries()) writeFileSync(join(folder, file), source(n));
  writeFileSync(
    join(folder, 'acorn.config.ts'),
    `export default { port: 0, plugins: { install: ${JSON.stringify(files)} } };`,
  );
  return { folder, files: files.map((file) => join(folder, file)) };
}

/** Milliseconds to compose: the first time, and the middle of the runs after it. */
function timeCompose(plugins: readonly Plugin[]): {
  readonly first: number;
  readonly warm: number;
  readonly tenant: number;
} {
  const once = () => {
    const started = performance.now();
    const composed = compose(core, plugins, { config: {} });
    const millis = performance.now() - started;
    if (!composed.ok) throw new Error(JSON.stringify(composed.refusal.slice(0, 3), null, 2));
    return { millis, composition: composed.value };
  };
  const { millis: first, composition } = once();
  const warm = middle(Array.from({ length: runs }, () => once().millis));
  const started = performance.now();
  composition.schemaFor(['G0', 'G1']);
  return { first, warm, tenant: performance.now() - started };
}

/** Seconds from nothing to answering, with a database that is there already. */
async function timeBoot(folder: string, times: number): Promise<number> {
  const seconds: number[] = [];
  // The first one makes the database, which has nothing to do with plugins.
  for (let run = 0; run <= times; run += 1) {
    const ready = await boot(folder);
    if (run > 0) seconds.push(ready);
  }
  return middle(seconds);
}

async function boot(folder: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [bin, 'start'], {
    cwd: folder,
    env: { ...process.env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`acorn start ended with ${code} before it was ready`)));
  });
  const ready = new Promise<number>((resolve) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('"msg":"ready"') || said.includes('"ready"')) resolve((performance.now() - started) / 1_000);
    });
  });
  const seconds = await Promise.race([ready, ended]);
  ended.catch(() => {});
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await gone;
  return seconds;
}

const middle = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const root = mkdtempSync(join(tmpdir(), 'acorn-bench-'));
provideContract();
try {
  const rows = [];
  for (const count of counts) {
    const { folder, files } = project(root, count);
    const loading = performance.now();
    const plugins = await Promise.all(
      files.map(async (file) => ((await import(pathToFileURL(file).href)) as { default: Plugin }).default),
    );
    const loaded = performance.now() - loading;
    const { first, warm, tenant } = timeCompose(plugins);
    const seconds = await timeBoot(folder, 3);
    rows.push({
      plugins: count,
      'import ms': Math.round(loaded),
      'compose, first ms': Math.round(first),
      'compose, warm ms': Math.round(warm),
      'schema of one tenant ms': Math.round(tenant),
      'boot s': Number(seconds.toFixed(1)),
    });
  }
  console.table(rows);
} finally {
  rmSync(root, { recursive: true, force: true });
}
