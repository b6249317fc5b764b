import { type DefinitionNode, Kind } from 'graphql';
import type { Rule } from '../addition.ts';

/** A plugin brings types, and fields of `Query` and of object types. Anything else would change what others rely on. */
export const additive: Rule = ({ plugin, document, types }, core) =>
  document.definitions.flatMap((definition) => {
    const wrong = changes(definition, types);
    if (wrong === undefined) return [];
    const element = 'name' in definition && definition.name !== undefined ? definition.name.value : 'schema';
    return [
      {
        code: 'NOT_ADDITIVE' as const,
        plugin: plugin.id,
        element,
        message: `${plugin.id} ${wrong}: that is not an addition.`,
        cure:
          core.schema.getType(element) === undefined
            ? 'Bring types of your own, and extend only object types of the core.'
            : `Leave ${element} as the core has it, and bring a type of your own.`,
      },
    ];
  });

/** How a definition changes what is not the plugin's, in words; `undefined` when it does not. */
function changes(definition: DefinitionNode, own: ReadonlyMap<string, unknown>): string | undefined {
  switch (definition.kind) {
    case Kind.OPERATION_DEFINITION:
    case Kind.FRAGMENT_DEFINITION:
      return 'has an operation in its SDL';
    case Kind.SCHEMA_DEFINITION:
    case Kind.SCHEMA_EXTENSION:
      return 'names the root types anew';
    case Kind.DIRECTIVE_DEFINITION:
      return `defines the directive @${definition.name.value}, which is everybody's`;
    case Kind.OBJECT_TYPE_EXTENSION: {
      const name = definition.name.value;
      if (own.has(name)) return undefined;
      if (name === 'Mutation' || name === 'Subscription') {
        return `adds to ${name}, though its resolvers are handed nothing to write or listen with`;
      }
      if ((definition.interfaces?.length ?? 0) > 0) return `has ${name}, which is not its own, implement an interface`;
      return (definition.directives?.length ?? 0) > 0 ? `puts a directive on ${name}, which is not its own` : undefined;
    }
    case Kind.OBJECT_TYPE_DEFINITION:
      return definition.interfaces?.some(({ name }) => name.value === 'Node')
        ? `makes ${definition.name.value} a Node, whose ids only the core can read`
        : undefined;
    case Kind.ENUM_TYPE_EXTENSION:
    case Kind.UNION_TYPE_EXTENSION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_EXTENSION:
    case Kind.SCALAR_TYPE_EXTENSION:
      return own.has(definition.name.value) ? undefined : `widens ${definition.name.value}, which is not its own`;
    default:
      return undefined;
  }
}
