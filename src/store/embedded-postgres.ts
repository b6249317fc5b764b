import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../base/operator-error.ts';
import { findPostgresBinaries, type PostgresBinaries } from './embedded-postgres/binaries.ts';
import { clusterPassword, makeCluster } from './embedded-postgres/cluster.ts';
import { lockDataFolder } from './embedded-postgres/data-folder-lock.ts';
import { type Launch, launchAs, type SystemUser, unprivilegedUser } from './embedded-postgres/run-as.ts';
import {
  freePort,
  launchServer,
  type RunningServer,
  ServerDidNotStart,
  stopOrphan,
  stopServer,
} from './embedded-postgres/server.ts';
import { explain, unreachableFor } from './embedded-postgres/trouble.ts';

export interface EmbeddedPostgresOptions {
  /** A folder of Acorn's own; made when missing. Everything the database knows is in it. */
  readonly dataDir: string;
  /** Insist on this port. Left out, a free port is chosen, kept in the folder, and changed when it is taken. */
  readonly port?: number;
  /** `none` trades every promise about crashes for speed: for databases that live as long as a test. */
  readonly durability?: 'full' | 'none';
  /** PostgreSQL settings over ours, by their names in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** One line when something happens that an operator may want to know. */
  readonly log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** A connection string for a database of this server, as its superuser. Holds the password: never log it. */
  url(database: string): string;
  readonly port: number;
  /** Process id of the server now; it changes when a killed server was started again. */
  pid(): number | undefined;
  /** Shut down cleanly and let go of the folder. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Start the PostgreSQL that came with `npm ci` on a data folder, make the folder first when it is new, and return
 * when it accepts connections. It listens on 127.0.0.1 only and wants its random password.
 *
 * The data stays: `kill -9` of this process or of the server loses nothing that was committed. A server that dies
 * is started again on the same port, so a connection pool recovers by itself. Everything an operator can put
 * right is an `OperatorError`; nothing else is expected.
 *
 * Not for a PostgreSQL somebody else runs: connect to that by its own connection string.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const binaries = findPostgresBinaries();
  const folder = resolve(options.dataDir);
  const log = options.log ?? (() => {});
  let user: SystemUser | undefined;
  let release = () => {};
  try {
    user = prepareFolder(folder);
    // PostgreSQL names its folder by the real path; so do we, or we would not recognise our own server.
    const real = realpathSync(folder);
    ({ release } = await lockDataFolder(real));
    const launch = reachable(user, binaries, real);
    return await start(real, binaries, launch, user, release, options, log);
  } catch (error) {
    release();
    throw explain({ folder, output: outputOf(error), user: user?.name, cause: error });
  }
}

async function start(
  folder: string,
  binaries: PostgresBinaries,
  launch: Launch,
  user: SystemUser | undefined,
  release: () => void,
  options: EmbeddedPostgresOptions,
  log: (line: string) => void,
): Promise<EmbeddedPostgres> {
  const cluster = join(folder, 'cluster');
  const durable = options.durability !== 'none';
  const settings = { ...ours, ...(durable ? {} : careless), ...options.settings };

  if (await stopOrphan(cluster, binaries, launch)) {
    log('Stopped the database server that an earlier Acorn left running.');
  }
  await makeCluster(cluster, binaries, launch, user, durable);
  const password = clusterPassword(cluster);
  const logFile = join(folder, 'postgres.log');
  let server = await launchOnSomePort(folder, options.port, (port) =>
    launchServer(cluster, port, binaries, launch, settings, logFile),
  );
  const { port } = server;

  let stopping = false;
  const endWithUs = () => server.child.kill('SIGINT');
  process.on('exit', endWithUs);

  /** A server can be killed under us, by a person or by a system short of memory. Its port stays the same. */
  const watch = async (): Promise<void> => {
    for (let pause = 100; ; pause = Math.min(pause * 2, 10_000)) {
      await server.ended;
      if (stopping) {
        return;
      }
      log(`The database server ended unexpectedly; starting it again in ${pause} ms.`);
      await sleep(pause, undefined, { ref: false });
      if (stopping) {
        return;
      }
      try {
        await stopOrphan(cluster, binaries, launch);
        server = await launchServer(cluster, port, binaries, launch, settings, logFile);
        if (stopping) {
          await stopServer(server, cluster, binaries, launch);
          return;
        }
        log('The database server is back.');
        pause = 50;
      } catch (error) {
        log(explain({ folder, output: outputOf(error), user: user?.name, cause: error }).message);
      }
    }
  };
  const watching = watch();

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    stopping = true;
    await stopServer(server, cluster, binaries, launch);
    await watching;
    process.off('exit', endWithUs);
    release();
  };
  return {
    url: (database) => `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    port,
    pid: () => server.child.pid,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Settings that every Acorn database starts with; memory is modest because it shares a machine with us. */
const ours = {
  listen_addresses: '127.0.0.1',
  // No socket file: it would add a length limit and a writable folder to what can go wrong.
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  // Values in statements are the vendor's business, so the log keeps their text out.
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
};

const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Make the folder, and give what is in it to the user PostgreSQL will run as. */
function prepareFolder(folder: string): SystemUser | undefined {
  const user = unprivilegedUser(join(folder, 'cluster'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user !== undefined) {
    if (statSync(folder).uid === 0) {
      chownSync(folder, user.uid, user.gid);
    }
    // Written by root today, they may be written by their owner tomorrow.
    for (const name of ['port', 'postgres.log']) {
      const path = join(folder, name);
      closeSync(openSync(path, 'a', 0o600));
      chownSync(path, user.uid, user.gid);
    }
  }
  return user;
}

function reachable(user: SystemUser | undefined, binaries: PostgresBinaries, folder: string): Launch {
  const launch = launchAs(user, [binaries.initdb, binaries.postgres, folder]);
  if (user !== undefined && launch.unreachable !== undefined) {
    throw unreachableFor(user.name, launch.unreachable);
  }
  return launch;
}

/** Start on the port asked for, or the one kept in the folder, or a free one that is then kept. */
async function launchOnSomePort(
  folder: string,
  insist: number | undefined,
  launch: (port: number) => Promise<RunningServer>,
): Promise<RunningServer> {
  const kept = join(folder, 'port');
  let port = insist ?? readPort(kept) ?? (await freePort());
  for (let attempt = 1; ; attempt++) {
    try {
      const server = await launch(port);
      writeFileSync(kept, `${port}\n`);
      return server;
    } catch (error) {
      if (!(error instanceof ServerDidNotStart && error.portTaken)) {
        throw error;
      }
      if (insist !== undefined || attempt === 5) {
        throw new OperatorError(
          'PORT_IN_USE',
          `Port ${port} on 127.0.0.1 is taken by another program, so the database cannot listen there: stop that program or choose another port for the database.`,
          { cause: error },
        );
      }
      port = await freePort();
    }
  }
}

function readPort(path: string): number | undefined {
  if (!existsSync(path)) {
    return undefined;
  }
  const port = Number(readFileSync(path, 'utf8'));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}

/** What PostgreSQL's programs printed, from the errors that carry it. */
function outputOf(error: unknown): string {
  if (error instanceof ServerDidNotStart) {
    return error.output;
  }
  const { stdout, stderr } = error as { stdout?: unknown; stderr?: unknown };
  return [stdout, stderr].filter((text) => typeof text === 'string').join('\n');
}
