import type { PluginProblem } from '../plugin-host/board.ts';
import type { Database } from '../store/database.ts';
import { listenersInTrouble } from '../store/plugin-cursors.ts';
import { jobStates } from '../store/plugin-jobs.ts';

/** What the database remembers of jobs and listeners in trouble, by plugin: the same in every process. */
export async function readTroubles(database: Database): Promise<ReadonlyMap<string, readonly PluginProblem[]>> {
  const [jobs, listeners] = [await jobStates(database), await listenersInTrouble(database)];
  const found = new Map<string, PluginProblem[]>();
  const add = (plugin: string, problem: PluginProblem): void => {
    found.set(plugin, [...(found.get(plugin) ?? []), problem]);
  };
  for (const { pluginId, name, problem, failures } of jobs) {
    if (problem === null || failures === 0) continue;
    add(pluginId, { part: 'job', name, message: `failed ${times(failures)}, last: ${problem}` });
  }
  for (const { pluginId, listener, accountId, failures, parkedAt, problem } of listeners) {
    const message =
      parkedAt === null
        ? `failed ${times(failures)}, tried again soon: ${problem}`
        : `parked after ${times(failures)}: ${problem}. Put it right, then run "acorn plugins enable ${pluginId}"`;
    add(pluginId, { part: 'listener', name: listener, message, accountId });
  }
  return found;
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
