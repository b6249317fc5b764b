import type { ServerError } from './failure.ts';

/** How a caller proves who it is: one of the two, as in the headers of the API. */
export interface Access {
  /** `http://127.0.0.1:4000/graphql`; websockets use the same address. */
  readonly url: string;
  readonly apiKey?: string;
  /** A signed token, in place of a key. */
  readonly token?: string;
}

export const headersOf = ({ apiKey, token }: Access): Record<string, string> => ({
  ...(apiKey !== undefined && { 'x-api-key': apiKey }),
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
});

/** One subscription over one connection. */
export interface SessionRequest {
  readonly access: Access;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Ends it, and any wait in it, at once. */
  readonly signal: AbortSignal;
}

/** What came by it: an answer as GraphQL writes it. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly ServerError[];
}

/**
 * Answers in order, until the server says that it is over. Throws `FeedError` or `Interrupted` when it ends otherwise.
 * Holds a bounded number of answers, however slowly they are taken.
 */
export type Session = (request: SessionRequest) => AsyncIterable<Answer>;
