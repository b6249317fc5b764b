import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresBinaries } from './binaries.ts';
import { identity, neutralFolder, quietEnvironment, run } from './cluster.ts';
import { isAlive, worksIn } from './processes.ts';
import type { Launch } from './run-as.ts';

/** A server process of ours that accepts connections on `port`. */
export interface RunningServer {
  readonly child: ChildProcess;
  readonly port: number;
  /** Settles when the process has ended, asked or not. */
  readonly ended: Promise<void>;
}

/** A server that did not come up, and what it wrote about that. */
export class ServerDidNotStart extends Error {
  readonly output: string;
  constructor(output: string) {
    super('PostgreSQL did not start');
    this.output = output;
  }
  /** Processes of a killed server are still ending; they notice within moments. */
  get leftovers(): boolean {
    return /pre-existing shared memory block|lock file "postmaster\.pid" already exists/.test(this.output);
  }
  get portTaken(): boolean {
    return /could not bind IPv4 address.*in use|Address already in use|could not create any TCP\/IP sockets/i.test(
      this.output,
    );
  }
}

/** Keep this much log, in bytes, before it moves to one older file. */
const logLimit = 8 * 1024 * 1024;
/** How long the processes of a killed server may take to notice. Milliseconds. */
const leftoverLimit = 15_000;
/** Replaying the log after a crash takes as long as it takes; this is for a server that hangs. Milliseconds. */
const startLimit = 300_000;

/**
 * Start a server on `cluster` and wait until it accepts connections, or fail with what it wrote.
 *
 * It is not part of our process group: Ctrl-C in a terminal reaches us alone, so that we can finish our work
 * before the database goes. It writes to a file rather than to us, so it never waits for a busy reader.
 */
export async function launchServer(
  cluster: string,
  port: number,
  binaries: PostgresBinaries,
  launch: Launch,
  settings: Readonly<Record<string, string>>,
  log: string,
): Promise<RunningServer> {
  const deadline = Date.now() + leftoverLimit;
  for (;;) {
    try {
      return await launchOnce(cluster, port, binaries, launch, settings, log);
    } catch (error) {
      if (!(error instanceof ServerDidNotStart && error.leftovers && Date.now() < deadline)) {
        throw error;
      }
      await sleep(50);
      await stopOrphan(cluster, binaries, launch);
    }
  }
}

async function launchOnce(
  cluster: string,
  port: number,
  binaries: PostgresBinaries,
  launch: Launch,
  settings: Readonly<Record<string, string>>,
  log: string,
): Promise<RunningServer> {
  rotate(log);
  const before = size(log);
  const output = openSync(log, 'a', 0o600);
  const assignments = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program, ...options] = [
    ...launch.prefix,
    binaries.postgres,
    '-D',
    cluster,
    '-p',
    String(port),
    ...assignments,
  ];
  let child: ChildProcess;
  try {
    child = spawn(program ?? binaries.postgres, options, {
      cwd: neutralFolder,
      env: quietEnvironment,
      stdio: ['ignore', output, output],
      detached: process.platform !== 'win32',
      windowsHide: true,
      ...identity(launch),
    });
  } finally {
    closeSync(output);
  }
  let failure: Error | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      failure = error;
      resolve();
    });
  });
  let running = true;
  void ended.then(() => {
    running = false;
  });

  const deadline = Date.now() + startLimit;
  while (running && Date.now() < deadline) {
    const state = readPostmaster(cluster);
    if (state?.pid === child.pid && state?.ready) {
      return { child, port, ended };
    }
    await sleep(5);
  }
  if (failure !== undefined) {
    throw failure;
  }
  child.kill('SIGQUIT');
  await Promise.race([ended, sleep(5_000, undefined, { ref: false })]);
  throw new ServerDidNotStart(readFileSync(log, 'utf8').slice(before));
}

/** An ordinary stop is done in milliseconds; after this many, the log is left to be replayed at the next start. */
const stopLimit = 20_000;

/** Shut down: end open connections, write everything, leave nothing to replay. Returns when the process is gone. */
export async function stopServer(
  server: RunningServer,
  cluster: string,
  binaries: PostgresBinaries,
  launch: Launch,
): Promise<void> {
  if (server.child.exitCode !== null || server.child.signalCode !== null) {
    return;
  }
  await askToStop(server.child.pid, cluster, binaries, launch);
  const impatience = setTimeout(() => server.child.kill('SIGQUIT'), stopLimit);
  await server.ended;
  clearTimeout(impatience);
}

/**
 * Stop a server that a killed Acorn left behind on these files. Its settings and its log may be old, so it is
 * not taken over: a clean stop and start costs a few dozen milliseconds.
 *
 * The caller holds the folder's lock, so no other Acorn can be using it.
 */
export async function stopOrphan(cluster: string, binaries: PostgresBinaries, launch: Launch): Promise<boolean> {
  const left = readPostmaster(cluster);
  if (left === undefined) {
    return false;
  }
  if (!isAlive(left.pid) || worksIn(left.pid, cluster) === false) {
    disown(cluster);
    return false;
  }
  await askToStop(left.pid, cluster, binaries, launch);
  const deadline = Date.now() + stopLimit;
  while (isAlive(left.pid)) {
    if (Date.now() > deadline) {
      process.kill(left.pid, 'SIGQUIT');
    }
    await sleep(10);
  }
  return true;
}

/**
 * Say that the server named in `postmaster.pid` is gone. PostgreSQL refuses to start while any process has that
 * number, be it a stranger's, but not when it is its own parent's: ours. The rest of the file stays, for by it
 * PostgreSQL makes sure that no backend of the old server is still writing.
 */
function disown(cluster: string): void {
  const path = join(cluster, 'postmaster.pid');
  const [, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [process.pid, ...rest].join('\n'));
}

/** A port on 127.0.0.1 that is free now; somebody may still take it before we do. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function askToStop(
  pid: number | undefined,
  cluster: string,
  binaries: PostgresBinaries,
  launch: Launch,
): Promise<void> {
  if (process.platform === 'win32') {
    await run(binaries.pgCtl, ['stop', '--mode=fast', `--pgdata=${cluster}`], launch);
  } else if (pid !== undefined && isAlive(pid)) {
    // "Fast": do not wait for clients, but roll back and write a checkpoint.
    process.kill(pid, 'SIGINT');
  }
}

/** What a server says about itself in its data folder: line 1 is its process id, line 8 its state. */
function readPostmaster(cluster: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

function rotate(log: string): void {
  if (size(log) > logLimit) {
    renameSync(log, `${log}.1`);
  }
}

function size(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
