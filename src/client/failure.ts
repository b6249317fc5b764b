/** Why a feed ended for good. `code` is the server's own (see schema/ERRORS.md), or one of ours. */
export class FeedError extends Error {
  /** `SEQUENCE_BROKEN` is ours: the numbers of an account have a hole, or went back. */
  readonly code: string;
  /** Where the caller stood: the cursor of the last batch it was given. */
  readonly cursor: string | undefined;
  /** With `CURSOR_EXPIRED`: the oldest place from which the log is still whole. */
  readonly oldestCursor: string | undefined;

  constructor(
    code: string,
    message: string,
    { cursor, oldestCursor }: { cursor?: string; oldestCursor?: string } = {},
  ) {
    super(message);
    this.name = 'FeedError';
    this.code = code;
    this.cursor = cursor;
    this.oldestCursor = oldestCursor;
  }
}

/** A connection that ended, or could not be made, for a reason that passes. */
export class Interrupted extends Error {
  /** The server asks to come back at once: it cut a reader that was too slow for its buffers. */
  readonly atOnce: boolean;
  constructor(reason: string, { atOnce = false }: { atOnce?: boolean } = {}) {
    super(reason);
    this.atOnce = atOnce;
  }
}

export interface ServerError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Codes after which trying again helps, whether or not the server says `retryable`. */
const passing = new Set([
  'SHUTTING_DOWN',
  'DATABASE_UNAVAILABLE',
  'ISSUER_UNAVAILABLE',
  'TOO_SLOW',
  'INTERNAL',
  'TOO_MANY_SUBSCRIPTIONS',
]);

/** What the server's errors mean for a feed: come back, or give up. */
export function failureOf([first]: readonly ServerError[]): FeedError | Interrupted {
  const { code, retryable, oldestCursor } = first?.extensions ?? {};
  const message = first?.message ?? 'the server gave no answer';
  if (typeof code !== 'string' || retryable === true || passing.has(code)) return new Interrupted(message);
  return new FeedError(code, message, typeof oldestCursor === 'string' ? { oldestCursor } : {});
}

/**
 * What a closed websocket means: come back, or give up.
 * @source graphql-ws, PROTOCOL.md; RFC 6455, 7.4
 */
export function failureOfClose(code: number, reason: string): FeedError | Interrupted {
  // Places become free; everything else that is forbidden stays so.
  if (reason === 'TOO_MANY_SOCKETS') return new Interrupted('the key has as many sockets open as it may');
  switch (code) {
    case 4401:
    case 4403:
      return new FeedError('UNAUTHENTICATED', `the server closed the socket: ${reason || 'not allowed'}`);
    case 4400:
    case 4406:
      return new FeedError('BAD_USER_INPUT', `the server closed the socket: ${reason || 'it does not understand us'}`);
    case 4429:
      return new Interrupted(`the server closed the socket: ${reason || 'too slow'}`, { atOnce: true });
    default:
      return new Interrupted(`the connection ended (${code}${reason === '' ? '' : `, ${reason}`})`);
  }
}

/** Why `fetch` brought nothing, in its innermost words. */
export function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  return inner instanceof Error && inner.message !== '' ? inner.message : 'no connection';
}
