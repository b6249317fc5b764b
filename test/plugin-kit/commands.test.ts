import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../src/server/cli.ts';
import { acorn } from '../server/support/process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'acorn-plugin-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = async (...args: string[]) => {
  const process = acorn(['plugin', ...args], {}, folder);
  const code = await process.exit;
  return { code, out: process.out(), err: process.err().trim() };
};
/** The same within this process: for what loads no plugin. */
const runHere = async (...args: string[]) => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(['plugin', ...args], {
    environment: {},
    folder,
    screen: { isTTY: false, columns: 80, write: (text) => void out.push(text) },
    complain: (text) => void err.push(text),
    interrupted: new Promise(() => {}),
  });
  return { code, out: out.join(''), err: err.join('').trim() };
};
/** A plugin of one file, by what stands in its definition. */
const plugin = (name: string, definition: string, more = '') => {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(
    join(folder, name, 'index.ts'),
    `import { addDays, definePlugin, defineSite, no, yes } from 'acorn/plugin';\n${more}\nexport default definePlugin({ id: '${name}', version: '1.0.0', description: 'Of a test.', platform: '^1', ${definition} });\n`,
  );
};

describe('acorn plugin new', () => {
  test.each([
    ['a site of a store that is known', ['site-sg', '--site', 'SG'], 'site-sg', "currency: 'SGD'"],
    ['a site of a store that is not', ['site-qq', '--site', 'QQ'], 'site-qq', "currency: 'XXX'"],
    ['a connector, elsewhere', ['edi-lite', '--connector', '--out', 'deep/er'], 'deep/er', "name: 'edi-lite'"],
  ])('%s keeps every law at once', { timeout: 60_000 }, async (_what, args, at, holds) => {
    const made = await runHere('new', ...args);
    expect(made).toMatchObject({ code: 0, err: '' });
    const index = readFileSync(join(folder, at, 'index.ts'), 'utf8');
    expect(index).toContain(holds);
    expect(index).not.toMatch(/\bxx\b|\bXX\b|connector-xx/);
    const checked = await run('check', `./${at}`, '--on', '2026-11-23');
    expect(checked.out).toContain(' 0 broken');
    expect(checked.out).toContain('Its own tests pass.');
    expect(checked.code).toBe(0);
  });

  test('what cannot be is told in a sentence, and nobody’s work is written over', async () => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'index.ts'), 'mine');
    expect((await runHere('new', 'taken', '--connector')).err).toContain('There is something in');
    expect(readFileSync(join(folder, 'taken', 'index.ts'), 'utf8')).toBe('mine');
    expect((await runHere('new', 'Site AU', '--site', 'AU')).err).toContain('is no name for a plugin');
    expect((await runHere('new', 'site-au')).err).toContain('write either --site with its code');
    expect((await runHere('new', 'site-au', '--site', 'au')).err).toContain('write two capital letters');
    expect(existsSync(join(folder, 'site-au'))).toBe(false);
  });
});

describe('acorn plugin check', () => {
  test('a broken law is shown with its case, and the exit code says so', { timeout: 60_000 }, async () => {
    plugin(
      'site-zz',
      `sites: [defineSite({ code: 'ZZ', name: 'Nowhere', marketplaces: [{ id: 'AZZ0000000000', country: 'ZZ', currency: 'USD', timeZone: 'Etc/UTC' }],
        tax: () => no({ code: 'NOT_ANSWERED_YET', site: 'ZZ', question: 'tax' }),
        payday: (due) => due < '2000-01-01' || due > '2030-12-31' ? no({ code: 'YEAR_OUT_OF_RANGE', year: Number(due.slice(0, 4)), known: [2000, 2030] }) : yes(addDays(due, -1)) })]`,
    );
    const { code, out } = await run('check', './site-zz');
    expect(code).toBe(1);
    expect(out).toContain('✗ S15');
    expect(out).toContain('what is due on 2000-01-01 is paid before, on 1999-12-31');
    expect(out).toContain('– S2   to S13, S20 to S22: not asked, since the site answers NOT_ANSWERED_YET for tax');
  });

  test('what does not fit is told with its cure, whatever is exported', { timeout: 60_000 }, async () => {
    plugin('meddler', `schema: { sdl: '"Mine." type Invoice { id: ID }', fields: {} }`);
    const meddler = await run('check', './meddler');
    expect(meddler.code).toBe(1);
    expect(meddler.out).toContain('✗ O1');
    expect(meddler.out).toContain('Invoice');
    mkdirSync(join(folder, 'nothing'));
    writeFileSync(join(folder, 'nothing', 'index.ts'), 'export default 7;\n');
    const nothing = await run('check', './nothing');
    expect(nothing.code).toBe(1);
    expect(nothing.out).toContain('is not a plugin: its default export is');
    expect((await run('check', 'no-such-plugin')).err).toContain('There is no plugin "no-such-plugin" to check');
  });

  test('tables come and go in a real database; a migration that reaches for the core’s is caught', {
    timeout: 90_000,
  }, async () => {
    const migration = (name: string, sql: string) => {
      plugin(name, `migrations: new URL('./migrations/', import.meta.url)`);
      mkdirSync(join(folder, name, 'migrations', '20260101000000_first'), { recursive: true });
      writeFileSync(join(folder, name, 'migrations', '20260101000000_first', 'migration.sql'), sql);
    };
    migration(
      'notes',
      'create table "Note" ("accountId" uuid not null, "number" text not null, primary key ("accountId", "number"));\n',
    );
    const notes = await run('check', './notes');
    expect(notes.out).toMatch(/✓ D1[\s\S]*✓ D2[\s\S]*✓ D3/);
    expect(notes.code).toBe(0);
    migration('burglar', 'alter table public."Invoice" add column "note" text;\n');
    const burglar = await run('check', './burglar');
    expect(burglar.out).toContain('✗ D1');
    expect(burglar.code).toBe(1);
  });

  test('its own tests count', { timeout: 60_000 }, async () => {
    plugin('tested', '');
    writeFileSync(
      join(folder, 'tested', 'a.test.ts'),
      `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport plugin from './index.ts';\ntest('it is seven', () => assert.equal(plugin.id, 'seven'));\n`,
    );
    const { code, out } = await run('check', './tested');
    expect(code).toBe(1);
    expect(out).toMatch(/✗ T1[\s\S]*it is seven/);
  });
});
