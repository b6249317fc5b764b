// Run by "acorn plugin check", or by any runner of node:test that can read TypeScript.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type AccountId, type Currency, type Cursor, instant, type PullContext } from 'acorn/plugin';
import { pull } from './pull.ts';

const context = (settings: unknown): PullContext => ({
  account: {
    accountId: '00000000-0000-4000-8000-000000000001' as AccountId,
    name: 'Larkfield Home',
    site: 'US',
    marketplaceId: 'ATVPDKIKX0DER',
    currency: 'USD' as Currency,
    timeZone: 'America/Los_Angeles',
  },
  settings,
  signal: AbortSignal.timeout(10_000),
  log: { info: () => {}, warn: () => {} },
  now: () => instant('2026-11-23T17:00:00Z'),
});

async function originsAfter(folder: string, cursor: Cursor | undefined): Promise<string[]> {
  const origins: string[] = [];
  for await (const { documents } of pull(context({ folder }), cursor)) {
    origins.push(...documents.map(({ origin }) => origin));
  }
  return origins;
}

test('files come by name, and from a cursor only those after it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'orders-'));
  try {
    for (const name of ['b.csv', 'a.csv', 'c.csv', 'notes.txt']) await writeFile(join(folder, name), '');
    assert.deepEqual(await originsAfter(folder, undefined), ['a.csv', 'b.csv', 'c.csv']);
    assert.deepEqual(await originsAfter(folder, { after: 'a.csv' }), ['b.csv', 'c.csv']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a folder that is not there is told at once: waiting cannot mend it', async () => {
  await assert.rejects(async () => originsAfter('no-such-folder', undefined), { name: 'UpstreamRefused' });
});
