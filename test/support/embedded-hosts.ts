import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What a host said: its database, or why it has none. */
export interface HostAnswer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly logged: string[];
  readonly code?: string;
  readonly message?: string;
}
export interface Host {
  readonly process: ChildProcess;
  readonly answer: HostAnswer;
  /** End it with this signal and wait until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const script = fileURLToPath(new URL('./embedded-host.ts', import.meta.url));
const running = new Set<ChildProcess>();

/**
 * Start a process that owns an embedded database on `dataDir`, and wait for its first line.
 *
 * @param how.path   its PATH; an empty one hides `setpriv`, so that the database outlives a killed host
 * @param how.uid    run it as this user and group
 * @param how.script another copy of the program
 */
export async function startHost(
  dataDir: string,
  how: { path?: string; uid?: number; port?: number; script?: string } = {},
): Promise<Host> {
  const options = how.port === undefined ? [] : [String(how.port)];
  const child = spawn(process.execPath, ['--import', tsx, how.script ?? script, dataDir, ...options], {
    cwd: '/',
    env: { PATH: how.path ?? process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(how.uid === undefined ? {} : { uid: how.uid, gid: how.uid }),
  });
  running.add(child);
  const ended = once(child, 'exit').then(() => {
    running.delete(child);
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += String(chunk);
  });
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line') as Promise<[string]>,
    ended.then(() => {
      throw new Error(`the host ended without a word: ${complaint}`);
    }),
  ]);
  return {
    process: child,
    answer: JSON.parse(line) as HostAnswer,
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/** For `afterEach`: no host outlives its test. */
export async function endAllHosts(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }),
  );
}
