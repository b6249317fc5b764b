import type { CalendarDate } from '../../base/calendar-date.ts';
import type { Composition, PluginSettings } from '../../plugin-host/composition.ts';
import { connectorFindings } from '../../seams/laws/connector.ts';
import type { Finding } from '../../seams/laws/law.ts';
import { siteFindings } from '../../seams/laws/site.ts';
import type { Plugin } from '../../seams/plugin.ts';
import { core } from '../core.ts';
import { ownTestFindings } from './own-tests.ts';
import { ownershipFindings } from './ownership.ts';
import { accountAt, recordedIn } from './recorded.ts';
import { tableFindings } from './tables.ts';
import type { Target } from './target.ts';

/** What there is to check a plugin with. */
export interface Bench {
  /** What is installed: where the plugins come from that the checked one requires. */
  readonly installed: Composition;
  readonly settings: PluginSettings;
  readonly today: CalendarDate;
}

/**
 * Every law there is for a plugin: that it fits, its sites, its connector, its tables and its own tests. A plugin that
 * does not fit is asked nothing more, since what it declares may not be what it seems.
 */
export async function checkPlugin(target: Target, { installed, settings, today }: Bench): Promise<Finding[]> {
  const required = requiredBy(target.exported, installed.plugins);
  const config =
    idOf(target.exported) === undefined
      ? {}
      : pick(settings.config, [...required.map(({ id }) => id), idOf(target.exported) ?? '']);
  const { lock: _recorded, ...rest } = settings;
  const { findings, composition } = ownershipFindings(core, target, required, { ...rest, config });
  const plugin = composition?.plugins.find(({ id }) => id === idOf(target.exported));
  if (plugin === undefined) return [...findings];

  const sites = [...(plugin.sites ?? []), ...installed.plugins.flatMap((one) => one.sites ?? [])];
  const recorded = recordedIn(target.folder, sites);
  return [
    ...findings,
    ...siteFindings(plugin, today),
    ...(plugin.connector === undefined
      ? []
      : connectorFindings(plugin.connector, recorded, accountAt(undefined, sites))),
    ...(await tableFindings(plugin, required)),
    await ownTestFindings(plugin.id, target.folder),
  ];
}

/** The installed plugins that this one cannot be without, and those that they cannot be without. */
function requiredBy(exported: unknown, installed: readonly Plugin[]): Plugin[] {
  const wanted = new Set<string>();
  const visit = (plugin: unknown): void => {
    for (const id of Object.keys((plugin as Partial<Plugin> | undefined)?.requires ?? {})) {
      if (wanted.has(id)) continue;
      wanted.add(id);
      visit(installed.find((one) => one.id === id));
    }
  };
  visit(exported);
  return installed.filter(({ id }) => wanted.has(id) && id !== idOf(exported));
}

const idOf = (exported: unknown): string | undefined =>
  typeof exported === 'object' && exported !== null && 'id' in exported && typeof exported.id === 'string'
    ? exported.id
    : undefined;

const pick = (from: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
