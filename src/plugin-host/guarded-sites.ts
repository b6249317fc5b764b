import { type InstalledSites, installSites } from '../seams/installed-sites.ts';
import type { Plugin } from '../seams/plugin.ts';
import type { Site } from '../seams/site.ts';
import type { FilledSlots, Slots } from '../seams/slots.ts';
import type { Composition } from './composition.ts';
import { guardedCall } from './guarded-call.ts';
import type { PluginGate } from './schema/gate.ts';

/** The sites as an operation may ask them: each rule behind its plugin's guard. */
export function guardSites(plugins: readonly Plugin[], gate: PluginGate): InstalledSites {
  return installSites(plugins.flatMap(({ id, sites = [] }) => sites.map((site) => guarded(site, id, gate))));
}

function guarded(site: Site, plugin: string, gate: PluginGate): Site {
  const rules = Object.entries(site).flatMap(([name, rule]): [string, unknown][] =>
    typeof rule === 'function'
      ? [
          [
            name,
            (...given: unknown[]) => guardedCall(gate, plugin, `${site.code}.${name}`, () => rule.apply(site, given)),
          ],
        ]
      : [],
  );
  const identifiers = site.identifiers?.map((scheme) => ({
    ...scheme,
    check: (text: string) => guardedCall(gate, plugin, `${site.code}.${scheme.scheme}`, () => scheme.check(text)),
  }));
  return { ...site, ...Object.fromEntries(rules), ...(identifiers !== undefined && { identifiers }) };
}

/** The slots as the core asks them: whoever fills one, behind its guard; nobody, and there is no answer. */
export function guardSlots({ slot }: Pick<Composition, 'slot'>, gate: PluginGate): FilledSlots {
  return {
    productClass: (site, product) => {
      const name: keyof Slots = 'tax.product-class';
      const filled = slot(name, site);
      return (
        filled &&
        guardedCall(gate, filled.plugin, `${site}.${name}`, () => (filled.fill as Slots[typeof name])(product))
      );
    },
  };
}
