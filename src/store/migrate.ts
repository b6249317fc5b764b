import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { OperatorError } from '../base/operator-error.ts';
import { connected } from './database-connection.ts';
import { type MigrationFile, readMigrations } from './migration-files.ts';
import { locked, tablePatience } from './migration-lock.ts';
import { isPassing, reasonOf } from './migration-trouble.ts';

export interface MigrateOptions {
  /** One line per migration with the time it took, and one when another Acorn is migrating. */
  readonly log?: (line: string) => void;
}

/**
 * Bring a database up to date: apply what `folders` hold and the database does not yet have, in order, one at a
 * time under a lock, each file in one transaction. Applied twice it does nothing.
 *
 * The bookkeeping is Prisma's table `_prisma_migrations`, so `prisma migrate deploy` and `resolve` go on working
 * on the same database. Nothing is applied when something does not add up: an applied file that was edited, one
 * the database has and we do not, one that failed before, or foreign tables in a database without a history.
 *
 * A file may not commit by itself and so cannot hold `CREATE INDEX CONCURRENTLY` or `VACUUM`.
 *
 * @param database a connection string, or a client that is connected and outside a transaction
 * @param folders  each holds `<timestamp>_<name>/migration.sql`. A plugin's are not among them: see `migratePlugins`
 * @returns        the names applied now, in order; empty when the database was up to date
 * @source         prisma-engines, `sql-schema-connector`: the table, the lock's number and the checksum
 */
export async function migrate(
  database: string | pg.Client,
  folders: readonly string[],
  { log = () => {} }: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folders);
  if (typeof database !== 'string') {
    return { applied: await migrateLocked(database, migrations, log) };
  }
  return connected(database, async (client) => ({ applied: await migrateLocked(client, migrations, log) }));
}

async function migrateLocked(client: pg.Client, migrations: MigrationFile[], log: (line: string) => void) {
  return locked(client, log, async () => {
    const pending = pendingOf(migrations, await readHistory(client));
    for (const migration of pending) {
      const started = performance.now();
      await apply(client, migration);
      log(`Applied migration ${migration.name} in ${Math.round(performance.now() - started)} ms.`);
    }
    return pending.map((migration) => migration.name);
  });
}

/** What the database remembers about one attempt at a migration. */
interface HistoryRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
  readonly rolled_back_at: Date | null;
}

async function readHistory(client: pg.Client): Promise<HistoryRow[]> {
  const { rows } = await client.query<{ known: boolean; tables: string[] | null }>(`
    SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS known,
      (SELECT array_agg(c.relname::text ORDER BY c.relname) FROM pg_class c
        WHERE c.relnamespace = to_regnamespace('public') AND c.relkind IN ('r', 'p')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')) AS tables`);
  if (rows[0]?.known === true) {
    return (
      await client.query<HistoryRow>(
        'SELECT migration_name, checksum, finished_at, rolled_back_at FROM public._prisma_migrations ORDER BY started_at',
      )
    ).rows;
  }
  const foreign = rows[0]?.tables ?? [];
  if (foreign.length > 0) {
    throw new OperatorError(
      'DATABASE_NOT_EMPTY',
      `The database already holds tables that are not Acorn's (${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ', …' : ''}): give Acorn a database of its own.`,
    );
  }
  await client.query(`
    CREATE TABLE public._prisma_migrations (
      id                      VARCHAR(36) PRIMARY KEY NOT NULL,
      checksum                VARCHAR(64) NOT NULL,
      finished_at             TIMESTAMPTZ,
      migration_name          VARCHAR(255) NOT NULL,
      logs                    TEXT,
      rolled_back_at          TIMESTAMPTZ,
      started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
      applied_steps_count     INTEGER NOT NULL DEFAULT 0
    )`);
  return [];
}

/** Compare files with history; answer what to apply, or refuse everything. */
function pendingOf(migrations: MigrationFile[], history: HistoryRow[]): MigrationFile[] {
  const files = new Map(migrations.map((migration) => [migration.name, migration]));
  const applied = new Set<string>();
  for (const row of history) {
    if (row.rolled_back_at !== null) {
      continue;
    }
    const name = row.migration_name;
    if (row.finished_at === null) {
      throw new OperatorError(
        'MIGRATION_FAILED',
        `The migration "${name}" failed earlier (the column logs of _prisma_migrations says why): put its cause right, then run: UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE migration_name = '${name}' AND finished_at IS NULL; and start again.`,
      );
    }
    const file = files.get(name);
    if (file === undefined) {
      throw new OperatorError(
        'MIGRATION_MISSING',
        `The database has the migration "${name}", which this Acorn does not know: it was upgraded by a newer Acorn or with a plugin that is not installed here, so start that one.`,
      );
    }
    if (!file.acceptable.has(row.checksum)) {
      throw new OperatorError(
        'MIGRATION_EDITED',
        `The migration "${name}" was edited after it was applied to this database: restore the file as released, and put the change into a new migration.`,
      );
    }
    applied.add(name);
  }
  return migrations.filter((migration) => !applied.has(migration.name));
}

/**
 * One file, one transaction, its row of history included: a crash at any moment leaves either all of it or no
 * trace. Only a failure that would come again (a fault in the file) is remembered and stops later starts; a full
 * disk, a lost connection or a busy table is not the file's fault, and the next start tries again.
 */
async function apply(client: pg.Client, migration: MigrationFile): Promise<void> {
  const id = randomUUID();
  const startedAt = new Date();
  try {
    await client.query('BEGIN');
    await client.query(
      `SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = '${tablePatience}'`,
    );
    const before = await currentTransaction(client);
    await client.query(migration.sql);
    if ((await currentTransaction(client)) !== before) {
      throw new Error('the file ends its transaction itself (COMMIT or ROLLBACK), which a migration must not');
    }
    await client.query(
      `INSERT INTO public._prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [id, migration.checksum, migration.name, startedAt],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    const reason = reasonOf(error, migration.sql);
    if (isPassing(error)) {
      throw new OperatorError(
        'MIGRATION_FAILED',
        `The migration "${migration.name}" could not be applied now and was rolled back wholly (${reason}): put that right and start again.`,
        { cause: error },
      );
    }
    await client.query(
      'INSERT INTO public._prisma_migrations (id, checksum, migration_name, logs, started_at) VALUES ($1, $2, $3, $4, $5)',
      [id, migration.checksum, migration.name, reason, startedAt],
    );
    throw new OperatorError(
      'MIGRATION_FAILED',
      `The migration "${migration.name}" failed and was rolled back wholly: ${reason}.`,
      { cause: error },
    );
  }
}

async function currentTransaction(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id');
  return rows[0]?.id;
}
