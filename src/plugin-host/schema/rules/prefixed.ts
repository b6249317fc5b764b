import { type Rule, rootTypes } from '../addition.ts';
import { begins, prefixOf } from '../names.ts';

/** Types and root fields begin with the plugin's prefix; its one field on a core type is called by it. */
export const prefixed: Rule = ({ plugin, types, foreign }) => {
  const prefix = prefixOf(plugin.id);
  const bad = (element: string, what: string, cure: string) => ({
    code: 'NAME_WITHOUT_PREFIX' as const,
    plugin: plugin.id,
    element,
    message: `${plugin.id} names ${what} ${element}, and another plugin could do the same.`,
    cure,
  });
  return [
    ...[...types.keys()]
      .filter((name) => !begins(name, prefix.type))
      .map((name) => bad(name, 'a type', `Begin it with ${prefix.type}, such as ${prefix.type}${name}.`)),
    ...foreign.flatMap(({ type, node, at }) => {
      const name = node.name.value;
      if (rootTypes.has(type)) {
        return begins(name, prefix.field)
          ? []
          : [bad(at, 'a root field', `Begin it with ${prefix.field}, such as ${prefix.field}Thing.`)];
      }
      return name === prefix.field
        ? []
        : [
            bad(
              at,
              'a field of a type that is not its own',
              `Put it inside one field ${type}.${prefix.field} that answers with a type ${prefix.type}${type}.`,
            ),
          ];
    }),
  ];
};
