import {
  type DocumentNode,
  type FieldDefinitionNode,
  GraphQLError,
  isTypeDefinitionNode,
  Kind,
  parse,
  Source,
  type TypeDefinitionNode,
} from 'graphql';
import type { Plugin } from '../../seams/plugin.ts';
import type { PluginField } from '../../seams/schema.ts';
import type { Core, Problem } from '../composition.ts';

/** A field as a plugin's SDL writes it. */
export interface WrittenField {
  readonly type: string;
  readonly node: FieldDefinitionNode;
  /** `Invoice.jp`. */
  readonly at: string;
}

/** What one plugin adds to the schema, taken apart. */
export interface Addition {
  readonly plugin: Plugin;
  readonly document: DocumentNode;
  readonly fields: Readonly<Record<string, PluginField>>;
  /** Types it brings, by name. */
  readonly types: ReadonlyMap<string, TypeDefinitionNode>;
  /** Fields it adds to object types that it does not bring. */
  readonly foreign: readonly WrittenField[];
  /** Fields of object types that it does bring. */
  readonly own: readonly WrittenField[];
}

/** A question asked of one plugin's addition. Every rule answers for itself, so that all problems come at once. */
export type Rule = (addition: Addition, core: Core) => readonly Problem[];

/** The root types, which a plugin extends by fields of its own and does not narrow to one. */
export const rootTypes: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** Take a plugin's SDL apart; what is not GraphQL is a problem with its line. Without additions, `undefined`. */
export function readAddition(plugin: Plugin): Addition | Problem | undefined {
  const { schema } = plugin;
  if (schema === undefined) return undefined;
  let document: DocumentNode;
  try {
    // The source is called after the plugin, so that everything graphql-js ever says leads back to its owner and line.
    document = parse(new Source(schema.sdl, plugin.id));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return sdlProblem(plugin, error);
  }
  const types = new Map(document.definitions.filter(isTypeDefinitionNode).map((type) => [type.name.value, type]));
  const written = document.definitions.flatMap((definition): WrittenField[] =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION
      ? (definition.fields ?? []).map((node) => ({
          type: definition.name.value,
          node,
          at: `${definition.name.value}.${node.name.value}`,
        }))
      : [],
  );
  return {
    plugin,
    document,
    fields: schema.fields,
    types,
    foreign: written.filter(({ type }) => !types.has(type)),
    own: written.filter(({ type }) => types.has(type)),
  };
}

/** Something graphql-js says of a plugin's SDL. */
export function sdlProblem(plugin: Plugin, error: GraphQLError): Problem {
  const line = error.nodes?.find(({ loc }) => loc?.source.name === plugin.id)?.loc?.startToken.line;
  const at = line ?? error.locations?.[0]?.line ?? 1;
  return {
    code: 'SDL_INVALID',
    plugin: plugin.id,
    element: `schema.sdl:${at}`,
    message: `The SDL of ${plugin.id} is wrong at line ${at}: ${error.message}`,
    cure: `Correct line ${at} of schema.sdl in ${plugin.id}.`,
  };
}
