import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphQLError } from 'graphql';
import { OperatorError } from '../base/operator-error.ts';
import type { Authenticator } from './authenticate.ts';
import { exportKinds } from './export/kinds.ts';
import { type ExportRoute, exportKindOf } from './export/route.ts';
import { type Gateway, largestRequest } from './gateway.ts';
import type { LiveFeeds } from './live-feeds.ts';
import type { Log } from './log.ts';
import type { OperationContext } from './operation-context.ts';
import { readCredentials } from './principal.ts';
import { type GatewayCode, publicError, toPublicError } from './public-error.ts';
import type { Readiness } from './readiness.ts';

/** What answers once everything is up. Until then the port is taken and says "starting". */
export interface HttpParts {
  readonly gateway: Gateway;
  readonly authenticator: Authenticator;
  readonly feeds: LiveFeeds;
  readonly exports: ExportRoute;
  readonly sdl: string;
  readonly readiness: () => Promise<Readiness>;
}

export interface HttpServer {
  readonly server: Server;
  readonly port: number;
  /** Begin to answer. */
  open(parts: HttpParts): void;
  /** Take nothing new, let what runs finish, then cut what is left after `patienceMillis`. */
  drain(patienceMillis: number): Promise<void>;
}

/**
 * Listen, at once, so that a port that is taken is known before anything else is started.
 * @throws OperatorError PORT_IN_USE
 */
export async function listenHttp(address: { host: string; port: number }, log: Log): Promise<HttpServer> {
  const answering = new Set<ServerResponse>();
  let parts: HttpParts | undefined;
  let draining = false;

  const server = createServer((request, response) => {
    const requestId = requestIdOf(request);
    response.setHeader('x-request-id', requestId);
    response.setHeader('x-content-type-options', 'nosniff');
    answering.add(response);
    response.once('close', () => answering.delete(response));
    const started = performance.now();
    const line = log.child({ requestId });
    response.once('finish', () =>
      line.debug(
        {
          method: request.method,
          path: pathOf(request),
          status: response.statusCode,
          ms: Math.round(performance.now() - started),
        },
        'answered',
      ),
    );
    answer(request, response, requestId, line).catch((thrown) => {
      const error = toPublicError(thrown, { requestId, log: line });
      sayNo(response, error.extensions.code as GatewayCode, requestId, error.message);
    });
  });
  // Slow writers do not hold a connection for ever (S8). Streams we send have no such bound.
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.keepAliveTimeout = 10_000;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });

  const answer = async (request: IncomingMessage, response: ServerResponse, requestId: string, line: Log) => {
    const path = pathOf(request);
    if (path === '/health') return json(response, 200, { status: draining ? 'draining' : 'ok' });
    if (path === '/ready') return ready(response);
    if (draining || parts === undefined) {
      response.setHeader('connection', 'close');
      return sayNo(
        response,
        'SHUTTING_DOWN',
        requestId,
        draining ? undefined : 'Acorn is still starting. Try again in a moment.',
      );
    }
    if (path === '/schema.graphql') {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(parts.sdl);
      return;
    }
    if (path === '/') {
      response.writeHead(302, { location: '/graphql' }).end();
      return;
    }
    if (path?.startsWith('/export/')) return exported(parts, path, request, response, requestId, line);
    if (path !== '/graphql') return json(response, 404, { status: 'there is nothing here; see /graphql' });
    await graphql(parts, request, response, requestId, line);
  };

  const ready = async (response: ServerResponse) => {
    if (draining) return json(response, 503, { ready: false, checks: { server: 'draining' } });
    if (parts === undefined) return json(response, 503, { ready: false, checks: { server: 'starting' } });
    const found = await parts.readiness();
    json(response, found.ready ? 200 : 503, found);
  };

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, address)));
    server.listen(address.port, address.host, resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port;

  return {
    server,
    port,
    open: (given) => {
      parts = given;
    },
    drain: async (patienceMillis) => {
      draining = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const deadline = performance.now() + patienceMillis;
      while (answering.size > 0 && performance.now() < deadline) {
        await sleep(20);
        server.closeIdleConnections();
      }
      if (answering.size > 0) log.warn({ cut: answering.size }, 'some answers were not taken in time');
      server.closeAllConnections();
      await closed;
    },
  };
}

async function graphql(
  { gateway, authenticator }: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  log: Log,
): Promise<void> {
  const { method, headers } = request;
  if (method === 'OPTIONS') return gateway.page(request, response);
  if (method !== 'GET' && method !== 'POST') {
    response.setHeader('allow', 'GET, POST');
    return sayNo(response, 'BAD_USER_INPUT', requestId, 'Send operations by POST, or queries by GET.', 405);
  }
  if (method === 'GET' && wantsPage(request)) {
    response.setHeader('x-frame-options', 'DENY');
    return gateway.page(request, response);
  }
  // A form, a multipart or a text body can be sent by any page without asking; JSON cannot.
  if (method === 'POST' && headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    return sayNo(response, 'BAD_USER_INPUT', requestId, 'Send operations as application/json.', 415);
  }
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    return sayNo(response, 'BAD_USER_INPUT', requestId, 'Send operations without compression.', 415);
  }
  if (Number(headers['content-length'] ?? 0) > largestRequest) {
    response.setHeader('connection', 'close');
    return sayNo(response, 'BAD_USER_INPUT', requestId, `An operation has at most ${largestRequest} bytes.`, 413);
  }
  const operation = await known(authenticator, request, response, requestId, log);
  if (operation !== undefined) await gateway.handle(request, response, operation);
}

async function exported(
  { authenticator, exports }: HttpParts,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  log: Log,
): Promise<void> {
  if (exportKindOf(path) === undefined) {
    return json(response, 404, {
      status: `there is no such export; see ${exportKinds.map((kind) => `/export/${kind}.jsonl`).join(', ')}`,
    });
  }
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET');
    return sayNo(response, 'BAD_USER_INPUT', requestId, 'Ask for exports by GET.', 405);
  }
  const operation = await known(authenticator, request, response, requestId, log);
  if (operation === undefined) return;
  try {
    await exports(request, response, operation);
  } catch (thrown) {
    // Once it has begun, only breaking off says that it is not whole.
    sayError(response, toPublicError(thrown, operation));
  }
}

/** Who asks; nobody, who has been told so, otherwise. */
async function known(
  authenticator: Authenticator,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  log: Log,
): Promise<OperationContext | undefined> {
  const credentials = { ...readCredentials(request.headers), address: request.socket.remoteAddress };
  const found = await authenticator.authenticate(credentials);
  if (found.ok) {
    const { value: principal } = found;
    return { requestId, principal, credentials, log: log.child({ key: principal.name }) };
  }
  response.setHeader('www-authenticate', 'Bearer');
  sayNo(response, 'UNAUTHENTICATED', requestId);
  return undefined;
}

/** A browser that opens the address, not a program that asks. */
function wantsPage({ headers, url }: IncomingMessage): boolean {
  const asks = new URL(url ?? '/', 'http://localhost').searchParams.has('query');
  return (headers.accept ?? '').includes('text/html') && !(asks && headers.authorization !== undefined);
}

/** A "no" in the shape of a GraphQL answer, so that every client can read it. */
function sayNo(
  response: ServerResponse,
  code: GatewayCode,
  requestId: string,
  sentence?: string,
  status?: number,
): void {
  sayError(response, publicError(code, requestId, sentence), status);
}

/** What HTTP says of codes that GraphQL answers with 200. */
const statusOf: Readonly<Record<string, number>> = { FORBIDDEN: 403, CURSOR_EXPIRED: 410 };

function sayError(response: ServerResponse, said: GraphQLError, status?: number): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { http, ...error } = split(said.toJSON());
  if (http === 503) response.setHeader('retry-after', '1');
  json(response, status ?? http ?? statusOf[String(error.extensions.code)] ?? 400, { errors: [error] });
}

function split({ message, extensions = {} }: { message: string; extensions?: Record<string, unknown> }) {
  const { http, ...rest } = extensions;
  return { http: (http as { status?: number } | undefined)?.status, message, extensions: rest };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}

const pathOf = (request: IncomingMessage) => (request.url ?? '/').split('?')[0];

/** The caller's own id when it is a plain one, so that two logs can be read side by side. */
function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

function explain(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): unknown {
  switch (error.code) {
    case 'EADDRINUSE':
      return new OperatorError(
        'PORT_IN_USE',
        `Port ${port} on ${host} is in use by another program: stop that program, or choose another port, such as PORT=${port + 1}.`,
        { cause: error },
      );
    case 'EACCES':
      return new OperatorError(
        'CONFIGURATION_INVALID',
        `Port ${port} may only be used by root: choose one of 1024 or more, such as PORT=4000.`,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new OperatorError(
        'CONFIGURATION_INVALID',
        `HOST: ${host} is not an address of this machine: write 127.0.0.1 for this machine only, or 0.0.0.0 for every network it is on.`,
        { cause: error },
      );
    default:
      return error;
  }
}
