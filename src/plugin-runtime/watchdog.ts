import { Worker } from 'node:worker_threads';
import { tellWhoRuns, whoRuns } from '../plugin-host/running.ts';
import { sessionOptions } from '../store/connection.ts';
import { switchOffStatement } from '../store/plugin-switches.ts';

export interface WatchdogOptions {
  readonly databaseUrl: string;
  /** Longest that one piece of a plugin's code may keep the process from everything else, in milliseconds. */
  readonly longest?: number;
}

/** How often the process shows that it is alive, in milliseconds. */
const beat = 250;

/**
 * Watch this process from a thread of its own. A deadline cannot end a loop that never lets go: nothing else runs in a
 * process meanwhile, no timer either. When that goes on too long and the code is a plugin's, the plugin is switched off
 * in the database, with the place it was in as the reason, and the process ends itself (SIGKILL): whoever keeps it
 * running starts it again, without that plugin. What is not a plugin's is left alone.
 *
 * @returns how to call it off
 */
export function startWatchdog({ databaseUrl, longest = 10_000 }: WatchdogOptions): () => Promise<void> {
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const stopTelling = tellWhoRuns();
  const beating = setInterval(() => Atomics.add(beats, 0, 1), beat);
  beating.unref();
  // Plain JavaScript: a thread cannot rely on whatever lets its parent run TypeScript.
  const thread = new Worker(new URL('./watchdog-thread.js', import.meta.url), {
    workerData: {
      beats,
      beat,
      longest,
      databaseUrl,
      whoRuns,
      switchOffStatement,
      options: sessionOptions('acorn_worker'),
    },
    execArgv: [],
  });
  thread.unref();
  thread.on('error', () => {});
  return async () => {
    clearInterval(beating);
    stopTelling();
    await thread.terminate();
  };
}
