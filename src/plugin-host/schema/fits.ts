import {
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';

/**
 * Why an answer is not of its field's type, in words; `undefined` when it is. Asked before GraphQL completes the answer,
 * because what fails there is nobody's in particular. Members of objects are looked at where they are read.
 */
export function misfit(answer: unknown, type: GraphQLOutputType, schema: GraphQLSchema): string | undefined {
  if (isNonNullType(type)) {
    return answer == null ? `null, where ${type} is due` : misfit(answer, type.ofType, schema);
  }
  if (answer == null) return undefined;
  if (answer instanceof Error) return `an error: ${answer.message}`;
  if (isListType(type)) {
    if (!Array.isArray(answer)) return `no list, where ${type} is due`;
    return answer.map((each) => misfit(each, type.ofType, schema)).find((wrong) => wrong !== undefined);
  }
  if (isLeafType(type)) {
    try {
      return type.serialize(answer) === undefined ? `nothing that ${type} can say` : undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  if (typeof answer !== 'object') return `a ${typeof answer}, where ${type} is due`;
  if (isAbstractType(type)) {
    const name = '__typename' in answer ? answer.__typename : undefined;
    const fits = schema.getPossibleTypes(type).some((possible) => possible.name === name);
    return fits ? undefined : `${String(name)} as __typename, which is no ${type}`;
  }
  return undefined;
}
