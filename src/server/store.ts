import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { OperatorError } from '../base/operator-error.ts';
import { reachDatabase } from '../store/database-connection.ts';
import { clusterPassword } from '../store/embedded-postgres/cluster.ts';
import { startEmbeddedPostgres } from '../store/embedded-postgres.ts';
import { migrate } from '../store/migrate.ts';
import type { Configuration } from './config.ts';

const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const databaseName = 'acorn';

/** A database that is there and up to date. */
export interface Store {
  /** Holds a password: never log it. */
  readonly url: string;
  /** Names of the migrations applied just now. */
  readonly applied: readonly string[];
  /** Stop what was started for it, which is nothing when the database is somebody else's. */
  stop(): Promise<void>;
}

export interface StoreOptions {
  /** One line when something happens that an operator may want to know. */
  readonly log: (line: string) => void;
  /** Use the database of an Acorn that is running on the same data folder, instead of refusing. */
  readonly join?: boolean;
}

/**
 * Reach the database of `DATABASE_URL`, or start the one that comes with Acorn, and bring it up to date.
 * @throws OperatorError for everything an operator can put right
 */
export async function openStore(
  { databaseUrl, dataFolder }: Pick<Configuration, 'databaseUrl' | 'dataFolder'>,
  { log, join: joining = false }: StoreOptions,
): Promise<Store> {
  const { url, stop } =
    databaseUrl === undefined ? await embedded(dataFolder, log, joining) : await external(databaseUrl);
  try {
    const { applied } = await migrate(url, [migrations], { log });
    return { url, applied, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function external(url: string) {
  await reachDatabase(url);
  return { url, stop: async () => {} };
}

async function embedded(dataFolder: string, log: (line: string) => void, joining: boolean) {
  try {
    const server = await startEmbeddedPostgres({ dataDir: dataFolder, log });
    try {
      await makeDatabase(server.url('postgres'));
    } catch (error) {
      await server.stop();
      throw error;
    }
    return { url: server.url(databaseName), stop: () => server.stop() };
  } catch (error) {
    if (!(joining && error instanceof OperatorError && error.code === 'DATA_FOLDER_IN_USE')) throw error;
    const url = runningServer(dataFolder);
    if (url === undefined) throw error;
    await reachDatabase(url);
    return { url, stop: async () => {} };
  }
}

/** Where the running Acorn's database listens, as its folder says; nothing when we may not read that. */
function runningServer(dataFolder: string): string | undefined {
  try {
    const folder = realpathSync(dataFolder);
    const port = Number(readFileSync(join(folder, 'port'), 'utf8'));
    return `postgres://postgres:${clusterPassword(join(folder, 'cluster'))}@127.0.0.1:${port}/${databaseName}`;
  } catch {
    return undefined;
  }
}

async function makeDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
