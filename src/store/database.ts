import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { AccountId, OrganisationId } from '../base/ids.ts';
import { invariant } from '../base/invariant.ts';
import { type DatabaseRole, sessionOptions, timeouts } from './connection.ts';
import { PrismaClient } from './generated/prisma/client.ts';
import { SerialClient } from './serial-client.ts';
import type { Sql } from './sql.ts';

/** Whose rows a transaction may see. */
export interface Tenant {
  readonly organisationId: OrganisationId | undefined;
  readonly accountIds: readonly AccountId[];
  /**
   * By kind of thing, such as `invoice`: the accounts of which it may be seen, when these are not all. The database keeps
   * the rest apart, whatever a resolver asks for.
   */
  readonly only?: Readonly<Partial<Record<WalledKind, readonly AccountId[]>>>;
}

/** All that decides which rows a tenant sees, as text: two with the same see the same. */
export const tenantKey = ({ organisationId, accountIds, only = {} }: Tenant): string =>
  JSON.stringify([
    organisationId ?? null,
    [...accountIds].sort(),
    Object.entries(only)
      .map(([kind, ids]) => [kind, [...ids].sort()])
      .sort(),
  ]);

/** What the database keeps apart within an account; the policies of the access migration name the tables. */
export const walledKinds = [
  'order',
  'shipment',
  'receipt',
  'invoice',
  'payment',
  'deduction',
  'change',
  'document',
] as const;
export type WalledKind = (typeof walledKinds)[number];

/** How long a snapshot may be held, in all and while nothing is asked of it. Milliseconds. */
export interface Patience {
  readonly transaction: number;
  readonly idle: number;
}

/** What a resolver reads with: the models, inside the tenant's transaction. */
export type Db = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

export interface Database {
  /** One snapshot, read only, of what the tenant may see. @throws when it takes longer than `patience`, or as long as a question may */
  read<T>(tenant: Tenant, work: (db: Db) => Promise<T>, patience?: Patience): Promise<T>;
  /** One transaction that writes for the tenant: all of it, or nothing. */
  write<T>(tenant: Tenant, work: (db: Db) => Promise<T>): Promise<T>;
  /** One transaction for one account, in SQL: for ingest, which moves many rows at once. Writers of one account take turns. */
  ingest<T>(accountId: AccountId, work: (sql: Sql) => Promise<T>): Promise<T>;
  /** One transaction across tenants, for the little the worker role may see: organisations, keys, the log's numbers. */
  work<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * One statement of what the tenant may see, read only, in SQL: for the end of the log, which is read at every ring of
   * the bell. One statement is one snapshot.
   */
  ask<Row>(tenant: Tenant, text: string, parameters: readonly unknown[]): Promise<Row[]>;
  /** A connection of its own that hears `channel`. Calls `onLost` once when it breaks. Returns how to stop. */
  listen(
    channel: string,
    onNotice: (text: string) => void,
    onLost: (cause: Error) => void,
  ): Promise<() => Promise<void>>;
  /**
   * A connection of its own in the worker's role, for whoever must hold a session lock. The caller ends it. No question
   * on it waits for ever: one that gets no answer fails, and the session with it.
   *
   * @param options.idleMillis the server ends it when nothing was asked for so long: for a lock that a frozen process must lose
   */
  session(options?: { readonly idleMillis?: number }): Promise<pg.Client>;
  /** Statements run by `read`, `write` and `ask` so far: what tests assert budgets with. */
  readonly statements: { count: number };
  close(): Promise<void>;
}

/** Open pools to a migrated database. Connects lazily; `checkSession` proves the guarantees at start. */
export function openDatabase(url: string, { poolSize = 10 }: { readonly poolSize?: number } = {}): Database {
  const statements = { count: 0 };
  const prisma = new PrismaClient({
    adapter: new PrismaPg(
      new pg.Pool({
        Client: SerialClient,
        connectionString: url,
        options: sessionOptions('acorn_app'),
        max: poolSize,
        connectionTimeoutMillis: timeouts.admission,
      }),
      { disposeExternalPool: true },
    ),
    log: [{ emit: 'event', level: 'query' }],
  });
  prisma.$on('query', () => {
    statements.count += 1;
  });
  const ingestPool = pool(url, 'acorn_app', 4);
  const workerPool = pool(url, 'acorn_worker', 3);
  const askPool = pool(url, 'acorn_app', 3, timeouts.statement);

  const inTenant = <T>(
    tenant: Tenant,
    readOnly: boolean,
    work: (db: Db) => Promise<T>,
    patience: Patience = { transaction: timeouts.transaction, idle: timeouts.idleInTransaction },
  ): Promise<T> =>
    prisma.$transaction(
      async (tx) => {
        await tx.$executeRawUnsafe(
          `${setTenant(tenant)},
          set_config('idle_in_transaction_session_timeout', $1, true),
          set_config('transaction_read_only', $2, true)`,
          String(patience.idle),
          readOnly ? 'on' : 'off',
        );
        return work(tx as Db);
      },
      { isolationLevel: 'RepeatableRead', timeout: patience.transaction, maxWait: timeouts.admission },
    );

  return {
    statements,
    read: (tenant, work, patience) => inTenant(tenant, true, work, patience),
    write: (tenant, work) => inTenant(tenant, false, work),
    ingest: (accountId, work) =>
      transaction(ingestPool, async (sql) => {
        await sql.query(
          `select set_config('app.account_ids', $1, true), pg_advisory_xact_lock(hashtextextended($2, 0))`,
          [`{${accountId}}`, accountId],
        );
        return work(sql);
      }),
    work: (work) => transaction(workerPool, work),
    ask: (tenant, text, parameters) =>
      transaction(
        askPool,
        (sql) => {
          statements.count += 1;
          return sql.query(text, parameters);
        },
        `begin read only; ${setTenant(tenant)}`,
      ),
    listen: (channel, onNotice, onLost) => listen(url, channel, onNotice, onLost),
    session: async ({ idleMillis } = {}) => {
      const client = new pg.Client({
        connectionString: url,
        options: sessionOptions('acorn_worker', timeouts.statement, idleMillis),
        keepAlive: true,
        connectionTimeoutMillis: timeouts.connect,
        query_timeout: timeouts.answer,
      });
      // Lost between two questions: the next one fails and says so. Without a listener it would end the process.
      client.on('error', () => {});
      await client.connect();
      return client;
    },
    close: async () => {
      await Promise.all([prisma.$disconnect(), ingestPool.end(), workerPool.end(), askPool.end()]);
    },
  };
}

/** An array as PostgreSQL writes it. */
const listOf = (ids: readonly string[]): string => `{${ids.join(',')}}`;

/** The promises the whole product rests on, checked where they are made: UTC, and a role that row security binds. */
export async function checkSession(database: Database): Promise<void> {
  const rows = await database.work((sql) =>
    sql.query<{ zone: string; bypass: boolean }>(
      `select current_setting('timezone') as zone, bool_or(rolsuper or rolbypassrls) as bypass
         from pg_roles where rolname in ('acorn_app', 'acorn_worker')`,
    ),
  );
  invariant(rows[0]?.zone === 'UTC', 'every database session is in UTC');
  invariant(rows[0]?.bypass === false, 'no role of Acorn can bypass row security');
}

function pool(url: string, role: DatabaseRole, max: number, patience: number = timeouts.batchStatement): pg.Pool {
  const created = new pg.Pool({
    connectionString: url,
    options: sessionOptions(role, patience),
    max,
    connectionTimeoutMillis: patience,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  created.on('error', () => {});
  return created;
}

/** Whose rows this transaction may see, as a statement that can travel together with its beginning. */
const setTenant = ({ accountIds, organisationId, only = {} }: Tenant): string => {
  const settings = [
    ['app.account_ids', listOf(accountIds)],
    ['app.organisation_id', organisationId ?? ''],
    ...Object.entries(only).map(([kind, ids]) => [`app.accounts_${kind}`, listOf(ids)]),
  ];
  const literals = settings.map(([name = '', value = '']) => `${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}`);
  return `select ${literals.map((literal) => `set_config(${literal}, true)`).join(', ')}`;
};

async function transaction<T>(from: pg.Pool, work: (sql: Sql) => Promise<T>, begin = 'begin'): Promise<T> {
  const client = await from.connect();
  let broken: Error | undefined;
  // The pool listens to idle clients only: a server that dies under one in use would end this process.
  const lost = (cause: Error) => {
    broken = cause;
  };
  client.on('error', lost);
  try {
    await client.query(begin);
    const result = await work({
      query: async <Row>(text: string, parameters: readonly unknown[] = []) =>
        (await client.query(text, [...parameters])).rows as Row[],
    });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}

/** How often a connection that only listens is asked whether it is still there, in milliseconds. */
const areYouThereMillis = 10_000;

async function listen(
  url: string,
  channel: string,
  onNotice: (text: string) => void,
  onLost: (cause: Error) => void,
): Promise<() => Promise<void>> {
  const client = new pg.Client({
    connectionString: url,
    options: sessionOptions('acorn_app'),
    keepAlive: true,
    connectionTimeoutMillis: timeouts.connect,
    query_timeout: timeouts.answer,
  });
  let over = false;
  let watch: NodeJS.Timeout | undefined;
  const end = async (): Promise<void> => {
    over = true;
    clearInterval(watch);
    await client.end().catch(() => {});
  };
  const lost = (cause: Error): void => {
    // Until it listens, whoever asked for it learns by the rejection; and a broken connection says so twice.
    if (over || watch === undefined) return;
    void end();
    onLost(cause);
  };
  client.on('error', lost);
  client.on('end', () => lost(new Error('the connection ended')));
  client.on('notification', ({ payload }) => onNotice(payload ?? ''));
  try {
    await client.connect();
    await client.query(`listen "${channel}"`);
  } catch (error) {
    await end();
    throw error;
  }
  // Something on the way may have dropped it without a word, and silence is all that a listener hears then.
  watch = setInterval(() => client.query('select').catch(lost), areYouThereMillis);
  watch.unref();
  return end;
}
