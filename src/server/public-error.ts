import { type ExecutionResult, GraphQLError } from 'graphql';
import { cursorRefused } from '../../schema/change-feed.ts';
import { CursorExpired } from '../change-log/change-log.ts';
import type { Log } from './log.ts';
import { IssuerUnreachable } from './token.ts';

/** Where an error belongs, and who is told the rest of it. */
export interface ErrorPlace {
  readonly requestId: string;
  readonly log: Log;
}

/** What the gateway itself says no with; resolvers and rules have codes of their own. Each has a heading in schema/ERRORS.md. */
export const gatewayCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'TOO_DEEP',
  'TOO_MANY_SUBSCRIPTIONS',
  'TOO_MANY_EXPORTS',
  'DATABASE_UNAVAILABLE',
  'ISSUER_UNAVAILABLE',
  'TOO_SLOW',
  'SHUTTING_DOWN',
  'INTERNAL',
] as const;
export type GatewayCode = (typeof gatewayCodes)[number];

const sentences: { readonly [code in GatewayCode]?: readonly [sentence: string, status?: number] } = {
  UNAUTHENTICATED: ['Send an API key or a token: "Authorization: Bearer …" or "x-api-key: …".', 401],
  TOO_MANY_EXPORTS: ['Too many exports run just now. Try again when one has ended.', 429],
  DATABASE_UNAVAILABLE: ['The database cannot be reached just now. Try again in a moment.', 503],
  ISSUER_UNAVAILABLE: ['The keys of the issuer of this token cannot be fetched just now. Try again in a moment.', 503],
  TOO_SLOW: ['The answer took too long. Ask for less at once, or try again.', 503],
  SHUTTING_DOWN: ['This server is shutting down. Try again; another one will answer.', 503],
  INTERNAL: ['Something went wrong on our side. Tell us the request id.', 500],
};

const retryable = new Set<string>([
  'TOO_MANY_EXPORTS',
  'DATABASE_UNAVAILABLE',
  'ISSUER_UNAVAILABLE',
  'TOO_SLOW',
  'SHUTTING_DOWN',
]);

/** An error with a stable code, as a client may see it. */
export function publicError(
  code: GatewayCode,
  requestId: string,
  sentence?: string,
  from?: GraphQLError,
): GraphQLError {
  const [standard, status] = sentences[code] ?? [];
  return new GraphQLError(sentence ?? standard ?? code, {
    ...(from?.nodes === undefined ? {} : { nodes: from.nodes }),
    ...(from?.path === undefined ? {} : { path: from.path }),
    extensions: {
      code,
      requestId,
      ...(retryable.has(code) ? { retryable: true } : {}),
      ...(status === undefined || from?.path !== undefined ? {} : { http: { status } }),
    },
  });
}

/**
 * Whatever was thrown, as a client may see it (S9): an error made for clients keeps its code and message; trouble
 * with the database says so and that trying again helps; anything else is a bug of ours, which the log gets whole
 * and the client only as INTERNAL with a request id. Doing it twice changes nothing.
 */
export function toPublicError(thrown: unknown, { requestId, log }: ErrorPlace): GraphQLError {
  const error = thrown instanceof GraphQLError ? thrown : undefined;
  const cause = error === undefined ? thrown : innermost(error);
  if (cause instanceof GraphQLError) return forClients(error ?? cause, cause, requestId);
  if (cause instanceof CursorExpired) {
    const expired = cursorRefused({ code: 'CURSOR_EXPIRED', oldestCursor: cause.oldestCursor });
    return forClients(expired, expired, requestId);
  }

  const trouble = cause instanceof IssuerUnreachable ? 'ISSUER_UNAVAILABLE' : databaseTrouble(cause);
  if (trouble !== undefined) {
    log.warn({ requestId, code: trouble, cause: messageOf(cause) }, 'an operation met trouble that will pass');
    return publicError(trouble, requestId, undefined, error);
  }
  log.error({ requestId, err: cause, path: error?.path }, 'an operation failed: this is a bug');
  return publicError('INTERNAL', requestId, undefined, error);
}

/** A result whose every error is public. */
export function toPublicResult(result: ExecutionResult, place: ErrorPlace): ExecutionResult {
  if (result.errors === undefined || result.errors.length === 0) return result;
  return { ...result, errors: result.errors.map((error) => toPublicError(error, place)) };
}

/** graphql-js wraps what a resolver throws, so an error made for clients may stand inside another. */
function innermost(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError != null) cause = cause.originalError;
  return cause;
}

function forClients(outer: GraphQLError, inner: GraphQLError, requestId: string): GraphQLError {
  const given = { ...inner.extensions, ...outer.extensions };
  if (typeof given.code === 'string' && given.requestId !== undefined) return outer;
  return new GraphQLError(withoutSuggestion(outer.message), {
    nodes: outer.nodes ?? null,
    source: outer.source ?? null,
    positions: outer.positions ?? null,
    path: outer.path ?? null,
    extensions: { ...given, code: given.code ?? codeOf(outer), requestId },
  });
}

/** What graphql-js itself says no with has no code; where it comes from tells which. */
function codeOf(error: GraphQLError): GatewayCode {
  if (error.message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED';
  return 'BAD_USER_INPUT';
}

/** A suggestion names fields the caller may have no right to know of. */
const withoutSuggestion = (message: string) => message.replace(/ Did you mean .*\?$/s, '');

/** PostgreSQL's classes for lost and refused connections, missing resources and shutdown; see its appendix A. */
const unavailable = /^(08|53|57P|58)/;
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
const prismaCodes = new Set(['P1000', 'P1001', 'P1002', 'P1003', 'P1008', 'P1011', 'P1017', 'P2024', 'P2037']);

/** What kind of trouble with the database this is, if it is any. */
export function databaseTrouble(thrown: unknown): 'DATABASE_UNAVAILABLE' | 'TOO_SLOW' | undefined {
  const seen = new Set<unknown>();
  for (const error of chain(thrown, seen)) {
    const { code, originalCode, kind, message = '' } = error as Record<string, string | undefined>;
    for (const given of [code, originalCode]) {
      if (given === '57014' || given === '25P04') return 'TOO_SLOW';
      if (given !== undefined && (unavailable.test(given) || networkCodes.has(given) || prismaCodes.has(given))) {
        return 'DATABASE_UNAVAILABLE';
      }
    }
    if (kind === 'DatabaseNotReachable' || kind === 'ConnectionClosed' || kind === 'SocketTimeout')
      return 'DATABASE_UNAVAILABLE';
    if (code === 'P2028') return /start a transaction/i.test(message) ? 'DATABASE_UNAVAILABLE' : 'TOO_SLOW';
    if (
      /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
        message,
      )
    ) {
      return 'DATABASE_UNAVAILABLE';
    }
  }
  return undefined;
}

/** An error, its causes, and what an aggregate or the Prisma adapter holds inside. */
function* chain(error: unknown, seen: Set<unknown>): Generator<object> {
  if (typeof error !== 'object' || error === null || seen.has(error) || seen.size > 20) return;
  seen.add(error);
  yield error;
  const { cause, originalError, meta, errors, driverAdapterError } = error as Record<string, unknown>;
  for (const inner of [cause, originalError, meta, driverAdapterError, ...(Array.isArray(errors) ? errors : [])]) {
    yield* chain(inner, seen);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
