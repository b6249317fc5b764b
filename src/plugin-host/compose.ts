import { no, yes } from '../base/result.ts';
import type { Connector } from '../seams/connector.ts';
import { installSites } from '../seams/installed-sites.ts';
import type { Plugin } from '../seams/plugin.ts';
import type { Assembly } from './checks/check.ts';
import { configurations } from './checks/configuration.ts';
import { withoutDuplicates } from './checks/duplicate-plugins.ts';
import { checks } from './checks/index.ts';
import { migrations } from './checks/migrations.ts';
import { platformNotices } from './checks/platform.ts';
import { siteNotices } from './checks/slots.ts';
import type {
  Composed,
  Composition,
  Core,
  OutsidePlugin,
  PluginSettings,
  Problem,
  ReadMigrations,
} from './composition.ts';
import { lockOf } from './lock.ts';
import { inOrder } from './order.ts';
import { recognisePlugins } from './recognise.ts';
import { applyAdditions } from './schema/additions.ts';
import { withSiteTables } from './site-tables.ts';
import { compareText } from './words.ts';

/**
 * Put the core and its plugins together, or say everything that is in the way. Server, worker, commands and tests all
 * ask this one function, so what runs in one runs in all.
 *
 * Pure: it opens no file, reads no clock, and starts nothing. The order of `given` makes no difference, not even to
 * the problems.
 *
 * @param given plugins of the tree, and others with where they came from; anything may be among those
 * @param read  how to read migrations; plugins with tables cannot be composed without
 */
export function compose(
  core: Core,
  given: readonly (Plugin | OutsidePlugin)[],
  settings: PluginSettings,
  read: ReadMigrations = noReader,
): Composed {
  const recognised = recognisePlugins(given);
  const once = withoutDuplicates(recognised.plugins);
  const { plugins, problems: rowProblems } = withSiteTables(inOrder(once.plugins), settings.siteTables ?? {});
  const assembly: Assembly = { core, plugins, settings };
  const configured = configurations(assembly);
  const locked = migrations(assembly, read);
  const additions = applyAdditions(core, plugins);

  const problems = [
    ...recognised.problems,
    ...once.problems,
    ...checks.flatMap((check) => check(assembly)),
    ...configured.problems,
    ...rowProblems,
    ...locked.problems,
    ...additions.problems,
  ];
  if (problems.length > 0) return no(inReadingOrder(problems));

  const fills = slotFillings(plugins);
  const composition: Composition = {
    plugins,
    sites: installSites(plugins.flatMap(({ sites = [] }) => sites)),
    connectors: plugins.flatMap(({ connector }): Connector[] => (connector === undefined ? [] : [connector])),
    slot: (name, site) => fills.get(`${name}@${site}`) ?? fills.get(name),
    configOf: (id) => configured.configs.get(id),
    schema: additions.schema,
    schemaFor: additions.schemaFor,
    owners: additions.owners,
    lock: lockOf(core.version, plugins, locked.checksums),
    notices: [...platformNotices(assembly), ...siteNotices(assembly)].sort(
      (a, b) => compareText(a.plugin, b.plugin) || compareText(a.message, b.message),
    ),
  };
  return yes(composition);
}

/** By plugin, then element; each said once. */
function inReadingOrder(problems: readonly Problem[]): Problem[] {
  const key = ({ plugin, element, code, message, cure }: Problem) =>
    [plugin, element, code, message, cure].join('\u0000');
  const byKey = new Map(problems.map((problem) => [key(problem), problem]));
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, problem]) => problem);
}

function slotFillings(plugins: readonly Plugin[]) {
  return new Map(
    plugins.flatMap(({ id, slots = [] }) =>
      slots.map(
        ({ slot, site, fill }) => [site === undefined ? slot : `${slot}@${site}`, { plugin: id, fill }] as const,
      ),
    ),
  );
}

const noReader: ReadMigrations = () => {
  throw new Error('nobody who could read them was given');
};
