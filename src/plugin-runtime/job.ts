import type { Job, Plugin, PluginServices } from '../seams/plugin.ts';
import type { Database } from '../store/database.ts';
import { dueIn, noteJobEnded, noteJobStarted } from '../store/plugin-jobs.ts';
import { guarded, problemOf } from './guarded.ts';
import type { PluginLimits } from './limits.ts';
import type { Locks } from './locks.ts';
import { pause, type Runner, waitAtMost } from './runner.ts';
import type { PluginLog } from './services.ts';

export interface JobOptions {
  readonly database: Database;
  readonly plugin: Plugin;
  readonly job: Job;
  readonly services: PluginServices;
  readonly locks: Locks;
  readonly log: PluginLog;
  readonly limits: PluginLimits;
  /** What an earlier runner of this job may still be doing. */
  readonly after: Promise<void>;
}

/** A job that is told to stop has this long to do so before it counts as hanging. Milliseconds. */
const grace = 500;

/**
 * Run a job again and again, in one process of the installation. When a run was missed because nobody was up, it happens
 * once, now. After failures it runs less often; one that hangs is not started again beside itself.
 */
export function startJob({ database, plugin, job, services, locks, log, limits, after }: JobOptions): Runner {
  const key = `job ${plugin.id}/${job.name}`;
  const stopping = new AbortController();
  const { signal } = stopping;
  const everyMillis = job.everySeconds * 1_000;
  let hung = false;

  const nextInMillis = (failures: number): number =>
    Math.min(everyMillis * 2 ** Math.min(failures, 6), Math.max(everyMillis, 3_600_000));

  const runOnce = async (): Promise<void> => {
    await noteJobStarted(database, plugin.id, job.name);
    const problem = hung ? 'it has not come back from an earlier run' : await call();
    // A run that was cut because we stop is no failure, and is due again.
    if (signal.aborted && problem !== null) return;
    const failures = await noteJobEnded(database, plugin.id, job.name, problem, nextInMillis);
    if (problem !== null) log.warn({ plugin: plugin.id, job: job.name, problem, failures }, 'a job failed');
  };

  const call = async (): Promise<string | null> => {
    const deadline = new AbortController();
    const told = AbortSignal.any([signal, deadline.signal]);
    const outcome = await guarded(plugin.id, job.deadlineSeconds * 1_000, () => job.run(services, told));
    deadline.abort(new Error('the job took longer than its deadline'));
    if (outcome.kind === 'late' && !(await waitAtMost(grace, outcome.settled))) {
      hung = true;
      void outcome.settled.then(() => {
        hung = false;
      });
    }
    return outcome.kind === 'done' ? null : outcome.problem;
  };

  const run = async (): Promise<void> => {
    await after;
    while (!signal.aborted) {
      try {
        if (!(await locks.hold(key))) {
          await pause(limits.poll, signal);
          continue;
        }
        const millis = await dueIn(database, plugin.id, job.name);
        if (millis > 0) await pause(Math.min(Math.ceil(millis), 30_000), signal);
        else await runOnce();
      } catch (error) {
        if (signal.aborted) break;
        log.warn({ plugin: plugin.id, job: job.name, problem: problemOf(error) }, 'a job cannot be kept account of');
        await pause(limits.pause, signal);
      }
    }
    await locks.letGo(key);
  };
  const done = run();

  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}
