import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { GraphQLSchema } from 'graphql';
import { createYoga, type GraphiQLOptions } from 'graphql-yoga';
import type { Database } from '../store/database.ts';
import type { LiveFeeds } from './live-feeds.ts';
import type { Log } from './log.ts';
import { type OperationContext, resolverContext, type Services } from './operation-context.ts';
import { operationPipeline } from './pipeline.ts';
import { type ErrorPlace, toPublicError } from './public-error.ts';

/** Most bytes of one operation with its variables, by any transport. */
export const largestRequest = 64 * 1024;

export interface GatewayOptions {
  /** What a tenant with accounts at these sites sees. The same set must be the same object. */
  readonly schemaFor: (sites: readonly string[]) => GraphQLSchema;
  readonly database: Database;
  readonly services: Services;
  readonly feeds: LiveFeeds;
  readonly log: Log;
  /** What a browser's page of GraphiQL starts with. */
  readonly graphiql: GraphiQLOptions;
  /** Who may call from a browser's page; nobody's origin is reflected. */
  readonly allowedOrigins: readonly string[];
}

export type Gateway = ReturnType<typeof createGateway>;

/**
 * The GraphQL gateway: Yoga for the protocol, our pipeline for everything that must hold on every transport.
 *
 * Callers are known before they get here. Only JSON is read, so a form on somebody's page can do nothing; and a
 * mutation never comes by GET.
 */
export function createGateway({ schemaFor, database, services, feeds, log, graphiql, allowedOrigins }: GatewayOptions) {
  /** Which operation an error belongs to when it is caught far from its context. */
  const current = new AsyncLocalStorage<ErrorPlace>();

  const yoga = createYoga<Record<string, unknown>>({
    graphqlEndpoint: '/graphql',
    plugins: [operationPipeline({ schemaFor, database, feeds })],
    maxRequestBodySize: largestRequest,
    maskedErrors: {
      maskError: (thrown) => toPublicError(thrown, current.getStore() ?? { requestId: 'unknown', log }),
    },
    cors:
      allowedOrigins.length === 0
        ? false
        : {
            origin: [...allowedOrigins],
            credentials: false,
            methods: ['GET', 'POST'],
            allowedHeaders: ['authorization', 'content-type', 'x-api-key', 'x-request-id'],
            maxAge: 3_600,
          },
    graphiql,
    // The page with all it needs, from here: it must work where there is no internet.
    renderGraphiQL,
    landingPage: false,
    multipart: false,
    batching: false,
    logging: {
      debug: () => {},
      info: () => {},
      warn: (...words) => log.debug({ words: words.map(String) }, 'graphql-yoga'),
      // What it reports here was masked, and told to the log with its request id then.
      error: (...words) => log.debug({ words: words.map(String) }, 'graphql-yoga'),
    },
  });

  const contextOf = (operation: OperationContext) =>
    resolverContext(operation, services, feeds.allowancesOf(operation.principal));

  return {
    /** Answer one HTTP request of a caller who is known. */
    handle: (request: IncomingMessage, response: ServerResponse, operation: OperationContext) =>
      current.run(operation, () => yoga.handle(request, response, contextOf(operation))),
    /** The page for people in browsers, for which nobody needs to be known. */
    page: (request: IncomingMessage, response: ServerResponse) => yoga.handle(request, response, {}),
    /** The same pipeline for one operation that came by websocket. */
    enveloped: (operation: OperationContext, params: object) => yoga.getEnveloped({ ...contextOf(operation), params }),
    dispose: () => yoga.dispose(),
  };
}
