import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../src/base/canonical-json.ts';
import { instant } from '../../src/base/instant.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { retryParked } from '../../src/ingest/retry.ts';
import type { Connector, RawDocument, Translation } from '../../src/seams/connector.ts';
import { loadDocument, parkedId } from '../../src/store/documents.ts';
import { aLine, anInvoice, anOrder } from '../builders/facts.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const now = () => instant('2026-09-02T00:00:00Z');
const document = (name: string): RawDocument => ({
  kind: 'note',
  bytes: new TextEncoder().encode(name),
  mediaType: 'text/plain',
  origin: `${name}.txt`,
  receivedAt: instant('2026-09-01T00:00:00Z'),
});

/** A connector whose documents say what the test says they say. */
function telling(said: Record<string, Partial<Translation>>): Connector {
  return {
    name: 'notes',
    pull: async function* () {},
    recognise: () => undefined,
    translate: ({ bytes }) => ({ facts: [], warnings: [], unreadable: [], ...said[new TextDecoder().decode(bytes)] }),
  };
}

const fact = (fact: Translation['facts'][number]['fact']) => ({ facts: [{ fact, at: '/0' }] });

test('R7 · what cannot be read is parked with its reason and the rest goes on; a retry that can read it resolves it', async () => {
  const account = await world.account('Parking');
  const broken = {
    unreadable: [{ code: 'NOT_AN_AMOUNT' as const, at: '/lines/2', message: 'expected an amount, found "1,2,3"' }],
  };
  const context = { database: world.database, account, now };
  const ingested = await ingest({ ...context, connector: telling({ good: fact(anOrder()), odd: broken }) }, [
    document('good'),
    document('odd'),
  ]);
  expect(ingested).toMatchObject({
    documents: 2,
    facts: 1,
    changes: 1,
    parked: [{ code: 'NOT_AN_AMOUNT', at: '/lines/2' }],
  });

  const id = parkedId(sha256(document('odd').bytes), '/lines/2');
  const parked = () => world.database.read(account.tenant, (db) => db.parkedDocument.findMany());
  expect(await parked()).toMatchObject([{ id, code: 'NOT_AN_AMOUNT', attempts: 1, resolvedAt: null }]);

  expect(await retryParked({ ...context, connectors: [telling({ odd: broken })] }, id)).toMatchObject({
    ok: true,
    value: { resolved: false },
  });
  expect(await parked()).toMatchObject([{ attempts: 2, resolvedAt: null }]);
  const learnt = telling({ odd: fact(anInvoice()) });
  expect(await retryParked({ ...context, connectors: [learnt] }, id)).toMatchObject({
    ok: true,
    value: { resolved: true, facts: 1, changes: 1 },
  });
  expect((await parked())[0]?.resolvedAt).not.toBeNull();
  expect(await retryParked({ ...context, connectors: [] }, id)).toMatchObject({
    ok: false,
    refusal: { code: 'CONNECTOR_NOT_INSTALLED' },
  });
  expect(await retryParked({ ...context, connectors: [learnt] }, 'nothing')).toMatchObject({
    ok: false,
    refusal: { code: 'PARKED_DOCUMENT_NOT_FOUND' },
  });
});

test('R7 · a document that breaks a promise of ours is parked alone; its batch and its cursor go on', async () => {
  const account = await world.account('Broken');
  // A text no database column can hold: found out only on writing.
  const unwritable = anInvoice({ status: 'PA\u0000ID' });
  const connector = telling({
    first: fact(anOrder()),
    second: fact(unwritable),
    third: fact(anOrder({ asOf: instant('2026-09-01T10:00:00Z'), lines: [aLine(), aLine({ number: '2' })] })),
  });
  const ingested = await ingest(
    { database: world.database, account, now, connector },
    [document('first'), document('second'), document('third')],
    { cursor: { page: 2 }, progress: 0.5 },
  );
  expect(ingested.parked.map(({ code }) => code)).toEqual(['COULD_NOT_RECORD']);
  const [orders, cursors] = await world.database.read(account.tenant, (db) =>
    Promise.all([db.purchaseOrder.findMany(), db.connectorCursor.findMany()]),
  );
  expect([orders.map((o) => o.version), cursors.map((c) => c.cursor)]).toEqual([[2], [{ page: 2 }]]);
});

test('R10 · a raw document comes back byte for byte by its hash', async () => {
  const account = await world.account('Bytes');
  const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 31) % 256);
  await ingest({ database: world.database, account, now, connector: telling({}) }, [{ ...document('x'), bytes }]);
  const found = await world.database.ingest(account.accountId, (sql) =>
    loadDocument(sql, account.accountId, sha256(bytes)),
  );
  expect(Buffer.from(found?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
});

test('departures from the contract are counted once per document', async () => {
  const account = await world.account('Warnings');
  const warning = { code: 'UNKNOWN_VALUE' as const, member: '/payload/orders/-/purchaseOrderState', found: 'Paused' };
  const connector = telling({ a: { warnings: [warning, warning] }, b: { warnings: [warning] } });
  const context = { database: world.database, account, now, connector };
  await ingest(context, [document('a')]);
  await ingest(context, [document('b')]);
  await ingest(context, [document('b')]);
  expect(await world.database.read(account.tenant, (db) => db.contractWarning.findMany())).toMatchObject([
    { found: 'Paused', documents: 2 },
  ]);
});
