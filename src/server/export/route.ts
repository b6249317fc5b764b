import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Allowances } from '../../../schema/context.ts';
import { badInput } from '../../../schema/refused.ts';
import { timeouts } from '../../store/connection.ts';
import type { Database } from '../../store/database.ts';
import type { LiveFeeds } from '../live-feeds.ts';
import { type OperationContext, resolverContext, type Services } from '../operation-context.ts';
import { publicError } from '../public-error.ts';
import { type ExportKind, isExportKind } from './kinds.ts';
import { type ExportRequest, exportLines } from './lines.ts';

/** Exports running at once: of one key or token, and of this process, since each holds a connection to the database. */
const mostOfOne = 2;
const mostOfAll = 4;

/** Streams one export to a caller who is known. @throws what is to be said in its place, as long as nothing was sent */
export type ExportRoute = (
  request: IncomingMessage,
  response: ServerResponse,
  operation: OperationContext,
) => Promise<void>;

export interface ExportParts {
  readonly database: Database;
  readonly services: Services;
  /** An export ends, like a feed, when its caller's rights do. */
  readonly feeds: LiveFeeds;
}

/** What `path` exports: `/export/invoices.jsonl` is `invoices`. */
export function exportKindOf(path: string): ExportKind | undefined {
  const kind = /^\/export\/([a-z-]+)\.jsonl$/.exec(path)?.[1];
  return kind !== undefined && isExportKind(kind) ? kind : undefined;
}

/**
 * Exports over HTTP: lines are made as fast as they are read and no faster, compressed when asked. One that ends without
 * its last line, `complete`, broke off and is worth nothing.
 */
export function exportRoute({ database, services, feeds }: ExportParts): ExportRoute {
  const running = new Map<string, number>();
  let all = 0;

  return async (request, response, operation) => {
    const { principal, credentials, requestId } = operation;
    const asked = requestOf(request);
    const own = running.get(principal.name) ?? 0;
    if (own >= mostOfOne || all >= mostOfAll) {
      const sentence = `At most ${mostOfOne} exports of one key run at a time, and ${mostOfAll} of all; try again when one has ended.`;
      throw publicError('TOO_MANY_EXPORTS', requestId, sentence);
    }
    running.set(principal.name, own + 1);
    all += 1;
    const cut = new AbortController();
    const leave = feeds.add({
      kind: 'feed',
      principal,
      credentials,
      dismiss: () => cut.abort(),
      // The server waits for answers under way, and cuts what takes too long.
      drain: () => {},
    });
    response.once('close', () => cut.abort());
    try {
      await database.read(
        principal.tenant,
        async (db) => {
          const context = resolverContext(operation, services, withoutReplay(feeds.allowancesOf(principal)));
          const lines = exportLines({ ...context, db }, asked);
          const first = await lines.next();
          response.writeHead(200, headersFor(request, asked.kind));
          const text = Readable.from(textOf(first.value, lines), { objectMode: false });
          await (compresses(request)
            ? pipeline(text, createGzip(), response, { signal: cut.signal })
            : pipeline(text, response, { signal: cut.signal }));
        },
        { transaction: timeouts.export, idle: timeouts.exportIdle },
      );
    } catch (thrown) {
      if (!cut.signal.aborted) throw thrown;
      response.destroy();
    } finally {
      leave();
      all -= 1;
      const left = (running.get(principal.name) ?? 1) - 1;
      if (left === 0) running.delete(principal.name);
      else running.set(principal.name, left);
    }
  };
}

/** An export has limits of its own: that it is of the past is its purpose. */
const withoutReplay = ({ sockets, subscriptions, subscriptionsPerSocket, replay }: Allowances): Allowances => ({
  sockets,
  subscriptions,
  subscriptionsPerSocket,
  replay,
  replayWaitMillis: () => 0,
  replayed: () => {},
});

/** Lines in pieces worth sending. */
async function* textOf(first: object, rest: AsyncIterable<object>): AsyncGenerator<string> {
  let text = `${JSON.stringify(first)}\n`;
  for await (const line of rest) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length < 16_384) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

function requestOf({ url }: IncomingMessage): ExportRequest {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://localhost');
  const kind = exportKindOf(pathname);
  if (kind === undefined) throw badInput('path', 'there is no such export');
  const known = kind === 'changes' ? ['after', 'account', 'site'] : ['account', 'site'];
  for (const name of searchParams.keys()) {
    if (!known.includes(name)) throw badInput(name, `an export of ${kind} knows ${known.join(', ')}`);
  }
  const listed = (name: string) => (searchParams.has(name) ? searchParams.getAll(name) : undefined);
  return { kind, after: searchParams.get('after') ?? undefined, accounts: listed('account'), sites: listed('site') };
}

const compresses = ({ headers }: IncomingMessage): boolean => /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));

const headersFor = (request: IncomingMessage, kind: ExportKind) => ({
  'content-type': 'application/jsonl; charset=utf-8',
  'content-disposition': `attachment; filename="${kind}.jsonl"`,
  'cache-control': 'no-store',
  vary: 'accept-encoding',
  ...(compresses(request) && { 'content-encoding': 'gzip' }),
});
