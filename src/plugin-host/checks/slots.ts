import type { Notice } from '../composition.ts';
import { compareText, hint, listed } from '../words.ts';
import type { Assembly, Check } from './check.ts';

/** Only slots that there are, each with one winner per site. */
export const slots: Check = ({ core, plugins }) => {
  const winners = new Map<string, string>();
  const known = [...core.slots].sort(compareText);
  return plugins.flatMap(({ id, slots: fillings = [] }) =>
    fillings.flatMap(({ slot, site }) => {
      const element = site === undefined ? slot : `${slot}@${site}`;
      if (!core.slots.has(slot)) {
        const there = known.length === 0 ? 'The core has no slots yet' : `The slots are ${listed(known)}`;
        return {
          code: 'SLOT_UNKNOWN' as const,
          plugin: id,
          element,
          message: `"${id}" fills the slot "${slot}", and there is no such slot.`,
          cure: `${there}${hint(slot, known) || '.'}`,
        };
      }
      const winner = winners.get(element);
      if (winner === undefined) {
        winners.set(element, id);
        return [];
      }
      const where = site === undefined ? 'for every site that has none of its own' : `for site ${site}`;
      return {
        code: 'SLOT_TAKEN' as const,
        plugin: id,
        element,
        message: `The slot "${slot}" ${where} is filled by "${winner}" and by "${id}".`,
        cure:
          winner === id
            ? `Fill it once in "${id}".`
            : `Remove "${winner}" or "${id}": a slot has exactly one winner per site.`,
      };
    }),
  );
};

/** What waits for a site that is not there: harmless, and perhaps a slip of the pen. */
export function siteNotices({ plugins }: Assembly): Notice[] {
  const codes = new Set(plugins.flatMap(({ sites = [] }) => sites.map(({ code }) => code)));
  return plugins.flatMap(({ id, slots: fillings = [], visibleTo = [] }) => [
    ...fillings.flatMap(({ slot, site }) =>
      site === undefined || codes.has(site)
        ? []
        : {
            plugin: id,
            message: `"${id}" fills the slot "${slot}" for site ${site}, which is not installed${hint(site, codes) || '.'}`,
          },
    ),
    ...(visibleTo.length > 0 && !visibleTo.some((site) => codes.has(site))
      ? [
          {
            plugin: id,
            message: `"${id}" is visible to ${visibleTo.join(', ')} only, and none of these sites is installed: nobody sees it.`,
          },
        ]
      : []),
  ]);
}
