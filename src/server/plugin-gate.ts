import type { Composition } from '../plugin-host/composition.ts';
import { openGate, type PluginGate } from '../plugin-host/schema/gate.ts';
import type { PluginRuntime } from '../plugin-runtime/runtime.ts';
import type { Log } from './log.ts';

/** The gate of this process: what a plugin's field threw goes to the log whole, and never to a client. */
export const gateOf = (
  { configOf }: Composition,
  runtime: Pick<PluginRuntime, 'switch' | 'tablesOf'>,
  log: Log,
): PluginGate =>
  openGate({
    switch: runtime.switch,
    tablesOf: runtime.tablesOf,
    configOf,
    clock: () => performance.now(),
    report: ({ plugin, field, code, requestId, cause }) =>
      log.warn({ plugin, field, code, requestId, err: cause }, 'a field of a plugin did not answer'),
  });
