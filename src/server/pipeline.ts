import { randomUUID } from 'node:crypto';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type ParseOptions,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { TailFeed } from '../change-log/feed.ts';
import type { Database, Db } from '../store/database.ts';
import { readWhenAsked } from '../store/lazy-read.ts';
import type { Audience } from './audience.ts';
import { lagBudget } from './feed-limits.ts';
import { feedOf, type Listener, type LiveFeed, type LiveFeeds } from './live-feeds.ts';
import { deepestNesting, nesting } from './nesting.ts';
import type { ResolverContext } from './operation-context.ts';
import type { Credentials, Principal } from './principal.ts';
import { type GatewayCode, publicError, toPublicError, toPublicResult } from './public-error.ts';
import { sameQuestion } from './same-question.ts';
import { SharedFeed } from './shared-feed.ts';

/** Most words and signs in one document. */
const mostTokens = 2_000;

export interface PipelineParts {
  readonly schemaFor: (sites: readonly string[]) => GraphQLSchema;
  readonly database: Database;
  readonly feeds: LiveFeeds;
}

/** Rolls a mutation's transaction back while keeping what it has to say. */
class RolledBack extends Error {
  readonly result: ExecutionResult;
  constructor(result: ExecutionResult) {
    super('rolled back');
    this.result = result;
  }
}

/**
 * What every operation passes, by HTTP, event stream or websocket alike: hooks of execution and none of HTTP, since
 * those do not run on websockets.
 *
 * - It is read against the schema of its tenant's sites.
 * - A document nested too deep is refused before it is parsed.
 * - A query runs in one read-only snapshot of its tenant; a mutation in one transaction, all of it or nothing.
 * - A subscription holds no transaction while it waits. Each event is executed in a short one, with a context of its
 *   own, so that nothing cached outlives the event and rights are looked at anew. Those who ask the same with the
 *   same rights share it.
 * - No error leaves that is not public.
 */
export function operationPipeline({ schemaFor, database, feeds }: PipelineParts): Plugin {
  return {
    onEnveloped({ context, setSchema }) {
      // A browser that only fetches the page of GraphiQL has no principal, and sees what everybody sees.
      setSchema(schemaFor((context as Partial<ResolverContext> | undefined)?.principal?.sites ?? []));
    },

    onParse({ context, params, parseFn, setParseFn }) {
      if (nesting(String(params.source)) > deepestNesting) {
        const sentence = `The document nests brackets more than ${deepestNesting} deep.`;
        throw publicError('TOO_DEEP', contextOf(context).requestId, sentence);
      }
      setParseFn((source: string, options: ParseOptions) => parseFn(source, { ...options, maxTokens: mostTokens }));
    },

    onValidate({ context }) {
      return ({ result, setResult }) => {
        if (result.length === 0) return;
        const errors = result as readonly GraphQLError[];
        const marked = errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
        setResult(marked.map((error) => toPublicError(error, contextOf(context))));
      };
    },

    onExecute({ args, setExecuteFn }) {
      const context = contextOf(args.contextValue);
      const mutates = getOperationAST(args.document, args.operationName)?.operation === 'mutation';
      setExecuteFn((given: ExecutionArgs) => (mutates ? write : read)(database, given, context));
    },

    onSubscribe({ args, setSubscribeFn }) {
      const context = contextOf(args.contextValue);
      setSubscribeFn((given: ExecutionArgs) => subscribe(database, feeds, given, context));
    },
  };
}

const contextOf = (context: unknown) => context as ResolverContext;

async function read(database: Database, args: ExecutionArgs, context: ResolverContext) {
  try {
    return await readOnce(database, args, context);
  } catch (thrown) {
    return { errors: [toPublicError(thrown, context)] };
  }
}

/** Execute in one snapshot. Throws when there was none to be had, or it broke; what resolvers throw is in the result. */
async function readOnce(database: Database, args: ExecutionArgs, context: ResolverContext) {
  const result = await database.read(context.tenant, async (db) => execute(within(args, context, db)));
  return toPublicResult(result, context);
}

/** The same for one event of a subscription. There is a snapshot only if the event asks for what it does not hold. */
async function readEvent(database: Database, args: ExecutionArgs, context: ResolverContext, event: unknown) {
  const result = await readWhenAsked(database, context.tenant, async (db) => execute(within(args, context, db, event)));
  return toPublicResult(result, context);
}

async function write(database: Database, args: ExecutionArgs, context: ResolverContext) {
  try {
    const result = await database.write(context.tenant, async (db) => {
      const answer = await execute(within(args, context, db));
      // What a plugin did not answer is its own loss, and wrote nothing.
      if (answer.errors?.some(({ extensions }) => extensions.plugin === undefined)) throw new RolledBack(answer);
      return answer;
    });
    return toPublicResult(result, context);
  } catch (thrown) {
    if (thrown instanceof RolledBack) return { ...toPublicResult(thrown.result, context), data: null };
    return { errors: [toPublicError(thrown, context)] };
  }
}

async function subscribe(database: Database, feeds: LiveFeeds, args: ExecutionArgs, context: ResolverContext) {
  const { principal, credentials, requestId } = context;
  const { subscriptionsPerKey } = feeds.limits;
  const isFull = () => feeds.countOf(principal, 'feed') >= subscriptionsPerKey;
  const full = () => {
    const sentence = `This key has ${subscriptionsPerKey} subscriptions open, which is the most; close one first.`;
    return { errors: [publicError('TOO_MANY_SUBSCRIPTIONS', requestId, sentence)] };
  };
  if (isFull()) return full();
  let source: AsyncIterable<unknown> | ExecutionResult;
  try {
    source = await createSourceEventStream({ ...args, contextValue: { ...context } });
  } catch (thrown) {
    return { errors: [toPublicError(thrown, context)] };
  }
  if (!(Symbol.asyncIterator in source)) return toPublicResult(source, context);
  const events = source[Symbol.asyncIterator]();
  if (isFull()) {
    // Many asked at the same time, and others were opened meanwhile.
    void Promise.resolve(events.return?.()).catch(() => {});
    return full();
  }

  const feed: LiveFeed =
    source instanceof TailFeed
      ? new SharedFeed(
          {
            audience: audienceOf(database, feeds, args, context, source),
            start: source.start,
            sink: context.sink,
            replay: feeds.replay,
            key: principal.name,
          },
          () => leave(),
        )
      : feedOf(
          events,
          // An event that cannot be executed ends the feed: going on with the next one would be a gap.
          (event) => readEvent(database, args, context, event),
          (thrown) => ({ errors: [toPublicError(thrown, context)] }),
          () => leave(),
        );
  const leave = feeds.add(new FeedListener(feed, principal, credentials, requestId));
  return feed;
}

/** An open subscription, as whoever watches over all of them knows it. */
class FeedListener implements Listener {
  readonly kind = 'feed';
  readonly principal: Principal;
  readonly credentials: Credentials;
  readonly #feed: LiveFeed;
  readonly #requestId: string;

  constructor(feed: LiveFeed, principal: Principal, credentials: Credentials, requestId: string) {
    this.#feed = feed;
    this.principal = principal;
    this.credentials = credentials;
    this.#requestId = requestId;
  }

  dismiss(): void {
    this.#feed.end({ errors: [publicError('UNAUTHENTICATED', this.#requestId)] });
  }

  drain(): void {
    this.#feed.end();
  }
}

/** Those who ask the same with the same rights. Errors of what they share carry an id of its own, for the log. */
function audienceOf(
  database: Database,
  feeds: LiveFeeds,
  args: ExecutionArgs,
  { sink: _sink, ...asker }: ResolverContext,
  feed: TailFeed,
): Audience {
  return feeds.audiences.of(sameQuestion(args, asker.principal), () => {
    const requestId = randomUUID();
    const shared: ResolverContext = { ...asker, requestId, log: asker.log.child({ requestId, shared: true }) };
    return {
      feed,
      lag: lagBudget(feeds.limits),
      render: (batch) => readEvent(database, args, shared, batch),
      failure: (thrown) => ({ errors: [toPublicError(thrown, shared)] }),
    };
  });
}

/** The same operation with an open transaction, and for an event, with that event. */
function within(args: ExecutionArgs, context: ResolverContext, db: Db, event?: unknown): ExecutionArgs {
  return { ...args, ...(event === undefined ? {} : { rootValue: event }), contextValue: { ...context, db } };
}

/** graphql-js gives its own errors no code. */
function withCode(error: GraphQLError, code: GatewayCode): GraphQLError {
  if (error.extensions.code !== undefined) return error;
  return new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions: { ...error.extensions, code } });
}
