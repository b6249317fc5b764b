import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A sequencer in a process of its own. */
export interface SequencerProcess {
  /** What it said so far: `standing by`, `leading`, `trouble: …`. */
  readonly said: string[];
  /** `SIGSTOP` freezes it, `SIGCONT` wakes it up. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** `kill -9`, and wait until it is gone. */
  kill(): Promise<void>;
}

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const script = fileURLToPath(new URL('./sequencer-host.ts', import.meta.url));
const running = new Set<ChildProcess>();

export function startSequencerProcess(databaseUrl: string): SequencerProcess {
  const child = spawn(process.execPath, ['--import', tsx, script, databaseUrl], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => said.push(...String(chunk).trim().split('\n')));
  }
  return {
    said,
    signal: (signal) => child.kill(signal),
    kill: () => end(child),
  };
}

/** For `afterEach`: no process outlives its test, frozen or not. */
export async function killAllSequencers(): Promise<void> {
  await Promise.all([...running].map(end));
}

async function end(child: ChildProcess): Promise<void> {
  if (!running.delete(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
