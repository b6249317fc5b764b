import { hint } from '../words.ts';
import type { Check } from './check.ts';
import { fits } from './platform.ts';

/** Whom a plugin requires is there, in a version it can work with. */
export const requirements: Check = ({ plugins }) => {
  const byId = new Map(plugins.map((plugin) => [plugin.id, plugin]));
  return plugins.flatMap(({ id, requires = {} }) =>
    Object.entries(requires).flatMap(([other, range]) => {
      const found = byId.get(other);
      if (found === undefined) {
        return {
          code: 'REQUIREMENT_MISSING' as const,
          plugin: id,
          element: other,
          message: `"${id}" requires "${other}" ${range}, which is not installed.`,
          cure: `Install "${other}" ${range}, or remove "${id}"${hint(other, byId.keys()) || '.'}`,
        };
      }
      if (fits(found.version, range)) return [];
      return {
        code: 'REQUIREMENT_OUT_OF_RANGE' as const,
        plugin: id,
        element: other,
        message: `"${id}" requires "${other}" ${range}, and "${other}" is ${found.version}.`,
        cure: `Install "${other}" ${range}, or a version of "${id}" that works with ${found.version}.`,
      };
    }),
  );
};
