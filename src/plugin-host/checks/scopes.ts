import type { Check } from './check.ts';

/** A plugin's rights carry its id, so that nobody grants another's by mistake. */
export const scopes: Check = ({ core, plugins }) =>
  plugins.flatMap(({ id, scopes: added = {} }) =>
    Object.keys(added).flatMap((scope) => {
      const prefix = `${id}:`;
      if (core.scopes.has(scope)) {
        return {
          code: 'SCOPE_WITHOUT_PREFIX' as const,
          plugin: id,
          element: scope,
          message: `"${id}" adds the right "${scope}", which is a right of the core.`,
          cure: `Name it in "needs" without adding it, or add a right of your own, such as "${prefix}read".`,
        };
      }
      if (scope.startsWith(prefix) && /^[a-z-]+$/.test(scope.slice(prefix.length))) return [];
      return {
        code: 'SCOPE_WITHOUT_PREFIX' as const,
        plugin: id,
        element: scope,
        message: `"${id}" adds the right "${scope}", which does not begin with its id and a word.`,
        cure: `Call it "${prefix}${/[a-z-]+$/.exec(scope)?.[0] ?? 'read'}".`,
      };
    }),
  );
