import type { AccountId } from '../base/ids.ts';
import type { Bell } from '../change-log/bell.ts';
import type { Listener, Plugin, PluginServices } from '../seams/plugin.ts';
import type { Database } from '../store/database.ts';
import { accountsToHear, keepPlace, type ListenerName, noteListenerFailed, placeOf } from '../store/plugin-cursors.ts';
import { hear } from '../store/plugin-heard.ts';
import { guarded, problemOf } from './guarded.ts';
import { type PluginLimits, pauseAfter } from './limits.ts';
import type { Locks } from './locks.ts';
import { pause, type Runner } from './runner.ts';
import type { PluginLog } from './services.ts';

export interface ListenerOptions {
  readonly database: Database;
  readonly plugin: Plugin;
  readonly listener: Listener;
  readonly services: PluginServices;
  readonly bell: Bell;
  readonly locks: Locks;
  readonly log: PluginLog;
  readonly limits: PluginLimits;
  /** What an earlier runner of this listener may still be doing. */
  readonly after: Promise<void>;
}

/** Entries read at once. */
const batch = 100;
/** What an operator reads of a listener that was away, or parked, for longer than the log is kept. */
const expired =
  'CURSOR_EXPIRED: changes after its place are no longer kept; enabled again, it goes on from the oldest that is kept';
/** A busy log rings all the time; a listener looks no oftener than this. Milliseconds. */
const breath = 100;

/**
 * Hand the log to a listener: account by account, each in order, from the place it reached. One process of the
 * installation does; should it die, another goes on from there, so the entry at hand may come twice.
 *
 * An entry that fails holds up its account and no other. It is tried again later and later, then the listener is parked
 * for that account with its reason, its place kept, until an operator enables the plugin again.
 */
export function startListener(options: ListenerOptions): Runner {
  const { database, plugin, listener, bell, locks, log, limits } = options;
  const name: ListenerName = { pluginId: plugin.id, listener: listener.name };
  const key = `listener ${plugin.id}/${listener.name}`;
  const stopping = new AbortController();
  const { signal } = stopping;
  const busy = new Map<AccountId, Promise<void>>();
  const hung = new Set<AccountId>();
  const facts = { plugin: plugin.id, listener: listener.name };

  const trouble = async (error: unknown): Promise<void> => {
    if (signal.aborted) return;
    log.warn({ ...facts, problem: problemOf(error) }, 'cannot read the log for a listener');
    await pause(limits.pause, signal);
  };

  const failed = async (accountId: AccountId, problem: string, failures: number): Promise<void> => {
    const parked = failures >= limits.tries;
    log.warn({ ...facts, accountId, problem, failures }, parked ? 'a listener is parked' : 'a listener failed');
    await noteListenerFailed(
      database,
      name,
      accountId,
      problem,
      failures,
      parked ? undefined : pauseAfter(failures, limits),
    );
  };

  /** One account, until its log ends or an entry fails. */
  const lane = async (accountId: AccountId): Promise<void> => {
    while (!signal.aborted && locks.holds(key)) {
      const { place, hearing } = await database.work(async (sql) => {
        const place = await placeOf(sql, name, accountId);
        return { place, hearing: await hear(sql, accountId, place, listener.to, batch) };
      });
      let { failures } = place;
      if (hearing.expired) return failed(accountId, expired, limits.tries);
      for (const { heard, reached } of hearing.entries) {
        if (signal.aborted || !locks.holds(key)) return;
        if (hung.has(accountId)) return failed(accountId, 'it has not come back from an earlier call', failures + 1);
        const outcome = await guarded(plugin.id, limits.listener, () => listener.handle(heard, options.services));
        if (outcome.kind === 'late') {
          hung.add(accountId);
          void outcome.settled.then(() => hung.delete(accountId));
        }
        if (outcome.kind !== 'done') return failed(accountId, outcome.problem, failures + 1);
        failures = 0;
        await keepPlace(database, name, accountId, reached);
      }
      await keepPlace(database, name, accountId, hearing.reached);
      if (hearing.entries.length < batch) return;
    }
  };

  const look = async (): Promise<void> => {
    if (!(await locks.hold(key))) return;
    for (const accountId of await accountsToHear(database, name, sitesOf(plugin))) {
      if (busy.size >= limits.lanes) return;
      if (busy.has(accountId)) continue;
      busy.set(
        accountId,
        lane(accountId)
          .catch(trouble)
          .finally(() => busy.delete(accountId)),
      );
    }
  };

  const run = async (): Promise<void> => {
    await options.after;
    while (!signal.aborted) {
      const heard = bell.rings;
      await look().catch(trouble);
      await pause(breath, signal);
      // While lanes are taken, somebody waits for one; otherwise there is nothing to do before the bell.
      if (busy.size >= limits.lanes) await Promise.race([...busy.values(), pause(limits.poll, signal)]);
      else if (bell.rings === heard) await bell.wait(limits.poll, signal);
    }
    await Promise.all(busy.values());
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

/** A plugin of a site hears that site's accounts; one that brings none hears all. */
const sitesOf = ({ visibleTo, sites = [] }: Plugin): readonly string[] | undefined =>
  visibleTo ?? (sites.length === 0 ? undefined : sites.map(({ code }) => code));
