import SchemaBuilder, {
  BasePlugin,
  type PothosOutputFieldConfig,
  type PothosTypeConfig,
  PothosValidationError,
  type SchemaTypes,
} from '@pothos/core';
import { PothosComplexityPlugin } from '@pothos/plugin-complexity';
import { GraphQLError, type GraphQLFieldResolver, type GraphQLResolveInfo } from 'graphql';
import { maxPageSize } from './limits.ts';
import { badInput, refused } from './refused.ts';
import { withWords } from './relay-words.ts';

declare global {
  // The one way Pothos lets a plugin be named in a builder's list.
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      acornGuard: GuardPlugin<Types>;
    }
  }
}

/**
 * Looks at the arguments of every field before anything else does, so that no field can forget to.
 *
 * Pages have a size, within bounds. Text holds no NUL, which PostgreSQL cannot store and would complain of in its own
 * words. What a plugin finds wrong with an argument gets a code.
 */
export class GuardPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    return withWords(field);
  }

  /** Leaves the measure of operations on the query type, for root fields that this builder does not build. */
  override onTypeConfig(type: PothosTypeConfig): PothosTypeConfig {
    if (type.kind !== 'Query') return type;
    const cost = new PothosComplexityPlugin<Types>(this.buildCache, 'complexity');
    const admit = (context: Types['Context'], info: GraphQLResolveInfo): void => cost.checkComplexity(context, info);
    return { ...type, extensions: { ...type.extensions, admit } };
  }

  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { args, name }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (Object.keys(args).length === 0) return resolver;
    const paged = 'first' in args && 'last' in args;
    return (parent, given, context, info) => {
      for (const [argument, value] of Object.entries(given)) checkValue(value, argument);
      if (paged) checkPage(given as PageArguments, name);
      if ('ids' in given) checkIds(given.ids);
      return coded(() => resolver(parent, given, context, info));
    };
  }

  /**
   * Queries are measured where their root fields run; a subscription would otherwise be opened first and measured only
   * when an event comes.
   */
  override wrapSubscribe(
    subscriber: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (field.kind !== 'Subscription') return subscriber;
    const cost = new PothosComplexityPlugin<Types>(this.buildCache, 'complexity');
    return (parent, given, context, info) => {
      for (const [argument, value] of Object.entries(given)) checkValue(value, argument);
      cost.checkComplexity(context, info);
      return subscriber(parent, given, context, info);
    };
  }
}

interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

function checkPage({ first, last, after, before }: PageArguments, field: string): void {
  const size = first ?? last;
  if (size == null) {
    throw refused('PAGE_SIZE_REQUIRED', `${field}: say first or last, 1 to ${maxPageSize}`, { maximum: maxPageSize });
  }
  if (first != null && last != null) throw badInput('last', 'first and last do not go together');
  if (size < 1 || size > maxPageSize) {
    throw refused('PAGE_SIZE_OUT_OF_RANGE', `${field}: a page has 1 to ${maxPageSize} entries, not ${size}`, {
      maximum: maxPageSize,
    });
  }
  if (first != null && before != null) throw badInput('before', 'goes with last; first goes with after');
  if (last != null && after != null) throw badInput('after', 'goes with first; last goes with before');
}

const mostIds = 100;

function checkIds(ids: unknown): void {
  if (Array.isArray(ids) && ids.length > mostIds) throw badInput('ids', `at most ${mostIds} at once`);
}

/** Longest list an argument may hold: what a page can show, twice. */
const longestList = 500;

function checkValue(value: unknown, argument: string): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw badInput(argument, 'holds a NUL character');
  } else if (Array.isArray(value) && value.length > longestList) {
    throw badInput(argument, `at most ${longestList} values at once`);
  } else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) checkValue(inner, Array.isArray(value) ? argument : name);
  }
}

function coded(resolve: () => unknown): unknown {
  try {
    const result = resolve();
    return result instanceof Promise ? result.catch(rethrow) : result;
  } catch (error) {
    return rethrow(error);
  }
}

/** Only what a plugin says of arguments is the caller's; any other error passes as it is. */
function rethrow(error: unknown): never {
  if (error instanceof PothosValidationError && !(error instanceof GraphQLError && error.extensions.code)) {
    throw refused('BAD_USER_INPUT', error.message);
  }
  throw error;
}

SchemaBuilder.registerPlugin('acornGuard', GuardPlugin);
