import type { Instant } from '../base/instant.ts';
import type { Bell, HungBell } from '../change-log/bell.ts';
import { hangBell } from '../change-log/bell-listen.ts';
import type { PluginBoard, PluginProblem } from '../plugin-host/board.ts';
import type { Composition } from '../plugin-host/composition.ts';
import type { BreakerState } from '../plugin-host/schema/breaker.ts';
import { type PluginSwitch, usualDeadlineMillis } from '../plugin-host/schema/gate.ts';
import type { Plugin, PluginServices } from '../seams/plugin.ts';
import type { Database } from '../store/database.ts';
import { disabledPlugins, knowPlugins } from '../store/plugin-switches.ts';
import { openPluginTables } from '../store/plugin-tables.ts';
import { problemOf } from './guarded.ts';
import { startJob } from './job.ts';
import { type PluginLimits, usualLimits } from './limits.ts';
import { startListener } from './listener.ts';
import { openLocks } from './locks.ts';
import { fieldTables } from './own-tables.ts';
import { pause, waitAtMost } from './runner.ts';
import { type PluginLog, servicesOf } from './services.ts';
import { statusOf } from './status.ts';
import { catchStrays } from './stray.ts';
import { type Supervisor, supervise } from './supervisor.ts';
import { readTroubles } from './troubles.ts';

export interface PluginRuntimeOptions {
  readonly database: Database;
  /** For the plugins' own connections. */
  readonly databaseUrl: string;
  /** Rings when the log grows; whoever hung it takes it down. Left out: one of its own, by LISTEN. */
  readonly bell?: HungBell;
  readonly composition: Pick<Composition, 'plugins' | 'configOf'>;
  readonly log: PluginLog;
  /** The time plugins are told. What is scheduled goes by the database's clock. */
  readonly now: () => Instant;
  /** How each plugin's fields fare; see `PluginGate`. */
  readonly breakerOf?: (id: string) => BreakerState;
  readonly limits?: Partial<PluginLimits>;
}

export interface PluginRuntime {
  readonly switch: PluginSwitch;
  /** The tables of a plugin, as its fields may read them. */
  readonly tablesOf: (id: string) => PluginServices['tables'];
  readonly board: PluginBoard;
  /** Resolves when every plugin has been started, or has failed to for the first time. */
  readonly started: Promise<void>;
  /** Stop all, the last started first. Takes no longer than `limits.stopAll` and once `limits.stop`. */
  stop(): Promise<void>;
}

/** Bring plugins to life: their lifecycle, listeners, jobs and health, each on its own, until stopped. */
export async function startPluginRuntime(options: PluginRuntimeOptions): Promise<PluginRuntime> {
  const { database, databaseUrl, composition, log, breakerOf = () => 'CLOSED' } = options;
  const limits = { ...usualLimits, ...options.limits };
  const { plugins } = composition;
  await knowPlugins(
    database,
    plugins.map(({ id }) => id),
  );
  let disabled = await disabledPlugins(database);
  let troubles = await readTroubles(database);
  const strays = new Map<string, { readonly problem: PluginProblem; readonly until: number }>();

  const tables = openPluginTables(databaseUrl);
  const locks = openLocks(database);
  const bell = options.bell ?? hangBell(database);
  const stopCatching = catchStrays((plugin, problem) => {
    log.warn({ plugin, problem }, 'a plugin left something behind that failed');
    const message = `something nobody waits for failed: ${problem}`;
    strays.set(plugin, { problem: { part: 'stray', message }, until: performance.now() + limits.stray });
  });
  const supervisors = plugins.map((plugin): Supervisor => {
    const services = servicesOf(plugin, { ...options, configOf: composition.configOf, tables });
    const common = { database, plugin, services, locks, log, limits };
    return supervise({ ...common, runners: runnersOf(plugin, common, bell) });
  });

  const stopping = new AbortController();
  const started = (async () => {
    for (const supervisor of supervisors) {
      if (!stopping.signal.aborted && !disabled.has(supervisor.plugin.id)) await supervisor.start();
    }
  })();
  /** Follow the switches. When the database is away, everything stays as it is. */
  const watch = async (): Promise<void> => {
    await started;
    while (!stopping.signal.aborted) {
      await pause(limits.poll, stopping.signal);
      if (stopping.signal.aborted) return;
      try {
        disabled = await disabledPlugins(database);
        troubles = await readTroubles(database);
      } catch (error) {
        log.warn({ problem: problemOf(error) }, 'cannot see which plugins are switched off');
        continue;
      }
      // Whoever stops in the meantime finds everything stopped, and leaves it so.
      if (stopping.signal.aborted) return;
      for (const supervisor of supervisors) {
        const { id } = supervisor.plugin;
        if (disabled.has(id) === (supervisor.phase === 'stopped')) continue;
        log.info({ plugin: id }, disabled.has(id) ? 'a plugin is switched off' : 'a plugin is switched on');
        void (disabled.has(id) ? supervisor.stop() : supervisor.start());
      }
    }
  };
  const watching = watch();

  const stopAll = async (): Promise<void> => {
    for (const supervisor of [...supervisors].reverse()) await supervisor.stop();
  };
  let stopped: Promise<void> | undefined;
  return {
    started,
    switch: { isEnabled: (id) => !disabled.has(id) },
    tablesOf: fieldTables(plugins, tables, usualDeadlineMillis),
    board: {
      list: () =>
        supervisors.map((supervisor) => {
          const { id } = supervisor.plugin;
          const stray = strays.get(id);
          const left = stray === undefined || stray.until < performance.now() ? [] : [stray.problem];
          const off = disabled.get(id);
          return statusOf({
            supervisor,
            enabled: !disabled.has(id),
            breaker: breakerOf(id),
            troubles: [...(off == null ? [] : [switchedOff(id, off)]), ...(troubles.get(id) ?? []), ...left],
          });
        }),
    },
    stop: () => {
      stopped ??= (async () => {
        stopping.abort();
        if (!(await waitAtMost(limits.stopAll, stopAll()))) log.warn({}, 'plugins did not stop in time');
        const bellDown = options.bell === undefined ? bell.close() : undefined;
        await waitAtMost(limits.stop, Promise.all([watching, bellDown, locks.close(), tables.close()]));
        stopCatching();
      })();
      return stopped;
    },
  };
}

const switchedOff = (id: string, reason: string): PluginProblem => ({
  part: 'loop',
  message: `${reason}. Put it right, then run "acorn plugins enable ${id}"`,
});

function runnersOf(plugin: Plugin, common: Omit<Parameters<typeof startJob>[0], 'job' | 'after'>, bell: Bell) {
  const { on = [], jobs = [] } = plugin;
  return [
    ...on.map((listener) => ({
      name: `listener ${listener.name}`,
      start: (after: Promise<void>) => startListener({ ...common, bell, listener, after }),
    })),
    ...jobs.map((job) => ({
      name: `job ${job.name}`,
      start: (after: Promise<void>) => startJob({ ...common, job, after }),
    })),
  ];
}
