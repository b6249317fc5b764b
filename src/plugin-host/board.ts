import type { AccountId } from '../base/ids.ts';
import type { BreakerState } from './schema/breaker.ts';

/** How each plugin is doing, as this process knows it at the moment it is asked. */
export interface PluginBoard {
  /** In the order in which plugins start. */
  list(): readonly PluginStatus[];
}

export interface PluginStatus {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  /** Codes of the sites it brings. */
  readonly sites: readonly string[];
  readonly enabled: boolean;
  /**
   * `DISABLED` by an operator. `FAILED`: it did not start, or says so itself. `DEGRADED`: something of it is in trouble,
   * and the rest goes on. `UNKNOWN`: not started yet, or not asked yet.
   */
  readonly health: 'OK' | 'DEGRADED' | 'FAILED' | 'DISABLED' | 'UNKNOWN';
  /** Whether its fields are asked. */
  readonly breaker: BreakerState;
  readonly problems: readonly PluginProblem[];
}

export interface PluginProblem {
  readonly part: 'start' | 'stop' | 'health' | 'job' | 'listener' | 'stray' | 'loop';
  /** Name of the job or listener. */
  readonly name?: string;
  /** What is wrong, and what can be done; may quote the plugin. */
  readonly message: string;
  /** Set: it happened with this account's rows, and only who may see the account may read the message. */
  readonly accountId?: AccountId;
}
