import { type DocumentNode, type ExecutionArgs, type FieldNode, getOperationAST, Kind, print, visit } from 'graphql';
import { canonicalJson } from '../base/canonical-json.ts';
import { tenantKey } from '../store/database.ts';
import type { Principal } from './principal.ts';

/** The argument by which a feed is told where to begin: the one thing in which listeners of one audience may differ. */
const placeArgument = 'after';

interface Question {
  /** The document without the place. */
  readonly text: string;
  /** The variable that holds the place and nothing else. */
  readonly placeVariable: string | undefined;
}

const questions = new WeakMap<DocumentNode, Map<string, Question>>();

/**
 * What makes two subscriptions the same, apart from where each begins: the operation, its variables, and everything
 * about the caller that an answer can depend on. Rights are part of it: without them one tenant would hear another.
 */
export function sameQuestion(
  { document, operationName, variableValues }: Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'>,
  { tenant, sites, scopes }: Pick<Principal, 'tenant' | 'sites' | 'scopes'>,
): string {
  const { text, placeVariable } = questionOf(document, operationName ?? '');
  const { [placeVariable ?? '']: _place, ...variables } = variableValues ?? {};
  return canonicalJson([
    tenantKey(tenant),
    [...sites].sort(),
    [...scopes].sort(),
    text,
    operationName ?? null,
    placeVariable === undefined ? (variableValues ?? {}) : variables,
  ]);
}

function questionOf(document: DocumentNode, operationName: string): Question {
  const known = questions.get(document) ?? new Map<string, Question>();
  questions.set(document, known);
  const found = known.get(operationName) ?? readQuestion(document, operationName);
  known.set(operationName, found);
  return found;
}

function readQuestion(document: DocumentNode, operationName: string): Question {
  const root = getOperationAST(document, operationName === '' ? null : operationName)?.selectionSet.selections[0];
  const place = root?.kind === Kind.FIELD ? placeOf(root) : undefined;
  if (place === undefined) return { text: print(document), placeVariable: undefined };
  if (place.value.kind === Kind.VARIABLE) {
    const name = place.value.name.value;
    // A variable that stands elsewhere too is part of the question.
    return { text: print(document), placeVariable: usesOf(document, name) === 1 ? name : undefined };
  }
  const without = visit(document, { Argument: (node) => (node === place ? null : undefined) });
  return { text: print(without), placeVariable: undefined };
}

const placeOf = ({ arguments: given }: FieldNode) => given?.find(({ name }) => name.value === placeArgument);

function usesOf(document: DocumentNode, name: string): number {
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => {
      if (node.name.value === name) uses += 1;
    },
  });
  return uses;
}
