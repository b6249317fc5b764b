import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type FeedError, failureOf, failureOfClose, Interrupted, type ServerError } from './failure.ts';
import { type Answer, headersOf, type SessionRequest } from './session.ts';

/** Answers held for a slow caller. Beyond them the subscription ends, to go on from its cursor when they are taken. */
const mostHeld = 16;

/** A subscription by the protocol graphql-transport-ws, on a socket of its own. */
export async function* overWebSocket({ access, query, variables, signal }: SessionRequest): AsyncGenerator<Answer> {
  const held: Answer[] = [];
  let ending: { readonly failure?: Error } | undefined;
  let wake = (): void => {};
  const end = (failure?: Error): void => {
    ending ??= failure === undefined ? {} : { failure };
    wake();
  };
  const client = createClient({
    url: access.url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: headersOf(access),
    // Coming back with the right cursor is the caller's matter.
    retryAttempts: 0,
    onNonLazyError: () => {},
  });
  const unsubscribe = client.subscribe<Record<string, unknown>>(
    { query, variables: { ...variables } },
    {
      next: (answer) => {
        if (ending !== undefined) return;
        held.push(answer as Answer);
        if (held.length >= mostHeld) end();
        wake();
      },
      error: (thrown) => end(failureFrom(thrown)),
      complete: () => end(),
    },
  );
  const abort = () => end();
  signal.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      const answer = held.shift();
      if (answer !== undefined) yield answer;
      else if (ending !== undefined) break;
      else await new Promise<void>((resolve) => (wake = resolve));
      if (signal.aborted) return;
    }
    if (ending.failure !== undefined) throw ending.failure;
  } finally {
    signal.removeEventListener('abort', abort);
    unsubscribe();
    // It waits for a connection that may never be made; who is told has left.
    Promise.resolve(client.dispose()).catch(() => {});
  }
}

/** What graphql-ws hands over: the server's errors, how the socket was closed, or why there was none. */
function failureFrom(thrown: unknown): FeedError | Interrupted {
  if (Array.isArray(thrown)) return failureOf(thrown as ServerError[]);
  const { code, reason } = (thrown ?? {}) as { code?: unknown; reason?: unknown };
  if (typeof code === 'number') return failureOfClose(code, typeof reason === 'string' ? reason : '');
  return new Interrupted(thrown instanceof Error && thrown.message !== '' ? thrown.message : 'no connection');
}
