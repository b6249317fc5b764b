import type { Plugin } from '../../seams/plugin.ts';
import type { Problem } from '../composition.ts';
import { compareText } from '../words.ts';

/** One plugin per id, and a complaint for every id that came more often. Which of them stays does not depend on the list. */
export function withoutDuplicates(plugins: readonly Plugin[]): {
  readonly plugins: readonly Plugin[];
  readonly problems: readonly Problem[];
} {
  const byId = new Map<string, Plugin[]>();
  for (const plugin of plugins) byId.set(plugin.id, [...(byId.get(plugin.id) ?? []), plugin]);
  const kept: Plugin[] = [];
  const problems: Problem[] = [];
  for (const [id, same] of byId) {
    same.sort((a, b) => compareText(fingerprint(a), fingerprint(b)));
    const [first] = same;
    if (first !== undefined) kept.push(first);
    if (same.length === 1) continue;
    problems.push({
      code: 'DUPLICATE_PLUGIN',
      plugin: id,
      element: id,
      message: `${same.length} plugins are called "${id}": ${same.map(({ version, description }) => `${version} (${description})`).join(' and ')}.`,
      cure: 'Install only one of them.',
    });
  }
  return { plugins: kept, problems };
}

/** All of a plugin that is data: functions cannot be compared. */
function fingerprint(plugin: Plugin): string {
  const { id, version, description, platform, requires, after, conflicts, sites, visibleTo, connector } = plugin;
  return JSON.stringify([
    [id, version, description, platform, requires, after, conflicts, visibleTo, connector?.name],
    sites?.map(({ code, name, marketplaces }) => [code, name, marketplaces.map((store) => store.id)]),
    [plugin.schema?.sdl, Object.keys(plugin.schema?.fields ?? {}), plugin.slots?.map(({ slot, site }) => [slot, site])],
    [plugin.scopes, Object.keys(plugin.emits ?? {}), plugin.on?.map(({ name, to }) => [name, to])],
    [plugin.jobs?.map(({ name }) => name), plugin.migrations?.href, plugin.capabilities, plugin.config?.secrets],
  ]);
}
