import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { instant } from '../../src/base/instant.ts';
import { servicesOf } from '../../src/plugin-runtime/services.ts';
import type { Plugin, PluginServices } from '../../src/seams/plugin.ts';
import { openPluginTables, type PluginTables } from '../../src/store/plugin-tables.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';
import { aPlugin, migrateOf, migrations, notes, removeFolders } from './support/plugins.ts';
import { type Generated, generateClient } from './support/prisma-client.ts';

interface Note {
  readonly accountId: string;
  readonly id: string;
  readonly body: string;
}
type Where = { readonly accountId_id: Pick<Note, 'accountId' | 'id'> };

/** What the tests use of the generated client, whose types are there only once it is generated. */
interface Notes {
  readonly note: {
    create(args: { readonly data: Note }): Promise<Note>;
    findMany(args?: { readonly where?: Partial<Note>; readonly orderBy?: object }): Promise<Note[]>;
    update(args: { readonly where: Where; readonly data: Partial<Note> }): Promise<Note>;
    upsert(args: { readonly where: Where; readonly create: Note; readonly update: Partial<Note> }): Promise<Note>;
    deleteMany(args?: object): Promise<{ readonly count: number }>;
  };
  $disconnect(): Promise<void>;
  $executeRawUnsafe(text: string): Promise<number>;
  $queryRawUnsafe(text: string): Promise<unknown>;
  $transaction<T>(work: (tx: Notes) => Promise<T>, options?: { readonly isolationLevel?: string }): Promise<T>;
}

const plugin = aPlugin({ id: 'test-models', migrations: migrations(notes) });

let world: TestWorld;
let tables: PluginTables;
let generated: Generated<Notes>;
let a: TestAccount;
let b: TestAccount;

const services = (of: Plugin = plugin): PluginServices =>
  servicesOf(of, {
    database: world.database,
    tables,
    configOf: () => ({}),
    log: { info: () => {}, warn: () => {} },
    now: () => instant('2026-11-23T12:00:00Z'),
  });
const models = <T>(account: TestAccount, work: (db: Notes) => Promise<T>) =>
  services().models(account.accountId, generated.open, work);
/** What is there, read without Prisma. */
const stored = async (account: TestAccount) =>
  (await services().tables(account.accountId, (query) => query<Note>('select id, body from note order by id'))).map(
    ({ id, body }) => `${id} ${body}`,
  );
const aNote = (account: TestAccount, id: string, body = 'new'): Note => ({ accountId: account.accountId, id, body });

beforeAll(async () => {
  generated = await generateClient<Notes>(`
    model Note {
      accountId String @db.Uuid
      id        String
      body      String
      @@id([accountId, id])
      @@map("note")
    }`);
  world = await testWorld();
  a = await world.account('A');
  b = await world.account('B');
  await migrateOf(world.url, plugin);
  tables = openPluginTables(world.url, { deadlineMillis: 2_000 });
}, 60_000);
beforeEach(async () => {
  for (const account of [a, b]) await services().tables(account.accountId, (query) => query('delete from note'));
});
afterAll(async () => {
  await tables?.close();
  await world?.close();
  generated?.remove();
  removeFolders();
});

test('a client that a plugin generated creates, reads and changes rows of one account', async () => {
  await models(b, (db) => db.note.create({ data: aNote(b, 'n', 'of B') }));
  const seen = await models(a, async (db) => {
    await db.note.create({ data: aNote(a, 'n') });
    const where = { accountId_id: { accountId: a.accountId, id: 'n' } };
    await db.note.update({ where, data: { body: 'changed' } });
    await db.note.upsert({ where, create: aNote(a, 'n'), update: { body: 'twice' } });
    // Side by side, on one connection.
    await Promise.all(['o', 'p'].map((id) => db.note.create({ data: aNote(a, id) })));
    return db.note.findMany({ orderBy: { id: 'asc' } });
  });
  expect(seen).toEqual([aNote(a, 'n', 'twice'), aNote(a, 'o'), aNote(a, 'p')]);
  expect(await stored(a)).toEqual(['n twice', 'o new', 'p new']);
  expect(await stored(b)).toEqual(['n of B']);
});

describe("another account's rows", () => {
  test('are not seen, changed or removed', async () => {
    await models(b, (db) => db.note.create({ data: aNote(b, 'n', 'of B') }));
    await models(a, async (db) => {
      expect(await db.note.findMany({ where: { accountId: b.accountId } })).toEqual([]);
      expect(await db.note.deleteMany()).toEqual({ count: 0 });
    });
    expect(await stored(b)).toEqual(['n of B']);
  });

  test('are not made, and nothing else is kept of the transaction that tried', async () => {
    const trying = models(a, async (db) => {
      await db.note.create({ data: aNote(a, 'before') });
      await db.note.create({ data: aNote(b, 'x') });
    });
    await expect(trying).rejects.toThrow(/row-level security/);
    expect([...(await stored(a)), ...(await stored(b))]).toEqual([]);
  });
});

describe('one transaction', () => {
  test('is undone as a whole when the work fails', async () => {
    const failing = models(a, async (db) => {
      await db.note.create({ data: aNote(a, 'lost') });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await stored(a)).toEqual([]);
  });

  test('has parts that are undone alone', async () => {
    await models(a, async (db) => {
      await db.note.create({ data: aNote(a, 'kept') });
      let beside: Promise<Note> | undefined;
      const part = db.$transaction(async (tx) => {
        await tx.note.create({ data: aNote(a, 'part') });
        // Asked while the part is open, by the client outside it: it waits for the end of the part.
        beside = (async () => db.note.create({ data: aNote(a, 'beside') }))();
        await tx.note.findMany();
        await tx.note.create({ data: aNote(a, 'kept') });
      });
      await expect(part).rejects.toThrow(/Unique constraint/);
      await beside;
      await db.$transaction((tx) => tx.note.create({ data: aNote(a, 'whole') }));
    });
    expect(await stored(a)).toEqual(['beside new', 'kept new', 'whole new']);
  });

  test('says so when a failure that was swallowed has undone it', async () => {
    const swallowing = models(a, async (db) => {
      await db.note.create({ data: aNote(a, 'n') });
      await db.note.create({ data: aNote(a, 'n') }).catch(() => {});
    });
    await expect(swallowing).rejects.toThrow('a statement of the transaction failed, and so nothing of it was kept');
    expect(await stored(a)).toEqual([]);
  });

  test('ends, and its client with it', async () => {
    let kept: Notes | undefined;
    await models(a, async (db) => {
      kept = db;
      return db.note.findMany();
    });
    await expect(kept?.note.findMany()).rejects.toThrow('the transaction is over');
  });

  test('is cut when it waits for itself', async () => {
    const waiting = models(a, (db) => db.$transaction(() => db.note.findMany()));
    await expect(waiting).rejects.toThrow('took longer than 2000 ms');
    expect(await models(a, (db) => db.note.findMany())).toEqual([]);
  });
});

test.each([
  ['take another role', (db: Notes) => db.$executeRawUnsafe('reset role'), /this does not: reset role/],
  [
    'take another account',
    (db: Notes) => db.$queryRawUnsafe(`select set_config('app.account_ids', '{}', true)`),
    /does not change its session/,
  ],
  ['end the transaction', (db: Notes) => db.$executeRawUnsafe('COMMIT'), /this does not: COMMIT/],
  [
    'choose a level of isolation',
    (db: Notes) => db.$transaction(async () => {}, { isolationLevel: 'Serializable' }),
    /this does not: SET TRANSACTION/,
  ],
  [
    'see the tables of the core',
    (db: Notes) => db.$queryRawUnsafe('select * from "Invoice"'),
    /permission denied for table Invoice/,
  ],
])('a client may not %s', async (_what, work, said) => {
  await expect(models(a, work as (db: Notes) => Promise<unknown>)).rejects.toThrow(said);
});

test('a plugin without tables is told so', async () => {
  const none = services(aPlugin({ id: 'test-none' })).models(a.accountId, generated.open, (db) => db.note.findMany());
  await expect(none).rejects.toThrow('the plugin "test-none" has no tables');
});
