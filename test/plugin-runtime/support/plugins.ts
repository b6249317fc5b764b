import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { instant } from '../../../src/base/instant.ts';
import type { PluginLimits } from '../../../src/plugin-runtime/limits.ts';
import { type PluginRuntime, startPluginRuntime } from '../../../src/plugin-runtime/runtime.ts';
import type { Plugin } from '../../../src/seams/plugin.ts';
import { dataOf } from '../../../src/server/plugin-runtime.ts';
import { migratePlugins } from '../../../src/store/plugin-migrate.ts';
import type { TestWorld } from '../../support/world.ts';

/** A plugin that does nothing, unless told otherwise. */
export const aPlugin = (plugin: Partial<Plugin> & { readonly id: string }): Plugin => ({
  version: '1.0.0',
  description: 'A plugin of a test.',
  platform: '^1.0',
  ...plugin,
});

const folders: string[] = [];

/** A folder of migrations, by name. */
export function migrations(files: Readonly<Record<string, string>>): URL {
  const folder = mkdtempSync(join(tmpdir(), 'acorn-plugin-'));
  folders.push(folder);
  for (const [name, sql] of Object.entries(files)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'migration.sql'), sql);
  }
  return pathToFileURL(`${folder}/`);
}

export const removeFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
};

/** Notes about orders, as a plugin might keep them. */
export const notes = {
  '20260101_notes': `
    CREATE TABLE note (
      "accountId" uuid NOT NULL REFERENCES "VendorAccount" ("accountId") ON DELETE CASCADE,
      id text NOT NULL,
      body text NOT NULL,
      PRIMARY KEY ("accountId", id)
    );`,
};

export const migrateOf = (url: string, ...plugins: readonly Plugin[]) => migratePlugins(url, plugins.map(dataOf));

/** Everything ten times as fast. */
export const quick: Partial<PluginLimits> = {
  start: 300,
  stop: 300,
  stopAll: 2_000,
  health: 200,
  healthEvery: 100,
  listener: 300,
  pause: 50,
  longestPause: 200,
  tries: 3,
  poll: 100,
};

export interface Line {
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface Running {
  readonly runtime: PluginRuntime;
  /** What was said at `warn`. */
  readonly warnings: readonly Line[];
}

/** Migrate and start, as a gateway does. The caller stops it. */
export async function run(world: TestWorld, plugins: readonly Plugin[], limits = quick): Promise<Running> {
  await migrateOf(world.url, ...plugins);
  const warnings: Line[] = [];
  const runtime = await startPluginRuntime({
    database: world.database,
    databaseUrl: world.url,
    composition: { plugins, configOf: () => ({ tone: 'kind' }) },
    log: { info: () => {}, warn: (facts, message) => warnings.push({ facts, message }) },
    now: () => instant('2026-11-23T12:00:00Z'),
    limits,
  });
  await runtime.started;
  return { runtime, warnings };
}

/** Wait until something is so, and fail with its last answer when it does not come to be. */
export async function until<T>(ask: () => T | Promise<T>, is: (answer: T) => boolean, millis = 6_000): Promise<T> {
  const end = performance.now() + millis;
  for (;;) {
    const answer = await ask();
    if (is(answer)) return answer;
    if (performance.now() > end) throw new Error(`waited ${millis} ms in vain, last: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
