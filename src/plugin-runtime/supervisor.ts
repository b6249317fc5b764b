import type { PluginProblem } from '../plugin-host/board.ts';
import type { Health, Plugin, PluginServices } from '../seams/plugin.ts';
import { guarded } from './guarded.ts';
import { type PluginLimits, pauseAfter } from './limits.ts';
import { pause, type Runner, waitAtMost } from './runner.ts';
import type { PluginLog } from './services.ts';

export interface SupervisorOptions {
  readonly plugin: Plugin;
  readonly services: PluginServices;
  readonly log: PluginLog;
  readonly limits: PluginLimits;
  /** Its listeners and jobs, by name; each begins after what is left of the one of that name before it. */
  readonly runners: readonly { readonly name: string; readonly start: (after: Promise<void>) => Runner }[];
}

export type Phase = 'stopped' | 'starting' | 'running' | 'failed';

/** Starts and stops one plugin, as often as it is switched on and off. */
export interface Supervisor {
  readonly plugin: Plugin;
  readonly phase: Phase;
  /** What it last said about itself; absent while it was not asked. */
  readonly health: Health | undefined;
  /** What is wrong with its start, stop and health. */
  readonly problems: readonly PluginProblem[];
  /** Resolves when that is done, or has been given up for now. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * One plugin's life: `onStart`, then listeners, jobs and health; and back in reverse. A start that fails is tried again,
 * later and later. Turns are taken one after the other, whoever asks for them.
 */
export function supervise({ plugin, services, log, limits, runners }: SupervisorOptions): Supervisor {
  const { id, lifecycle } = plugin;
  const problems = new Map<PluginProblem['part'], PluginProblem>();
  const leftBehind = new Map<string, Promise<void>>();
  let phase: Phase = 'stopped';
  let health: Health | undefined;
  let running: { readonly name: string; readonly runner: Runner }[] = [];
  let ending = new AbortController();
  let turns: Promise<void> = Promise.resolve();

  const note = (part: PluginProblem['part'], message: string | undefined): void => {
    if (message === undefined) {
      problems.delete(part);
      return;
    }
    if (problems.get(part)?.message !== message) log.warn({ plugin: id, problem: message }, `plugin: ${part}`);
    problems.set(part, { part, message });
  };

  const tryStart = async (failures: number): Promise<void> => {
    const { signal } = ending;
    phase = 'starting';
    const outcome = await Promise.race([
      guarded(id, limits.start, () => lifecycle?.onStart?.(services)),
      aborted(signal),
    ]);
    if (signal.aborted || outcome === undefined) return;
    if (outcome.kind !== 'done') {
      phase = 'failed';
      note('start', outcome.problem);
      // Not beside itself: one that hangs is started again when it has come back.
      const ready = outcome.kind === 'late' ? outcome.settled : Promise.resolve();
      void ready
        .then(() => pause(pauseAfter(failures, limits), signal))
        .then(() => {
          if (!signal.aborted) turn(() => (signal.aborted ? undefined : tryStart(failures + 1)));
        });
      return;
    }
    phase = 'running';
    note('start', undefined);
    running = runners.map(({ name, start }) => ({ name, runner: start(leftBehind.get(name) ?? Promise.resolve()) }));
    if (plugin.health !== undefined) void askHealth(plugin.health, signal);
  };

  const askHealth = async (ask: NonNullable<Plugin['health']>, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const outcome = await guarded(id, limits.health, () => ask(services));
      if (signal.aborted) return;
      health = healthOf(outcome.kind === 'done' ? outcome.value : undefined, outcome);
      note('health', health.status === 'OK' ? undefined : health.problem);
      // Asked again beside itself, one that hangs would pile up.
      if (outcome.kind === 'late') await Promise.race([outcome.settled, aborted(signal)]);
      await pause(limits.healthEvery, signal);
    }
  };

  const turn = (work: () => Promise<void> | undefined): Promise<void> => {
    turns = turns.then(work);
    return turns;
  };

  return {
    plugin,
    get phase() {
      return phase;
    },
    get health() {
      return health;
    },
    get problems() {
      return [...problems.values()];
    },
    start: () =>
      turn(async () => {
        if (phase !== 'stopped') return;
        ending = new AbortController();
        await tryStart(1);
      }),
    stop: () => {
      // At once, so that nothing new begins while it waits for its turn.
      ending.abort();
      return turn(async () => {
        ending.abort();
        if (phase === 'stopped') return;
        const started = phase === 'running';
        await Promise.all(
          running.map(async ({ name, runner }) => {
            const stopped = runner.stop();
            leftBehind.set(name, stopped);
            if (!(await waitAtMost(limits.stop, stopped))) log.warn({ plugin: id, part: name }, 'did not stop in time');
          }),
        );
        running = [];
        const outcome = started
          ? await guarded(id, limits.stop, () => lifecycle?.onStop?.(services))
          : ({ kind: 'done' } as const);
        phase = 'stopped';
        health = undefined;
        problems.clear();
        note('stop', outcome.kind === 'done' ? undefined : outcome.problem);
      });
    },
  };
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));

/** What it said, if that can be understood. */
function healthOf(said: unknown, outcome: { readonly kind: string; readonly problem?: string }): Health {
  if (outcome.problem !== undefined) return { status: 'FAILED', problem: outcome.problem };
  const { status, problem } = (said ?? {}) as { readonly status?: unknown; readonly problem?: unknown };
  if (status === 'OK') return { status };
  if (status === 'DEGRADED' || status === 'FAILED') {
    return {
      status,
      problem: typeof problem === 'string' && problem !== '' ? problem : 'it does not say what is wrong',
    };
  }
  return { status: 'FAILED', problem: 'its health is none that there is: answer { status: "OK" }' };
}
