import type { PluginServices } from '../../seams/plugin.ts';
import { Breaker, type BreakerSettings, type BreakerState, type Outcome, usualBreaker } from './breaker.ts';

/** Which plugins are switched on just now. Switching one off changes its answers, never the SDL. */
export interface PluginSwitch {
  isEnabled(id: string): boolean;
}

/** A plugin's field that did not answer, for whoever reads the log. */
export interface PluginFailure {
  readonly plugin: string;
  /** `Invoice.jp`, or for a rule of a site `JP.tax`. */
  readonly field: string;
  readonly code: 'PLUGIN_FAILED' | 'PLUGIN_TIMEOUT';
  /** Absent for a rule of a site, which every operation of the process asks in the same way. */
  readonly requestId?: string;
  /** What it threw, whole. Never shown to a client. */
  readonly cause: unknown;
}

/** What stands between an operation and the plugins whose fields it asks for. One per process, in every context. */
export interface PluginGate extends PluginSwitch {
  /** The checked configuration of a plugin. */
  configOf(id: string): unknown;
  /** The tables of a plugin, read only. Whose account may be asked for is the operation's to say. */
  tablesOf(id: string): PluginServices['tables'];
  /** Most time that one field may take. */
  readonly deadlineMillis: number;
  /** Let a question to a plugin through, to be told what became of it; `undefined` while it has failed too often. */
  enter(id: string): ((outcome: Outcome) => void) | undefined;
  /** Called once for each field that failed. */
  report(failure: PluginFailure): void;
  /** For the board of plugins. */
  breakerOf(id: string): BreakerState;
}

export interface GateSettings {
  readonly switch: PluginSwitch;
  readonly configOf: (id: string) => unknown;
  readonly tablesOf: (id: string) => PluginServices['tables'];
  readonly report: (failure: PluginFailure) => void;
  /** Milliseconds that only grow, such as `performance.now`. */
  readonly clock: () => number;
  readonly deadlineMillis?: number;
  readonly breaker?: BreakerSettings;
}

/** One second: a page of 250 rows asks 250 times, all at once. */
export const usualDeadlineMillis = 1_000;

/** A gate for every plugin, each with a breaker of its own. */
export function openGate(settings: GateSettings): PluginGate {
  const { configOf, tablesOf, report, clock, deadlineMillis = usualDeadlineMillis, breaker = usualBreaker } = settings;
  const breakers = new Map<string, Breaker>();
  const breakerOf = (id: string): Breaker => {
    const found = breakers.get(id) ?? new Breaker(breaker);
    breakers.set(id, found);
    return found;
  };
  return {
    isEnabled: (id) => settings.switch.isEnabled(id),
    configOf,
    tablesOf,
    report,
    deadlineMillis,
    enter: (id) => {
      const settle = breakerOf(id).enter(clock());
      return settle && ((outcome) => settle(outcome, clock()));
    },
    breakerOf: (id) => breakerOf(id).state(clock()),
  };
}
