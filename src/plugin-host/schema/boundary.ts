import { GraphQLError, type GraphQLFieldResolver, type GraphQLResolveInfo } from 'graphql';
import type { AccountId } from '../../base/ids.ts';
import { invariant } from '../../base/invariant.ts';
import type { PluginField, PluginFieldContext, Selection } from '../../seams/schema.ts';
import type { AnswerableQuestion, CoreFields } from '../composition.ts';
import { asPlugin } from '../running.ts';
import { isPending, late, settled, within } from './deadline.ts';
import { misfit } from './fits.ts';
import type { PluginGate } from './gate.ts';
import { narrowed } from './narrowed.ts';
import { ownRows } from './own-rows.ts';

/** What the boundary reads of an operation's context. */
export interface OperationOfPlugins {
  readonly tenant: { readonly accountIds: readonly AccountId[] };
  readonly scopes: ReadonlySet<string>;
  readonly requestId: string;
  readonly plugins: PluginGate;
}

/** Where a plugin's field hangs, and what the core does around it. */
export interface FieldPlace {
  readonly plugin: string;
  /** Sites that the plugin brings. */
  readonly sites: readonly string[];
  readonly on: 'root' | 'core' | 'own';
  readonly core: CoreFields | undefined;
}

/** Codes of fields that a plugin did not answer. Never renamed and never reused; each has its heading in schema/ERRORS.md. */
export const pluginRefusalCodes = [
  'FORBIDDEN',
  'PLUGIN_DISABLED',
  'PLUGIN_UNAVAILABLE',
  'PLUGIN_TIMEOUT',
  'PLUGIN_FAILED',
] as const;

export type PluginRefusalCode = (typeof pluginRefusalCodes)[number];

type Resolver = GraphQLFieldResolver<unknown, OperationOfPlugins>;

/**
 * A plugin's function as a resolver of the core: asked only with the right, only while the plugin is on and well, with
 * no more than it selected, and for no longer than the deadline. Whatever comes of it, only this field is lost.
 */
export function bounded(field: PluginField, place: FieldPlace): Resolver {
  return async (parent, args, context, info) => {
    const { plugins } = context;
    invariant(plugins !== undefined, 'an operation that can ask plugins has their gate in its context');
    if (place.on === 'root') place.core?.admit(context, info);
    if (field.needs !== undefined && !context.scopes.has(field.needs)) {
      throw refusal('FORBIDDEN', place.plugin, `${coordinate(info)} needs a right that this key does not have`);
    }
    if (!plugins.isEnabled(place.plugin)) {
      throw refusal('PLUGIN_DISABLED', place.plugin, `the plugin ${place.plugin} is switched off`);
    }
    // Trouble of the core's own while it loads the row, or answers of it, is not the plugin's.
    const seen = await seenBy(field, parent, context, info, place);
    if (seen === notItsSite) return null;
    return ask(() => field.resolve(seen as never, args as never, knownTo(context, place)), place, context, info);
  };
}

/**
 * A member of a plugin's own value, such as GraphQL reads by itself; only that a plugin's value may hold functions,
 * promises and nonsense, which are no better than what its functions do.
 */
export function boundedMember(place: FieldPlace): Resolver {
  return (parent, args, context, info) => {
    const read = (): unknown => {
      const member = (parent as Readonly<Record<string, unknown>>)[info.fieldName];
      return typeof member === 'function' ? member.call(parent, args, knownTo(context, place)) : member;
    };
    // Nearly always it is plain data, and then nobody waits.
    const own = Object.getOwnPropertyDescriptor(parent ?? {}, info.fieldName);
    const plain = own !== undefined && 'value' in own && typeof own.value !== 'function' && !isPending(own.value);
    if (plain && misfit(own.value, info.returnType, info.schema) === undefined) return own.value;
    return ask(read, place, context, info);
  };
}

async function ask(
  question: () => unknown,
  place: FieldPlace,
  { plugins, requestId }: OperationOfPlugins,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const { plugin } = place;
  const settle = plugins.enter(plugin);
  if (settle === undefined) {
    throw refusal('PLUGIN_UNAVAILABLE', place.plugin, `the plugin ${plugin} has failed too often; ask again later`);
  }
  const fail = (code: 'PLUGIN_FAILED' | 'PLUGIN_TIMEOUT', sentence: string, cause?: unknown): never => {
    settle('failed');
    plugins.report({ plugin, field: coordinate(info), code, requestId, cause });
    throw refusal(code, plugin, sentence);
  };
  let answer: unknown;
  try {
    // Under its name: what it leaves behind and fails later is known to be its own.
    const given = asPlugin(plugin, question);
    answer = isPending(given) ? await within(plugins.deadlineMillis, settled(given)) : given;
  } catch (thrown) {
    // What a plugin throws is never passed on, whatever it looks like.
    return fail('PLUGIN_FAILED', `the plugin ${plugin} failed`, thrown);
  }
  if (answer === late) {
    return fail('PLUGIN_TIMEOUT', `the plugin ${plugin} did not answer within ${plugins.deadlineMillis} ms`);
  }
  const wrong = misfit(answer, info.returnType, info.schema);
  if (wrong !== undefined) {
    return fail('PLUGIN_FAILED', `the plugin ${plugin} failed`, new TypeError(`it answered ${wrong}`));
  }
  settle('answered');
  return answer;
}

const notItsSite = Symbol('not its site');

/** The part of the parent that a plugin's function is handed, or what the core answers of it. */
function seenBy(
  field: PluginField,
  parent: unknown,
  context: OperationOfPlugins,
  info: GraphQLResolveInfo,
  { on, core, sites }: FieldPlace,
): unknown {
  // Its own values are its own.
  if (on === 'own') return parent;
  const question = questionOf(field, info.parentType.name, core);
  const select = question?.select ?? field.select;
  if (select === undefined || on === 'root' || typeof parent !== 'object' || parent === null) return {};
  const row = isThere(parent, select) ? parent : (core?.parent(parent, context, info) ?? parent);
  const handed = (loaded: unknown): unknown => {
    if (question === undefined) return narrowed(loaded, select);
    return sites.includes(question.siteOf(loaded as object)) ? question.answer(loaded as object, context) : notItsSite;
  };
  return row instanceof Promise ? row.then(handed) : handed(row);
}

/** What the core is asked in place of a row; `undefined` for a field that asks nothing. */
export const questionOf = (
  { asks }: PluginField,
  type: string,
  core: CoreFields | undefined,
): AnswerableQuestion | undefined => (asks === undefined ? undefined : core?.questions?.get(`${type}.${asks}`));

/** Columns that the row has already need nobody's help; what hangs on it might have been read in another way. */
const isThere = (row: object, select: Selection): boolean =>
  Object.entries(select).every(([member, wanted]) => wanted === false || (wanted === true && member in row));

/** Why a plugin's field or rule has no answer, as the client sees it. */
export const refusal = (code: PluginRefusalCode, plugin: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code, plugin } });

const knownTo = (operation: OperationOfPlugins, { plugin }: FieldPlace): PluginFieldContext => ({
  // A copy: the list itself decides what the tenant may see.
  accountIds: [...operation.tenant.accountIds],
  requestId: operation.requestId,
  config: operation.plugins.configOf(plugin),
  ...ownRows(operation, plugin),
});

const coordinate = ({ parentType, fieldName }: GraphQLResolveInfo): string => `${parentType.name}.${fieldName}`;
