import type { GraphQLNamedType } from 'graphql';

/** The model behind a core type; `undefined` when its values are no rows. */
export function modelOf(type: GraphQLNamedType | undefined): string | undefined {
  const model = type?.extensions.pothosPrismaModel;
  return typeof model === 'string' ? model : undefined;
}
