import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  /** A connection string to this database, as its owner, who is above row security. */
  readonly url: string;
  /** Remove it, whoever is still connected. Not needed at the end of a run: the whole server goes. */
  drop(): Promise<void>;
}

/**
 * A migrated database of one's own, copied from the run's template in a few dozen milliseconds. Ask once per
 * file, in `beforeAll`; tests of one file may share it.
 *
 * @param options.empty without any migration: for tests that bring their own
 */
export async function testDatabase(options: { readonly empty?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = options.empty === true ? 'template0' : inject('templateDatabase');
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY WAL_LOG`);
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('serverUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
