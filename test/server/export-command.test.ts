import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { follow } from 'acorn/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bump, type Served, served } from '../client/support/served.ts';
import type { TestAccount } from '../support/world.ts';
import { acorn } from './support/process.ts';

let gateway: Served;
let accounts: TestAccount[];
let key: string;
const orders = ['EXPORTAA', 'EXPORTBB', 'EXPORTCC'];

beforeAll(async () => {
  gateway = await served();
  accounts = [await gateway.world.account('Exported')];
  const [account] = accounts;
  if (account === undefined) throw new Error('there is an account');
  key = await gateway.key(account, ['change:read', 'order:read', 'account:read']);
  await gateway.start();
}, 60_000);
afterAll(() => gateway.close());

type Line = { readonly [member: string]: never };
const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const fetched = async (kind: string): Promise<Line[]> => {
  const response = await fetch(new URL(`/export/${kind}.jsonl`, gateway.url), { headers: { 'x-api-key': key } });
  return linesOf(await response.text());
};

/** What a mirror knows: how much of each order Amazon wants. */
const quantitiesIn = (lines: readonly Line[]): Map<string, number> =>
  new Map(
    lines.slice(1, -1).map((order) => {
      const { number, quantities } = order as unknown as { number: string; quantities: { ordered: number } };
      return [number, quantities.ordered];
    }),
  );

test('an export, and the feed from the cursor in its first line, are the whole of it: no hole, while others write', async () => {
  const [account] = accounts as [TestAccount];
  let writing = true;
  let n = 0;
  const writers = (async () => {
    while (writing) {
      n += 1;
      await Promise.all(orders.map((order) => bump(gateway.world, account, order, n)));
    }
  })();
  const mirrors: { lines: Line[]; state: Map<string, number> }[] = [];
  for (let i = 0; i < 5; i += 1) {
    while (n < (i + 1) * 4) await new Promise((resolve) => setTimeout(resolve, 10));
    const lines = await fetched('purchase-orders');
    mirrors.push({ lines, state: quantitiesIn(lines) });
  }
  writing = false;
  await writers;

  for (const { lines, state } of mirrors) {
    const { cursor } = lines[0] as unknown as { cursor: string };
    expect(lines.at(-1)).toEqual({ complete: true, entries: state.size });
    let applied = 0;
    for await (const { changes, caughtUp } of follow({ url: gateway.url, apiKey: key, after: cursor })) {
      for (const { kind, orderNumber, quantityBefore, quantityAfter, ordered } of changes) {
        const known = state.get(orderNumber ?? '') ?? 0;
        // What was in the export and had no number yet comes again; nothing comes from beyond what is known.
        const before = Number(kind === 'PURCHASE_ORDER_PLACED' ? 0 : quantityBefore);
        expect(before).toBeLessThanOrEqual(known);
        state.set(
          orderNumber ?? '',
          Math.max(known, Number(kind === 'PURCHASE_ORDER_PLACED' ? ordered : quantityAfter)),
        );
        applied += 1;
      }
      if (caughtUp && [...state.values()].every((quantity) => quantity === n)) break;
    }
    expect(Object.fromEntries(state)).toEqual(Object.fromEntries(orders.map((order) => [order, n])));
    expect(applied).toBeGreaterThan(0);
  }
  expect(quantitiesIn(await fetched('purchase-orders'))).toEqual(mirrors[0]?.state);
}, 90_000);

test('HTTP says no in the shape of GraphQL: who it is, what there is, and what may be read', async () => {
  const asked = async (path: string, init: RequestInit = { headers: { 'x-api-key': key } }) => {
    const response = await fetch(new URL(path, gateway.url), init);
    return { status: response.status, said: await response.json() };
  };
  expect(await asked('/export/purchase-orders.jsonl', {})).toMatchObject({
    status: 401,
    said: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
  });
  expect(await asked('/export/invoices.jsonl')).toMatchObject({
    status: 403,
    said: { errors: [{ extensions: { code: 'FORBIDDEN', requestId: expect.any(String) } }] },
  });
  expect((await asked('/export/everything.jsonl')).status).toBe(404);
  expect((await asked('/export/changes.jsonl', { method: 'POST', headers: { 'x-api-key': key } })).status).toBe(405);
  expect((await asked('/export/changes.jsonl?after=R1BDOkQ6MTc')).said.errors[0].extensions.code).toBe(
    'CURSOR_NOT_OURS',
  );
});

test('acorn export writes a whole file or none: from a gateway, and from this installation', async () => {
  const run = async (...words: string[]) => {
    const process = acorn(['export', ...words], gateway.environment, gateway.folder);
    const code = await process.exit;
    return { code, out: process.out(), err: process.err() };
  };
  const file = (name: string) => join(gateway.folder, name);
  const remote = ['--url', gateway.url, '--key', key];
  // One after the other: a key has only so many exports at a time.
  const there = await run('purchase-orders', '--out', file('there.jsonl'), ...remote);
  const here = await run('purchase-orders', '--out', file('here.jsonl'));
  const screen = await run('changes', '--site', 'us', '--account', 'Exported', ...remote);
  const refused = await run('invoices', '--out', file('none.jsonl'), ...remote);
  const unknown = await run('everything');
  expect([there, here]).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(there.err).toContain('3 entries in');
  const kept = readFileSync(file('there.jsonl'), 'utf8');
  expect(linesOf(kept)).toEqual(await fetched('purchase-orders'));
  // An operator has every right, so there is more of each order; the cursor is the same.
  expect(linesOf(readFileSync(file('here.jsonl'), 'utf8'))).toMatchObject(linesOf(kept));
  expect(screen).toMatchObject({ code: 0 });
  expect(linesOf(screen.out).length).toBeGreaterThan(10);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('needs the right invoice:read');
  expect(existsSync(file('none.jsonl')) || existsSync(file('none.jsonl.part'))).toBe(false);
  expect(unknown.err).toContain('purchase-orders');
}, 60_000);
