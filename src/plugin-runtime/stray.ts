import { runningPlugin } from '../plugin-host/running.ts';
import { problemOf } from './guarded.ts';

export type OnStray = (plugin: string, problem: string) => void;

const listeners = new Set<OnStray>();

/**
 * Catch what plugins leave behind: a promise nobody waits for that rejects, a timer that throws. Either would end the
 * process, and every other plugin with it. What is not a plugin's ends the process as before.
 *
 * @param onStray called with the plugin it came from
 * @returns how to stop catching
 */
export function catchStrays(onStray: OnStray): () => void {
  if (listeners.size === 0) {
    process.on('unhandledRejection', rejected);
    process.on('uncaughtException', thrown);
  }
  listeners.add(onStray);
  return () => {
    listeners.delete(onStray);
    if (listeners.size > 0) return;
    process.off('unhandledRejection', rejected);
    process.off('uncaughtException', thrown);
  };
}

function rejected(error: unknown): void {
  // Thrown here, it goes the way it would have gone without us.
  if (!isPlugins(error) && process.listenerCount('unhandledRejection') === 1) throw error;
}

function thrown(error: unknown): void {
  if (isPlugins(error) || process.listenerCount('uncaughtException') > 1) return;
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

function isPlugins(error: unknown): boolean {
  const plugin = runningPlugin();
  if (plugin === undefined) return false;
  for (const tell of listeners) tell(plugin, problemOf(error));
  return true;
}
