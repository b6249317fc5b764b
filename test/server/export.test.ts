import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allScopes } from '../../schema/scopes.ts';
import { sequenceStatement } from '../../src/change-log/sequencer.ts';
import { exportedNouns, exportKinds, type NounKind, rightOf } from '../../src/server/export/kinds.ts';
import { exportRoute } from '../../src/server/export/route.ts';
import { openLiveFeeds } from '../../src/server/live-feeds.ts';
import { createLog } from '../../src/server/log.ts';
import type { OperationContext } from '../../src/server/operation-context.ts';
import { toPublicError } from '../../src/server/public-error.ts';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask, fewPlugins, noAccess } from '../schema/support/ask.ts';
import { aStory } from '../schema/support/story.ts';
import { accountRef, aWorld, tenantOf, type World } from '../schema/support/world.ts';

let world: World;
let server: Server;
let us: AccountRow;
let jp: AccountRow;
let theirs: AccountRow;
let tenant: Tenant;
/** What the next request may do, and as whom it comes. */
let scopes: readonly string[] = allScopes;
let name = 'somebody';

beforeAll(async () => {
  world = await aWorld();
  const [larkfield, hawthorn] = [await world.organisation('Larkfield'), await world.organisation('Hawthorn')];
  us = await world.account(larkfield);
  jp = await world.account(larkfield, { name: 'Larkfield JP', site: 'JP', currency: 'JPY' as AccountRow['currency'] });
  theirs = await world.account(hawthorn, { name: 'Hawthorn US' });
  tenant = tenantOf(larkfield, [us, jp]);
  await world.tell(us, aStory({ number: '1SHORTPO', received: 9 }));
  // More lines than are read beside an order, and more orders than are read at once.
  await world.tell(us, aStory({ number: '1LONGLON', lines: 320 }));
  for (let i = 0; i < 55; i += 1)
    await world.tell(
      jp,
      aStory({
        number: `1J${String(i).padStart(6, '0')}`,
        currency: 'JPY',
        unitCost: '1200',
        until: 'ordered',
        lines: 1,
      }),
    );
  await world.tell(theirs, aStory({ number: '1THEIRPO' }));

  const { log } = createLog({ level: 'silent', write: () => {} });
  const feeds = openLiveFeeds({ authenticator: { stillWelcome: async () => true }, now: Date.now, log });
  const route = exportRoute({
    database: world.database,
    feeds,
    services: {
      changeLog: world.changeLog,
      retryParked: () => Promise.reject(new Error('not asked for')),
      plugins: {} as never,
      ...fewPlugins,
      access: noAccess,
    },
  });
  server = createServer((request, response) => {
    const operation: OperationContext = {
      requestId: 'test',
      principal: {
        kind: 'api-key',
        name,
        tenant,
        sites: ['US', 'JP'],
        scopes: new Set(scopes),
        rights: new Map(),
        everywhere: new Set(),
        expiresAt: undefined,
      },
      credentials: {},
      log,
    };
    route(request, response, operation).catch((thrown) => {
      const { extensions } = toPublicError(thrown, operation);
      response.writeHead(400).end(JSON.stringify(extensions));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}, 60_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

const open = (path: string, headers: Record<string, string> = {}) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    get({ host: '127.0.0.1', port, path: `/export/${path}`, headers, agent: false }, resolve).on('error', reject);
  });
async function body(response: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
type Line = Record<string, unknown>;
const linesIn = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
/** The head, the entries and the end of an export; a refusal is a single line. */
async function exported(path: string, may: readonly string[] = allScopes) {
  scopes = may;
  const [head, ...rest] = linesIn((await body(await open(path))).toString());
  return { head, entries: rest.slice(0, -1), end: rest.at(-1) };
}

test('orders come whole, lines beyond a page included, each as GraphQL answers it; nobody else’s do', async () => {
  const { head, entries, end } = await exported('purchase-orders.jsonl');
  const { data } = await ask(
    world,
    tenant,
    `{ changeHead purchaseOrders(first: 250, orderBy: NUMBER_ASC) { nodes {
        number account { id name site } money { open { amount currency } } lines(first: 1) { nodes { lineNumber receipts { quantity } } } } } }`,
  );
  expect(head).toEqual({ export: 'purchase-orders', cursor: data.changeHead });
  expect(end).toEqual({ complete: true, entries: 57 });
  expect(entries).toHaveLength(57);
  const byNumber = new Map(entries.map((order) => [order.number, order]));
  for (const { lines, ...order } of data.purchaseOrders.nodes) {
    const [first] = lines.nodes;
    const found = byNumber.get(order.number);
    expect(found).toMatchObject(order);
    expect((found as { lines: Line[] }).lines.find(({ lineNumber }) => lineNumber === first.lineNumber)).toMatchObject(
      first,
    );
  }
  const long = byNumber.get('1LONGLON')?.lines as { lineNumber: string }[];
  expect(long.map(({ lineNumber }) => Number(lineNumber))).toEqual(Array.from({ length: 320 }, (_, i) => i + 1));
});

test.each(Object.keys(exportedNouns) as NounKind[])(
  '%s: every value its type has, and with no other right only its own',
  async (kind) => {
    const { type } = exportedNouns[kind];
    const all = await exported(`${kind}.jsonl`);
    const own = await exported(`${kind}.jsonl`, [rightOf(kind)]);
    expect(all.entries.length).toBeGreaterThan(0);
    expect(own.entries).toHaveLength(all.entries.length);
    expect(own.head).toEqual({ export: kind, cursor: null });
    expect(own.end).toEqual({ complete: true, entries: all.entries.length });
    expect(all.entries[0]).toHaveProperty('account.name');
    expect(own.entries[0]).not.toHaveProperty('account');
    const { data } = await ask(
      world,
      tenant,
      `{ __type(name: "${type}") { fields { name type { kind ofType { kind } } } } }`,
    );
    const plain = (data.__type.fields as { name: string; type: { kind: string; ofType: { kind: string } | null } }[])
      .filter(({ type: { kind: outer, ofType } }) => ['SCALAR', 'ENUM'].includes(ofType?.kind ?? outer))
      .map(({ name: field }) => field);
    expect(Object.keys(own.entries[0] ?? {})).toEqual(expect.arrayContaining(plain));
  },
);

test('S3 · each export needs its right, and says so before it begins', async () => {
  for (const kind of exportKinds) {
    const { head } = await exported(
      `${kind}.jsonl`,
      allScopes.filter((scope) => scope !== rightOf(kind)),
    );
    expect(head).toMatchObject({ code: 'FORBIDDEN' });
  }
});

test('accounts and sites narrow; a foreign account shows nothing, and what is no account is refused', async () => {
  expect((await exported('purchase-orders.jsonl?site=US')).entries).toHaveLength(2);
  expect((await exported(`purchase-orders.jsonl?account=${accountRef(jp)}`)).entries).toHaveLength(55);
  expect((await exported(`purchase-orders.jsonl?account=${accountRef(theirs)}`)).entries).toEqual([]);
  expect((await exported('purchase-orders.jsonl?account=nonsense')).head).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect((await exported('purchase-orders.jsonl?after=nonsense')).head).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('the log comes whole, after a cursor, or by site; a cursor that is not ours is refused', async () => {
  const { head, entries } = await exported('changes.jsonl');
  const numbersOf = (id: string) =>
    entries.filter(({ accountId }) => accountId === id).map(({ sequence }) => Number(sequence));
  for (const account of [us, jp]) {
    const numbers = numbersOf(accountRef(account));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  }
  expect(entries.length).toBeGreaterThan(500);
  const later = await exported(`changes.jsonl?after=${String(entries[300]?.cursor)}`);
  expect(later.entries).toEqual(entries.slice(301));
  expect((await exported(`changes.jsonl?after=${String(head?.cursor)}`)).entries).toEqual([]);
  expect((await exported('changes.jsonl?site=JP')).entries).toHaveLength(numbersOf(accountRef(jp)).length);
  expect((await exported('changes.jsonl?after=R1BDOkQ6MTc')).head).toMatchObject({ code: 'CURSOR_NOT_OURS' });
});

test('compressed when asked, and the same', async () => {
  const plain = await body(await open('shipments.jsonl'));
  const response = await open('shipments.jsonl', { 'accept-encoding': 'gzip' });
  expect(response.headers['content-encoding']).toBe('gzip');
  const packed = await body(response);
  expect(gunzipSync(packed)).toEqual(plain);
  expect(packed.length).toBeLessThan(plain.length / 4);
});

describe('with a log longer than any buffer', () => {
  beforeAll(async () => {
    const { accountId } = us;
    await world.database.ingest(accountId, (sql) =>
      sql.query(
        `insert into "Change" ("accountId", "kind", "severity", "subjectKind", "subjectKey", "orderNumber", "occurredAt", "data")
         select $1, 'purchase-order-amended', 'INFO', 'purchase-order', '1SHORTPO', '1SHORTPO', now(), jsonb_build_object('members', array[repeat('x', 2500)])
           from generate_series(1, 8000)`,
        [accountId],
      ),
    );
    for (let i = 0; i < 5; i += 1) await world.database.work((sql) => sql.query(sequenceStatement));
  }, 60_000);

  /** Statements run so far, once no more are being run. */
  async function settled(): Promise<number> {
    for (let before = -1; ; ) {
      const now = world.database.statements.count;
      if (now === before) return now;
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  }

  test('a reader who does not read stops the reading of the database; when it goes, everything is let go of', async () => {
    const before = await settled();
    const response = await open('changes.jsonl');
    const paused = await settled();
    // Some 35 pages of two statements hold the log, 20 MB; sockets and streams hold a few of them.
    expect(paused - before).toBeLessThan(50);
    response.destroy();
    await expect
      .poll(
        () =>
          world.database.work((sql) =>
            sql.query(
              `select from pg_stat_activity where state = 'idle in transaction' and datname = current_database()`,
            ),
          ),
        { timeout: 10_000 },
      )
      .toHaveLength(0);
  });

  test('one key has two exports at a time, and a third waits for its turn', async () => {
    const first = await open('changes.jsonl');
    const second = await open('changes.jsonl');
    expect(linesIn((await body(await open('payments.jsonl'))).toString())).toMatchObject([
      { code: 'TOO_MANY_EXPORTS', retryable: true },
    ]);
    name = 'somebody else';
    expect((await exported('payments.jsonl')).end).toMatchObject({ complete: true });
    name = 'somebody';
    const whole = linesIn((await body(first)).toString());
    expect(whole.at(-1)).toEqual({ complete: true, entries: whole.length - 2 });
    expect(whole.length).toBeGreaterThan(8_000);
    second.destroy();
    await expect
      .poll(async () => (await exported('payments.jsonl')).end, { timeout: 10_000 })
      .toMatchObject({ complete: true });
  }, 60_000);
});
