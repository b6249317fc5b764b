import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { AccountId } from '../base/ids.ts';
import type { OwnTables } from '../seams/plugin.ts';
import { sessionOptions, timeouts } from './connection.ts';
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

  return {
    use: async (pluginId, accountId, work, { readOnly = false, deadlineMillis = longest } = {}) => {
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
    },
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
  work: (query: OwnTables) => Promise<T>,
  deadline: Promise<never>,
): Promise<T> {
  const client = await pool.connect();
  let over = false;
  let cut: Error | undefined;
  let asked: Promise<unknown> = Promise.resolve();
  const query: OwnTables = async <Row>(text: string, parameters: readonly unknown[] = []) => {
    if (over) throw new Error('the transaction is over: ask only inside the function given to tables');
    oneStatement(text);
    // The extended protocol takes one statement at a time, with or without parameters.
    const statement = { text, values: [...parameters], queryMode: 'extended' };
    // One after the other, as a connection takes them, also when the plugin does not wait.
    const answer = asked.then(() => client.query(statement));
    asked = answer.catch(() => {});
    return (await answer).rows as Row[];
  };
  try {
    const role = await roleOf(client, pluginId);
    await client.query(readOnly ? 'begin read only' : 'begin');
    await client.query(
      `select set_config('app.account_ids', $1, true), set_config('search_path', $2, true), set_config('role', $3, true)`,
      [`{${accountId}}`, `${name(schemaOf(pluginId))}, public, pg_temp`, role],
    );
    const result = await Promise.race([work(query), deadline]);
    over = true;
    await Promise.race([asked, deadline]);
    await client.query('commit');
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
