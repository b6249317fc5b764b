// HTTP on the loopback: login, API and control behind one listener.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Api } from './api.ts';
import { internalFailure } from './api-error.ts';
import { type Controlled, control } from './control.ts';
import { isEvery } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import { grant } from './tokens.ts';

const largestBody = 64 * 1024;

/** The listener, not yet listening. Reads faults and clock anew for every request. */
export function createHttpServer(of: Controlled, api: Api, requests: RequestLog): Server {
  let apiRequests = 0;
  let goodAnswers = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const method = request.method ?? 'GET';
    const body = await readBody(request);
    if (body === undefined) return send(response, of, 413, '{"error":"body too large"}');
    if (url.pathname.startsWith('/simulator/')) {
      const answer = control(of, method, url.pathname, url.searchParams, parseJson(body));
      return send(response, of, answer.status, answer.body);
    }
    if (url.pathname === '/auth/o2/token' && method === 'POST') {
      const answer = grant(of.world.accounts, formOf(request, body), of.clock.now());
      log(method, url, answer.status, undefined);
      return send(response, of, answer.status, JSON.stringify(answer.body));
    }
    apiRequests += 1;
    await answerApi(request, response, method, url, apiRequests);
  }

  async function answerApi(
    request: IncomingMessage,
    response: ServerResponse,
    method: string,
    url: URL,
    nth: number,
  ): Promise<void> {
    const { faults } = of;
    if (isEvery(nth, faults.resetConnection)) {
      log(method, url, 0, undefined);
      request.socket.resetAndDestroy();
      return;
    }
    if (faults.stallMs > 0) await wait(faults.stallMs);
    const token = request.headers['x-amz-access-token'];
    const answer = api.answer(
      { method, pathname: url.pathname, query: url.searchParams, token: typeof token === 'string' ? token : undefined },
      nth,
      of.clock.now(),
      faults,
    );
    log(method, url, answer.status, answer.account?.name);
    // Amazon tells the limit on these statuses only.
    const limit = [200, 400, 404].includes(answer.status)
      ? { 'x-amzn-RateLimit-Limit': faults.rateLimit.rps.toFixed(1) }
      : {};
    let body = answer.body;
    if (answer.status === 200) {
      goodAnswers += 1;
      if (isEvery(goodAnswers, faults.breakPage)) body = body.slice(0, Math.floor(body.length / 2));
    }
    if (faults.slowBody === 0) return send(response, of, answer.status, body, limit);
    writeHead(response, of, answer.status, limit);
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length && !response.destroyed; at += 4096) {
      response.write(bytes.subarray(at, at + 4096));
      await wait(faults.slowBody);
    }
    response.end();
  }

  const log = (method: string, url: URL, status: number, account: string | undefined) =>
    requests.add({ at: of.clock.now(), method, path: url.pathname, query: url.search, account, status });

  return createServer((request, response) => {
    handle(request, response).catch((bug: unknown) => {
      // The client sees Amazon's words; whoever runs the simulator sees what went wrong.
      process.emitWarning(bug instanceof Error ? bug : String(bug));
      if (response.headersSent) response.destroy();
      else send(response, of, 500, internalFailure().body());
    });
  });
}

function writeHead(
  response: ServerResponse,
  of: Controlled,
  status: number,
  headers: { readonly [name: string]: string },
): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    Date: new Date(of.clock.now()).toUTCString(),
    'x-amzn-RequestId': randomUUID(),
    ...headers,
  });
}

function send(
  response: ServerResponse,
  of: Controlled,
  status: number,
  body: string,
  headers: { readonly [name: string]: string } = {},
): void {
  writeHead(response, of, status, { ...headers, 'Content-Length': String(Buffer.byteLength(body)) });
  response.end(body);
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBody) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseJson(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Login with Amazon takes a form or JSON. */
function formOf(request: IncomingMessage, body: string): ReadonlyMap<string, string> {
  if (!request.headers['content-type']?.includes('json')) return new Map(new URLSearchParams(body));
  const parsed = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null) return new Map();
  return new Map(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
