import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acorn } from '../server/support/process.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const guide = readFileSync(new URL('../../plugins/README.md', import.meta.url), 'utf8');
const blocks = [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
  language,
  text,
}));

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'acorn-guide-'));
  database = await testDatabase();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database?.drop();
});

/** What the guide says to type, on the day it was written. */
async function type(line: string): Promise<string> {
  const [npx, command, ...words] = line.split(' ');
  expect([npx, command]).toEqual(['npx', 'acorn']);
  const process = acorn(
    words[1] === 'check' ? [...words, '--on', '2026-11-23'] : words,
    { DATABASE_URL: database.url },
    folder,
  );
  const code = await process.exit;
  expect({ line, code, ...(code === 0 ? {} : { out: process.out(), err: process.err() }) }).toEqual({ line, code: 0 });
  return process.out();
}

test('the guide does what it says: from nothing to a running site, and a connector', { timeout: 170_000 }, async () => {
  const said = new Map<string, string>();
  let query = '';
  let answer: unknown;
  for (const { language, text } of blocks) {
    const path = /^\/\/ (\S+\.ts)$/m.exec(text.split('\n')[0] ?? '')?.[1];
    if (language === 'sh') for (const line of text.trim().split('\n')) said.set(line, await type(line));
    else if (language === 'ts' && path !== undefined) {
      // A file the guide writes whole is one that "plugin new" wrote, or the configuration.
      expect(path === 'acorn.config.ts' || existsSync(join(folder, path))).toBe(true);
      writeFileSync(join(folder, path), text.slice(text.indexOf('\n') + 1));
    } else if (language === 'graphql') query = text;
    else if (language === 'json') answer = JSON.parse(text);
    else expect.unreachable(`a block of ${language} that nobody does`);
  }
  expect(said.get('npx acorn plugin check ./site-mx')).toContain('✓ G1   Golden: 16 % from 2010.');
  expect(said.get('npx acorn plugin check ./site-mx')).toContain(' 0 broken');
  expect(said.get('npx acorn plugins')).toContain('site-mx');
  expect(said.get('npx acorn accounts')).toContain('Larkfield MX');
  expect(said.get('npx acorn plugin check ./connector-csv')).toContain('✓ C8');

  const key = said.get('npx acorn keys create --organisation Larkfield')?.trim() ?? '';
  const running = acorn(['start'], { DATABASE_URL: database.url, PORT: '0', LOG_LEVEL: 'info' }, folder);
  try {
    const url = await running.says(/"url":"([^"]+)"/);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    expect(await response.json()).toEqual(answer);
  } finally {
    await running.stop();
  }
});

test('every law the commands can tell is in the guide, and every file it names is there', () => {
  for (const [, path = ''] of guide.matchAll(/`((?:src|examples|plugins)\/[\w./-]+)`/g)) {
    expect(existsSync(new URL(`../../${path}`, import.meta.url)), path).toBe(true);
  }
  for (const laws of ['O1–O4', 'S1–S22', 'P1–P9', 'N1–N3', 'G1–G3', 'C1–C8', 'C9–C12', 'D1–D3', 'T1'])
    expect(guide).toContain(`| ${laws} |`);
});
