import type { InstalledSites } from '../seams/installed-sites.ts';
import { installSites } from '../seams/installed-sites.ts';
import type { Plugin } from '../seams/plugin.ts';
import type { Site } from '../seams/site.ts';
import { asPlugin } from './running.ts';
import { refusal } from './schema/boundary.ts';
import type { PluginGate } from './schema/gate.ts';

/**
 * The sites as an operation may ask them: each rule under its plugin's name, only while the plugin is on and well.
 * A rule that throws takes down the field that asked and nothing else; it counts towards the plugin's breaker, and its
 * cause goes to the log. Rules are synchronous, so there is no deadline to keep.
 */
export function guardSites(plugins: readonly Plugin[], gate: PluginGate): InstalledSites {
  return installSites(plugins.flatMap(({ id, sites = [] }) => sites.map((site) => guarded(site, id, gate))));
}

function guarded(site: Site, plugin: string, gate: PluginGate): Site {
  const rules = Object.entries(site).flatMap(([name, member]): [string, unknown][] =>
    typeof member === 'function' ? [[name, asked(`${site.code}.${name}`, member, site, plugin, gate)]] : [],
  );
  return { ...site, ...Object.fromEntries(rules) };
}

function asked(
  rule: string,
  answer: (...given: unknown[]) => unknown,
  site: Site,
  plugin: string,
  gate: PluginGate,
): (...given: unknown[]) => unknown {
  return (...given) => {
    if (!gate.isEnabled(plugin)) throw refusal('PLUGIN_DISABLED', plugin, `the plugin ${plugin} is switched off`);
    const settle = gate.enter(plugin);
    if (settle === undefined) {
      throw refusal('PLUGIN_UNAVAILABLE', plugin, `the plugin ${plugin} has failed too often; ask again later`);
    }
    try {
      const result = asPlugin(plugin, () => answer.apply(site, given));
      settle('answered');
      return result;
    } catch (cause) {
      settle('failed');
      gate.report({ plugin, field: rule, code: 'PLUGIN_FAILED', cause });
      throw refusal('PLUGIN_FAILED', plugin, `the plugin ${plugin} failed`);
    }
  };
}
