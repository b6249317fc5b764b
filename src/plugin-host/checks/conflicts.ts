import type { Check } from './check.ts';
import { fits } from './platform.ts';

/** Nobody stands beside a plugin that rules it out. The one that comes later is at fault, whichever of them says so. */
export const conflicts: Check = ({ plugins }) => {
  const place = new Map(plugins.map(({ id }, index) => [id, index]));
  return plugins.flatMap(({ id, conflicts: ruledOut = {} }) =>
    Object.entries(ruledOut).flatMap(([other, range]) => {
      const found = plugins.find((plugin) => plugin.id === other && plugin.id !== id);
      if (found === undefined || !fits(found.version, range)) return [];
      const [first, later] = (place.get(id) ?? 0) < (place.get(other) ?? 0) ? [id, other] : [other, id];
      return {
        code: 'PLUGIN_CONFLICT' as const,
        plugin: later,
        element: first,
        message: `"${id}" cannot stand beside "${other}" ${range}, and "${other}" is ${found.version}.`,
        cure: `Remove "${id}" or "${other}", or install a version of "${other}" outside ${range}.`,
      };
    }),
  );
};
