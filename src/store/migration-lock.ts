import type pg from 'pg';
import { OperatorError } from '../base/operator-error.ts';
import { codeOf } from './migration-trouble.ts';

/** Prisma's own lock, so that `prisma migrate deploy` and our runners wait for each other. */
const prismaLock = 72_707_369;
/** How long to wait for another migration to finish. */
const lockPatience = '10min';
/** How long one statement may wait for a table others use. Longer, and their queries queue up behind it. */
export const tablePatience = '60s';

/** Do this while nobody else changes the shape of the database. @throws OperatorError MIGRATION_LOCKED after ten minutes */
export async function locked<T>(client: pg.Client, log: (line: string) => void, work: () => Promise<T>): Promise<T> {
  await takeLock(client, log);
  try {
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [prismaLock]).catch(() => {});
  }
}

async function takeLock(client: pg.Client, log: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [prismaLock]);
  if (rows[0]?.taken === true) {
    return;
  }
  log('Another Acorn is migrating this database; waiting for it to finish.');
  // The lock outlives this transaction; the patience does not.
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL lock_timeout = '${lockPatience}'; SET LOCAL statement_timeout = 0`);
    await client.query('SELECT pg_advisory_lock($1)', [prismaLock]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    if (codeOf(error) !== '55P03') {
      throw error;
    }
    throw new OperatorError(
      'MIGRATION_LOCKED',
      `Another program has been migrating this database for more than ${lockPatience}: see who holds advisory lock ${prismaLock} in pg_locks, and start again when it is done.`,
      { cause: error },
    );
  }
}
