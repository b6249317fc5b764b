import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionArgs } from 'graphql';
import { CloseCode, type ServerOptions } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Authenticator } from './authenticate.ts';
import { plainResult, withoutInternals } from './frame.ts';
import { type Gateway, largestRequest } from './gateway.ts';
import type { Listener, LiveFeeds } from './live-feeds.ts';
import type { Log } from './log.ts';
import type { OperationContext } from './operation-context.ts';
import { type Credentials, type Principal, readCredentials } from './principal.ts';
import { databaseTrouble, publicError, toPublicError } from './public-error.ts';
import { SocketOutlet } from './socket-sink.ts';

/** What a client that never reads may cost, in bytes, before its socket is cut. */
const mostUnread = 1024 * 1024;
/** Most sockets of one process. */
const mostSockets = 10_000;

/** Close codes of ours, beside those of the protocol; schema/FEED.md has them all. @source graphql-ws, PROTOCOL.md; RFC 6455, 7.4 */
const closeCodes = { restart: 1012, tryAgainLater: 1013, forbidden: CloseCode.Forbidden, lagging: 4429 } as const;

export interface WebSocketOptions {
  readonly server: Server;
  readonly gateway: Gateway;
  readonly authenticator: Authenticator;
  readonly feeds: LiveFeeds;
  readonly log: Log;
  readonly now: () => number;
}

interface Session {
  readonly principal: Principal;
  readonly credentials: Credentials;
}

/** What is known of one socket: kept beside graphql-ws's own context. */
type SocketExtra = Omit<Extra, 'request'> & {
  /** Forgotten once it was read: thousands of sockets stay open for days. */
  request?: Extra['request'];
  session?: Session;
  outlet?: SocketOutlet;
  leave?: () => void;
};

/**
 * GraphQL over websocket, on the path of the HTTP endpoint. The same authenticator and the same pipeline as HTTP;
 * here is only what a socket needs: its own limits, an end at expiry or dismissal, and a goodbye.
 *
 * @returns how to say goodbye: every feed completes, then each socket closes with 1012 ("service restart")
 */
export function serveWebSockets({ server, gateway, authenticator, feeds, log, now }: WebSocketOptions) {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestRequest,
    maxFragments: 64,
    // We answer pings ourselves, since a flood of them from somebody who never reads fills the memory otherwise.
    autoPong: false,
    perMessageDeflate: false,
  } as ConstructorParameters<typeof WebSocketServer>[0]);
  /** What runs on each open socket. */
  const running = new Set<Readonly<Record<string, unknown>>>();
  const pipelines = new WeakMap<object, ReturnType<Gateway['enveloped']>>();
  let goingAway = false;
  /** One for all who came with one key at one time: an error carries its request's id by itself. */
  const logs = new WeakMap<Principal, Log>();
  const logOf = (principal: Principal): Log => {
    const known = logs.get(principal) ?? log.child({ key: principal.name });
    logs.set(principal, known);
    return known;
  };

  const options: ServerOptions<Record<string, unknown>, SocketExtra> = {
    connectionInitWaitTimeout: 3_000,

    onConnect: async ({ connectionParams, extra, subscriptions }) => {
      const { request } = extra;
      delete extra.request;
      if (request === undefined) return false;
      const fromHeaders = readCredentials(request.headers);
      const given = readCredentials(connectionParams);
      const credentials = {
        ...(Object.keys(given).length > 0 ? given : fromHeaders),
        address: request.socket.remoteAddress,
      };
      const found = await authenticator.authenticate(credentials).catch((thrown) => {
        const code = databaseTrouble(thrown) === undefined ? CloseCode.InternalServerError : closeCodes.tryAgainLater;
        log.warn({ err: thrown }, 'cannot tell who opens a socket');
        extra.socket.close(code, 'Try again later');
        return undefined;
      });
      if (found === undefined || !found.ok) return false;
      const { value: principal } = found;
      if (feeds.countOf(principal, 'socket') >= feeds.limits.socketsPerKey) {
        extra.socket.close(CloseCode.Forbidden, 'TOO_MANY_SOCKETS');
        return false;
      }
      extra.outlet = new SocketOutlet(extra.socket, request.socket);
      extra.session = { principal, credentials };
      running.add(subscriptions);
      const stopListening = listen(extra.socket, extra.session);
      extra.leave = () => {
        running.delete(subscriptions);
        stopListening();
      };
      return principal.expiresAt === undefined ? {} : { expiresAt: new Date(principal.expiresAt).toISOString() };
    },

    onSubscribe: async ({ extra, subscriptions }, id, payload) => {
      const { session, outlet } = extra;
      const { subscriptionsPerSocket } = feeds.limits;
      const requestId = randomUUID();
      // The protocol closes a socket that asks before it is acknowledged, so this cannot be; a wall all the same.
      if (session === undefined || outlet === undefined) return [publicError('UNAUTHENTICATED', requestId)];
      if (Object.keys(subscriptions).length > subscriptionsPerSocket) {
        const sentence = `One socket runs at most ${subscriptionsPerSocket} operations at a time.`;
        return [publicError('TOO_MANY_SUBSCRIPTIONS', requestId, sentence)];
      }
      const operation: OperationContext = {
        ...session,
        requestId,
        log: logOf(session.principal),
        sink: outlet.sink(id, closeLagging),
      };
      const enveloped = gateway.enveloped(operation, payload);
      try {
        const document = enveloped.parse(payload.query);
        const errors = enveloped.validate(enveloped.schema, document);
        if (errors.length > 0) return errors;
        const contextValue = await enveloped.contextFactory();
        pipelines.set(contextValue, enveloped);
        return {
          schema: enveloped.schema,
          document,
          contextValue,
          operationName: payload.operationName ?? null,
          variableValues: payload.variables ?? null,
        };
      } catch (thrown) {
        return [toPublicError(thrown, operation)];
      }
    },

    execute: (args: ExecutionArgs) => pipelineOf(args).execute(args),
    subscribe: (args: ExecutionArgs) => pipelineOf(args).subscribe(args),

    onNext: (_context, _id, _payload, _args, result) => plainResult(result),
    onError: (_context, _id, _payload, errors) => errors.map((error) => withoutInternals(error)),
    onDisconnect: ({ extra }) => extra.leave?.(),
    onClose: ({ extra }) => extra.leave?.(),
  };

  const pipelineOf = (args: ExecutionArgs) => {
    const pipeline = pipelines.get(args.contextValue as object);
    if (pipeline === undefined) throw new Error('an operation came without its pipeline');
    return pipeline;
  };

  /** Watch over one session: its expiry, its rights, and the end of the server. */
  const listen = (socket: WebSocket, session: Session) => {
    const { expiresAt } = session.principal;
    // Longer than a timer can count is far away; the regular look at rights sees it too.
    const wait = expiresAt === undefined ? undefined : Math.min(Math.max(expiresAt - now(), 0), 2 ** 31 - 1);
    const expiry =
      wait === undefined ? undefined : setTimeout(() => socket.close(closeCodes.forbidden, 'token expired'), wait);
    expiry?.unref();
    const leaveFeeds = feeds.add(new SocketListener(socket, session));
    return () => {
      clearTimeout(expiry);
      leaveFeeds();
    };
  };

  const disposable = useServer(options, sockets, 12_000);
  sockets.on('connection', (socket) => {
    guardMemory(socket);
    // The library prints what a client did wrong, with a stack. A client's mistake is a line in our log at most.
    socket.removeAllListeners('error');
    socket.on('error', (error) => log.debug({ problem: error.message }, 'a socket was closed'));
  });

  server.on('upgrade', (request, socket, head) => {
    // Without a listener a reset while we answer would end the process.
    socket.on('error', cutOff);
    const path = request.url?.split('?')[0];
    const refusal =
      path !== '/graphql'
        ? '404 Not Found'
        : goingAway || sockets.clients.size >= mostSockets
          ? '503 Service Unavailable'
          : undefined;
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (upgraded) => sockets.emit('connection', upgraded, request));
  });

  return {
    count: () => sockets.clients.size,
    /** Take no new sockets. */
    refuse: () => {
      goingAway = true;
    },
    /** Let what runs finish and say so, then close what is open. Feeds must have been told to end before. */
    close: async (patienceMillis: number) => {
      goingAway = true;
      const until = now() + patienceMillis;
      const busy = () => [...running].some((subscriptions) => Object.keys(subscriptions).length > 0);
      while (busy() && now() < until) await sleep(20);
      for (const client of sockets.clients) client.close(closeCodes.restart, 'Service restart');
      const deadline = setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
      }, 1_000);
      await disposable.dispose();
      clearTimeout(deadline);
    },
  };
}

const closeLagging = (socket: WebSocket): void => socket.close(closeCodes.lagging, 'LAGGING');

/** An open socket, as whoever watches over all listeners knows it. Its feeds are told for themselves when the server goes. */
class SocketListener implements Listener {
  readonly kind = 'socket';
  readonly principal: Principal;
  readonly credentials: Credentials;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, { principal, credentials }: Session) {
    this.principal = principal;
    this.credentials = credentials;
    this.#socket = socket;
  }

  dismiss(): void {
    this.#socket.close(closeCodes.forbidden, 'no longer allowed');
  }

  drain(): void {}
}

/** A function of its own: one written where it is needed would keep the request for as long as the socket lives. */
function cutOff(this: Duplex): void {
  this.destroy();
}

/** Cut a socket whose reader has stopped reading while we had more and more to say. */
function guardMemory(socket: WebSocket): void {
  socket.on('ping', (data: Buffer) => {
    if (!holdsTooMuch(socket) && socket.readyState === socket.OPEN) socket.pong(data);
  });
  socket.on('message', () => holdsTooMuch(socket));
}

function holdsTooMuch(socket: WebSocket): boolean {
  if (socket.bufferedAmount <= mostUnread) return false;
  socket.terminate();
  return true;
}
