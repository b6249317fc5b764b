import { AsyncLocalStorage } from 'node:async_hooks';

const running = new AsyncLocalStorage<string>();

/**
 * Run a plugin's code under its name. Whatever it leaves behind, a timer or a promise nobody waits for, keeps the name,
 * so that a failure long after the call is still known to be the plugin's.
 */
export const asPlugin = <T>(id: string, call: () => T): T => running.run(id, call);

/** The plugin whose code is running here, if any. */
export const runningPlugin = (): string | undefined => running.getStore();

/**
 * Let a debugger that has stopped this thread ask whose code it stopped in, by `globalThis[whoRuns]()`.
 * @returns how to take that back
 */
export function tellWhoRuns(): () => void {
  Object.defineProperty(globalThis, whoRuns, { value: runningPlugin, configurable: true });
  return () => {
    Reflect.deleteProperty(globalThis, whoRuns);
  };
}

export const whoRuns = 'acorn: the plugin whose code is running';
