import { GraphQLError, type GraphQLFieldResolver, type GraphQLResolveInfo } from 'graphql';
import type { AccountId } from '../../base/ids.ts';
import { invariant } from '../../base/invariant.ts';
import type { PluginField, PluginFieldContext, Selection } from '../../seams/schema.ts';
import type { CoreFields } from '../composition.ts';
import type { PluginGate } from './gate.ts';
import { narrowed } from './narrowed.ts';

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
  readonly on: 'root' | 'core' | 'own';
  readonly core: CoreFields | undefined;
}

/** Codes of fields that a plugin did not answer; each has its heading in schema/ERRORS.md. */
export type PluginRefusalCode =
  | 'FORBIDDEN'
  | 'PLUGIN_DISABLED'
  | 'PLUGIN_UNAVAILABLE'
  | 'PLUGIN_TIMEOUT'
  | 'PLUGIN_FAILED';

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
      throw refusal('FORBIDDEN', place, `${coordinate(info)} needs a right that this key does not have`);
    }
    if (!plugins.isEnabled(place.plugin)) {
      throw refusal('PLUGIN_DISABLED', place, `the plugin ${place.plugin} is switched off`);
    }
    // Trouble of the core's own while it loads the row is not the plugin's.
    const seen = await seenBy(field.select, parent, context, info, place);
    if (!plugins.admits(place.plugin)) {
      throw refusal('PLUGIN_UNAVAILABLE', place, `the plugin ${place.plugin} has failed too often; ask again later`);
    }
    return ask(() => field.resolve(seen as never, args as never, knownTo(context, place)), place, context, info);
  };
}

/** The part of the parent that a plugin's function is handed. */
function seenBy(
  select: Selection | undefined,
  parent: unknown,
  context: OperationOfPlugins,
  info: GraphQLResolveInfo,
  { on, core }: FieldPlace,
): unknown {
  // Its own values are its own.
  if (on === 'own') return parent;
  if (select === undefined || on === 'root' || typeof parent !== 'object' || parent === null) return {};
  const row = core?.parent(parent, context, info) ?? parent;
  return row instanceof Promise ? row.then((loaded) => narrowed(loaded, select)) : narrowed(row, select);
}

async function ask(
  answer: () => unknown,
  place: FieldPlace,
  { plugins, requestId }: OperationOfPlugins,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const { plugin } = place;
  const failed = (code: 'PLUGIN_FAILED' | 'PLUGIN_TIMEOUT', sentence: string, cause: unknown): GraphQLError => {
    plugins.settle(plugin, 'failed');
    plugins.report({ plugin, field: coordinate(info), code, requestId, cause });
    return refusal(code, place, sentence);
  };
  let timer: NodeJS.Timeout | undefined;
  const late = Symbol('late');
  const deadline = new Promise<typeof late>((resolve) => {
    timer = setTimeout(resolve, plugins.deadlineMillis, late);
  });
  try {
    const answered = await Promise.race([Promise.resolve().then(answer), deadline]);
    if (answered === late) {
      const sentence = `the plugin ${plugin} did not answer within ${plugins.deadlineMillis} ms`;
      throw failed('PLUGIN_TIMEOUT', sentence, undefined);
    }
    plugins.settle(plugin, 'answered');
    return answered;
  } catch (thrown) {
    if (thrown instanceof GraphQLError && thrown.extensions.plugin === plugin && ours.has(thrown)) throw thrown;
    throw failed('PLUGIN_FAILED', `the plugin ${plugin} failed`, thrown);
  } finally {
    clearTimeout(timer);
  }
}

/** Errors made here: what a plugin throws is never passed on, whatever it looks like. */
const ours = new WeakSet<GraphQLError>();

function refusal(code: PluginRefusalCode, { plugin }: FieldPlace, message: string): GraphQLError {
  const error = new GraphQLError(message, { extensions: { code, plugin } });
  ours.add(error);
  return error;
}

const knownTo = ({ tenant, requestId, plugins }: OperationOfPlugins, { plugin }: FieldPlace): PluginFieldContext => ({
  accountIds: tenant.accountIds,
  requestId,
  config: plugins.configOf(plugin),
});

const coordinate = ({ parentType, fieldName }: GraphQLResolveInfo): string => `${parentType.name}.${fieldName}`;
