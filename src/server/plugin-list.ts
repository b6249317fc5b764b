import type { Composition } from '../plugin-host/composition.ts';
import { isVisible } from '../plugin-host/schema/additions.ts';
import type { Plugin } from '../seams/plugin.ts';

/**
 * Which seams and slots there are and who fills them, then each plugin with what it may touch: lines for a person.
 *
 * @param slots the named slots of the core
 */
export function describePlugins(composition: Composition, platform: string, slots: ReadonlySet<string>): string[] {
  const { plugins, lock, notices } = composition;
  return [
    `Platform ${platform}, ${lock.plugins.length} plugins.`,
    '',
    'Sites',
    ...rows(plugins.flatMap(siteRows)),
    '',
    'Connectors',
    ...rows(plugins.flatMap(({ id, version, connector }) => (connector ? [[connector.name, `${id} ${version}`]] : []))),
    '',
    'Slots',
    ...(slots.size === 0
      ? ['  none: nothing in the core can be replaced yet']
      : [...slots].sort().flatMap(slotRows(composition))),
    '',
    'Plugins, in the order in which they start',
    ...plugins.flatMap((plugin) => describe(plugin, composition)),
    ...(notices.length === 0 ? [] : ['', 'To know', ...notices.map(({ message }) => `  ${message}`)]),
  ];
}

const siteRows = ({ id, version, sites = [] }: Plugin): string[][] =>
  sites.map(({ code, name, marketplaces }) => [
    code,
    name,
    `${id} ${version}`,
    marketplaces.map((store) => `${store.country} ${store.currency}`).join(', '),
  ]);

const slotRows =
  ({ plugins, slot: filling, sites: { codes } }: Composition) =>
  (slot: string): string[] => {
    const everywhere = plugins.find(({ slots = [] }) =>
      slots.some((one) => one.slot === slot && one.site === undefined),
    );
    const bySite = codes.flatMap((site) => {
      const winner = filling(slot, site)?.plugin;
      return winner === undefined || winner === everywhere?.id ? [] : [`    ${site}  ${winner}`];
    });
    return [`  ${slot}  ${everywhere?.id ?? (bySite.length === 0 ? 'nobody' : 'nobody elsewhere')}`, ...bySite];
  };

function describe(plugin: Plugin, { owners, sites: { codes } }: Composition): string[] {
  const { id, version, description, platform, requires = {}, capabilities = {}, scopes = {}, emits = {} } = plugin;
  const owned = [...owners].filter(([, owner]) => owner === id).map(([coordinate]) => coordinate);
  const seenBy = codes.filter((site) => isVisible(plugin, [site]));
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['platform', [platform]],
    ['requires', Object.entries(requires).map(([other, range]) => `${other} ${range}`)],
    ['reads', capabilities.reads ?? []],
    ['talks to', capabilities.network ?? []],
    ['types', owned.filter((coordinate) => !coordinate.includes('.'))],
    ['fields', Object.keys(plugin.schema?.fields ?? {}).filter((coordinate) => owned.includes(coordinate))],
    ['seen at', owned.length === 0 ? [] : seenBy],
    ['rights', Object.keys(scopes)],
    ['emits', Object.keys(emits).map((name) => `${id}.${name}`)],
    ['listens to', [...new Set((plugin.on ?? []).flatMap(({ to }) => to))]],
    ['jobs', (plugin.jobs ?? []).map(({ name, everySeconds }) => `${name} every ${everySeconds} s`)],
    ['tables', plugin.migrations === undefined ? [] : ['its own']],
  ];
  return [
    `  ${id} ${version}: ${description}`,
    ...lines
      .filter(([, words]) => words.length > 0)
      .map(([what, words]) => `    ${what.padEnd(10)} ${words.join(', ')}`),
  ];
}

/** Columns as wide as their widest word. */
function rows(table: readonly (readonly string[])[]): string[] {
  if (table.length === 0) return ['  none'];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) => `  ${row.map((word, column) => word.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
