// Run by "acorn plugin check", or by any runner of node:test that can read TypeScript.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pullFindings } from 'acorn/laws';
import { type AccountId, type Currency, type Cursor, instant, type PullContext } from 'acorn/plugin';
import plugin from './index.ts';
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

test('it keeps the laws of pulling: to the end, from any cursor, only what can be read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'orders-'));
  try {
    const order = (number: string) =>
      `orderNumber,orderedAt,lineNumber,asin,eaches,unitCost\n${number},2026-11-20T09:30:00Z,1,,96,12.5\n`;
    for (const number of ['N1', 'N2', 'N3']) await writeFile(join(folder, `${number}.csv`), order(number));
    assert.ok(plugin.connector);
    const findings = await pullFindings(plugin.connector, () => context({ folder }));
    assert.deepEqual(
      findings.filter(({ verdict }) => verdict !== 'kept'),
      [],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a folder that is not there is told at once: waiting cannot mend it', async () => {
  await assert.rejects(async () => originsAfter('no-such-folder', undefined), { name: 'UpstreamRefused' });
});
