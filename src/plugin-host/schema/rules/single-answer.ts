import { isInterfaceType, Kind } from 'graphql';
import type { Rule } from '../addition.ts';

/** Where a site's answer has a type of its own, there is one: two types for one interface of the core, and nobody knows which. */
export const singleAnswer: Rule = ({ plugin, types }, core) => {
  const first = new Map<string, string>();
  return [...types.values()].flatMap((type) => {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
    return (type.interfaces ?? []).flatMap(({ name: { value: asked } }) => {
      const other = first.get(asked);
      first.set(asked, other ?? type.name.value);
      if (other === undefined || !isInterfaceType(core.schema.getType(asked))) return [];
      return [
        {
          code: 'DUPLICATE_TYPE' as const,
          plugin: plugin.id,
          element: type.name.value,
          message: `${plugin.id} answers ${asked} with ${other} and with ${type.name.value}, and only one can be its answer.`,
          cure: `Put what both say into one type that implements ${asked}.`,
        },
      ];
    });
  });
};
