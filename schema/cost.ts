import { type ComplexityResult, complexityFromQuery } from '@pothos/plugin-complexity';
import { type DocumentNode, type ExecutionArgs, GraphQLError, getOperationAST, Kind } from 'graphql';
import { limits, tooMuch } from './limits.ts';

/** What an operation would cost, with its variables, before any of it runs; `undefined` when it names no operation. */
export function costOf({ schema, document, operationName, variableValues, contextValue }: ExecutionArgs): ComplexityResult | undefined {
  const operation = getOperationAST(document, operationName);
  if (operation == null) return undefined;
  const only: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [operation, ...document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)],
  };
  return complexityFromQuery(only, {
    schema,
    ctx: contextValue as object,
    variables: { ...variableValues },
  });
}

/**
 * Why a subscription is too much to be opened. Queries are measured where their root fields run; a subscription would
 * otherwise be measured only when its first event comes.
 */
export function refuseTooMuch(args: ExecutionArgs): GraphQLError | undefined {
  const cost = measured(args);
  if (cost === undefined) return undefined;
  if (cost.depth > limits.depth) return tooMuch('Depth', cost);
  if (cost.breadth > limits.breadth) return tooMuch('Breadth', cost);
  return cost.complexity > limits.cost ? tooMuch('Complexity', cost) : undefined;
}

/** Arguments and variables that cannot be read are said by the execution itself, in its own words. */
function measured(args: ExecutionArgs): ComplexityResult | undefined {
  try {
    return costOf(args);
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}
