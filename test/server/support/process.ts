import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../bin/acorn.js', import.meta.url));

export interface AcornProcess {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly exit: Promise<number | null>;
  /** Wait for a line of standard output, and answer with what the first group caught. */
  says(pattern: RegExp, millis?: number): Promise<string>;
  /** Ask it to stop, and wait for its exit code. */
  stop(): Promise<number | null>;
}

/** What still runs: a test that ran out of time leaves nothing behind. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Run the real command in a process of its own. */
export function acorn(args: readonly string[], environment: Record<string, string>, folder: string): AcornProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve)).finally(() => running.delete(child));
  return {
    child,
    out: () => out,
    err: () => err,
    exit,
    says: async (pattern, millis = 20_000) => {
      const end = Date.now() + millis;
      while (Date.now() < end) {
        const found = pattern.exec(out);
        if (found !== null) return found[1] ?? found[0];
        if (child.exitCode !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`it never said ${pattern}, but:\n${out}\n${err}`);
    },
    stop: () => {
      child.kill('SIGTERM');
      return exit;
    },
  };
}
