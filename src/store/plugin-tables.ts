import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { AccountId } from '../base/ids.ts';
import type { OwnTables, PrismaAdapter } from '../seams/plugin.ts';
import { sessionOptions, timeouts } from './connection.ts';
import { adapterOver } from './plugin-models.ts';
import { name, schemaOf } from './plugin-roles.ts';

/** Statements of plugins, each plugin as its own role. */
export interface PluginTables {
  /**
   * One transaction for one account, as the plugin's role: its own rows, and the rows of core models it was given.
   * @throws when the plugin has no role here, and when `work` takes longer than its time; then the connection is cut
   */
  use<T>(
    pluginId: string,
    accountId: AccountId,
    work: (query: OwnTables) => Promise<T>,
    limits?: TransactionLimits,
  ): Promise<T>;
  /** The same transaction, for a Prisma client of the plugin's own over its own database schema. */
  models<T>(pluginId: string, accountId: AccountId, work: (adapter: PrismaAdapter) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What one transaction may, where that is less than usual. */
export interface TransactionLimits {
  /** Nothing can be written: the database refuses it. */
  readonly readOnly?: boolean;
  /** Shorter than that of the pool; longer is no use. */
  readonly deadlineMillis?: number;
}

export interface PluginTablesOptions {
  /** Connections for all plugins together. */
  readonly poolSize?: number;
  /** Transactions one plugin may have open at once, so that one that hangs leaves connections to the others. */
  readonly perPlugin?: number;
  /** How long a transaction may take, its wait for a connection included. */
  readonly deadlineMillis?: number;
}

/** A transaction of a plugin that was cut because it took too long, or waited too long behind its own. */
export class TablesDeadline extends Error {
  override readonly name = 'TablesDeadline';
}

/** One statement on the connection of a transaction, while it lasts. */
export type Ask = (statement: pg.QueryConfig) => Promise<pg.QueryResult>;

/** Open a pool for plugins, apart from the core's: whatever they do, requests find connections. */
export function openPluginTables(
  url: string,
  { poolSize = 6, perPlugin = 2, deadlineMillis: longest = 10_000 }: PluginTablesOptions = {},
): PluginTables {
  const pool = new pg.Pool({
    connectionString: url,
    options: sessionOptions('acorn_worker', timeouts.statement),
    max: poolSize,
    connectionTimeoutMillis: longest,
  });
  pool.on('error', () => {});
  const open = new Map<string, number>();

  const within = async <T>(
    pluginId: string,
    accountId: AccountId,
    { readOnly = false, deadlineMillis = longest }: TransactionLimits,
    work: (ask: Ask) => Promise<T>,
  ): Promise<T> => {
    const late = new AbortController();
    const deadline = sleep(deadlineMillis, undefined, { signal: late.signal }).then(() => {
      throw new TablesDeadline(`a transaction of the plugin "${pluginId}" took longer than ${deadlineMillis} ms`);
    });
    deadline.catch(() => {});
    try {
      await turn(open, pluginId, perPlugin, deadlineMillis);
      try {
        return await transaction(pool, { pluginId, accountId, readOnly }, work, deadline);
      } finally {
        open.set(pluginId, (open.get(pluginId) ?? 1) - 1);
      }
    } finally {
      late.abort();
    }
  };

  return {
    use: (pluginId, accountId, work, limits = {}) =>
      within(pluginId, accountId, limits, (ask) =>
        work(async <Row>(text: string, parameters: readonly unknown[] = []) => {
          oneStatement(text);
          return (await ask({ text, values: [...parameters] })).rows as Row[];
        }),
      ),
    models: (pluginId, accountId, work) =>
      within(pluginId, accountId, {}, (ask) => work(adapterOver(ask, oneStatement, schemaOf(pluginId)))),
    close: () => pool.end(),
  };
}

async function turn(open: Map<string, number>, pluginId: string, most: number, patience: number): Promise<void> {
  for (let waited = 0; (open.get(pluginId) ?? 0) >= most; waited += 10) {
    if (waited > patience) throw new TablesDeadline(`the plugin "${pluginId}" has ${most} transactions open already`);
    await sleep(10);
  }
  open.set(pluginId, (open.get(pluginId) ?? 0) + 1);
}

interface TransactionOf {
  readonly pluginId: string;
  readonly accountId: AccountId;
  readonly readOnly: boolean;
}

async function transaction<T>(
  pool: pg.Pool,
  { pluginId, accountId, readOnly }: TransactionOf,
  work: (ask: Ask) => Promise<T>,
  deadline: Promise<never>,
): Promise<T> {
  const client = await pool.connect();
  let over = false;
  let cut: Error | undefined;
  let asked: Promise<unknown> = Promise.resolve();
  const ask: Ask = async (statement) => {
    if (over) throw new Error('the transaction is over: ask only inside the function given to tables');
    // The extended protocol takes one statement at a time, with or without parameters.
    const single = { ...statement, queryMode: 'extended' };
    // One after the other, as a connection takes them, also when the plugin does not wait.
    const answer = asked.then(() => client.query(single));
    asked = answer.catch(() => {});
    return answer;
  };
  try {
    const role = await roleOf(client, pluginId);
    await client.query(readOnly ? 'begin read only' : 'begin');
    await client.query(
      `select set_config('app.account_ids', $1, true), set_config('search_path', $2, true), set_config('role', $3, true)`,
      [`{${accountId}}`, `${name(schemaOf(pluginId))}, public, pg_temp`, role],
    );
    const result = await Promise.race([work(ask), deadline]);
    over = true;
    await Promise.race([asked, deadline]);
    // PostgreSQL answers a commit after a failed statement with a rollback, and calls that no error.
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new Error('a statement of the transaction failed, and so nothing of it was kept');
    return result;
  } catch (error) {
    over = true;
    // What hangs may hang in a statement; then the connection cannot be asked to roll back, only be let go.
    if (error instanceof TablesDeadline) cut = error;
    else {
      await client.query('rollback').catch((cause: Error) => {
        cut = cause;
      });
    }
    throw error;
  } finally {
    client.release(cut);
  }
}

async function roleOf(client: pg.PoolClient, pluginId: string): Promise<string> {
  const { rows } = await client.query<{ role: string | null }>('select "role" from public."Plugin" where "id" = $1', [
    pluginId,
  ]);
  const role = rows[0]?.role;
  if (role == null) {
    throw new Error(
      `the plugin "${pluginId}" has no tables: give it migrations, or name core models in capabilities.reads`,
    );
  }
  return role;
}

/**
 * Refuse what would step out of the transaction or its account. A guard against mistakes: a plugin is code in our
 * process, and what must be kept from its author cannot be kept from it here.
 */
function oneStatement(text: string): void {
  const bare = text.replace(/^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/|\()+/, '');
  if (!/^(select|insert|update|delete|merge|with|values|table)\b/i.test(bare)) {
    throw new Error(`a plugin's statement reads or writes rows, and this does not: ${bare.slice(0, 40)}`);
  }
  if (/set_config|U&"/i.test(text)) throw new Error("a plugin's statement does not change its session");
}
