import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { isDataFolderInUse } from '../../src/store/embedded-postgres/data-folder-lock.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A connection string to the maintenance database of this run's server. */
    serverUrl: string;
    /** The migrated database that every test database is a copy of. */
    templateDatabase: string;
  }
}

const prefix = 'acorn-test-';
const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** One real PostgreSQL per test run, one migrated template in it; both gone when the run ends, however it ends. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  const remove = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', remove);
  try {
    const server = await startEmbeddedPostgres({ dataDir, durability: 'none' });
    const templateDatabase = 'acorn_template';
    await makeTemplate(server.url('postgres'), server.url(templateDatabase), templateDatabase);
    project.provide('serverUrl', server.url('postgres'));
    project.provide('templateDatabase', templateDatabase);
    return async () => {
      await server.stop();
      remove();
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function makeTemplate(serverUrl: string, templateUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  if (existsSync(migrations)) {
    await migrate(templateUrl, [migrations]);
  }
}

/** A run that was killed cannot tidy up; the next one does. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name);
    const anHourOld = () => (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - 3_600_000;
    if (name.startsWith(prefix) && anHourOld() && !(await isDataFolderInUse(folder))) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
