import type { PluginProblem, PluginStatus } from '../plugin-host/board.ts';
import type { BreakerState } from '../plugin-host/schema/breaker.ts';
import type { Supervisor } from './supervisor.ts';

export interface Known {
  readonly supervisor: Supervisor;
  readonly enabled: boolean;
  readonly breaker: BreakerState;
  /** Of its jobs and listeners, and what it left behind. */
  readonly troubles: readonly PluginProblem[];
}

/** One plugin's line on the board. */
export function statusOf({ supervisor, enabled, breaker, troubles }: Known): PluginStatus {
  const { id, version, description, sites = [] } = supervisor.plugin;
  const problems = [...supervisor.problems, ...troubles];
  return {
    id,
    version,
    description,
    sites: sites.map(({ code }) => code),
    enabled,
    breaker,
    problems,
    health: healthOf(supervisor, enabled, breaker !== 'CLOSED' || problems.length > 0),
  };
}

function healthOf({ plugin, phase, health }: Supervisor, enabled: boolean, inTrouble: boolean): PluginStatus['health'] {
  if (!enabled) return 'DISABLED';
  if (phase === 'failed' || health?.status === 'FAILED') return 'FAILED';
  if (phase !== 'running') return 'UNKNOWN';
  if (inTrouble || health?.status === 'DEGRADED') return 'DEGRADED';
  return plugin.health !== undefined && health === undefined ? 'UNKNOWN' : 'OK';
}
