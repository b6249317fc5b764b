import { Kind, type StringValueNode } from 'graphql';
import type { Problem } from '../../composition.ts';
import type { Rule } from '../addition.ts';

interface Described {
  readonly description?: StringValueNode | undefined;
}

/** Everything a client can see says what it is, as everything of the core does. */
export const described: Rule = ({ plugin, document }) => {
  const problems: Problem[] = [];
  const look = (element: string, { description }: Described): void => {
    if ((description?.value.trim() ?? '') !== '') return;
    problems.push({
      code: 'DESCRIPTION_MISSING',
      plugin: plugin.id,
      element,
      message: `${element} of ${plugin.id} does not say what it is.`,
      cure: 'Write a sentence in quotes in front of it in schema.sdl.',
    });
  };
  for (const definition of document.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
      case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
        const type = definition.name.value;
        if (definition.kind !== Kind.OBJECT_TYPE_EXTENSION) look(type, definition);
        for (const field of definition.fields ?? []) {
          look(`${type}.${field.name.value}`, field);
          const args = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
          for (const argument of args) look(`${type}.${field.name.value}(${argument.name.value}:)`, argument);
        }
        break;
      }
      case Kind.ENUM_TYPE_DEFINITION:
        look(definition.name.value, definition);
        for (const value of definition.values ?? []) look(`${definition.name.value}.${value.name.value}`, value);
        break;
      case Kind.UNION_TYPE_DEFINITION:
      case Kind.SCALAR_TYPE_DEFINITION:
        look(definition.name.value, definition);
        break;
      default:
        break;
    }
  }
  return problems;
};
