import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { spApi } from '../../../../plugins/connectors/sp-api/index.ts';
import { instant } from '../../../../src/base/instant.ts';
import type { Cursor, PulledBatch } from '../../../../src/seams/connector.ts';
import { anAccount } from '../../../builders/account.ts';

// Whole imports over HTTP, on machines that do other things meanwhile.
vi.setConfig({ testTimeout: 60_000 });

/** What the simulator has no occasion to do: an upstream that answers by a script. */
type Script = (url: URL, response: ServerResponse, request: IncomingMessage) => unknown;

let server: Server | undefined;
const asked: string[] = [];
afterEach(async () => {
  await new Promise((done) => (server === undefined ? done(undefined) : server.close(done)));
  server = undefined;
  asked.length = 0;
});

/** Empty lists wherever the script answers nothing. */
async function upstream(script: Script): Promise<string> {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.setHeader('connection', 'close');
    response.setHeader('date', 'Mon, 23 Nov 2026 17:00:00 GMT');
    if (url.pathname === '/auth/o2/token') {
      response.end('{"access_token":"Atza|t","expires_in":3600}');
      return;
    }
    asked.push(url.pathname + url.search);
    const body = script(url, response, request);
    if (response.writableEnded) return;
    response.end(JSON.stringify(body ?? emptyList(url.pathname)));
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function emptyList(path: string): unknown {
  if (path.endsWith('/purchaseOrders')) return { payload: { orders: [] } };
  if (path.endsWith('/purchaseOrdersStatus')) return { payload: { ordersStatus: [] } };
  return path.endsWith('/shipments') ? { payload: { shipments: [] } } : { invoices: [] };
}

async function pullAll(
  endpoint: string,
  cursor?: Cursor,
  said: string[] = [],
  signal?: AbortSignal,
): Promise<PulledBatch[]> {
  const say = (message: string, facts?: object): void => {
    said.push(`${message} ${JSON.stringify(facts ?? {})}`);
  };
  const batches: PulledBatch[] = [];
  const pulled = spApi.pull(
    {
      account: anAccount(),
      settings: {
        clientId: 'a',
        clientSecret: 'b',
        refreshToken: 'c',
        endpoint,
        importMonths: 1,
        requestsPerSecond: 1000,
        burst: 1000,
        firstPauseMillis: 2,
        longestPauseMillis: 5,
      },
      signal: signal ?? AbortSignal.timeout(20_000),
      log: { info: say, warn: say },
      now: () => instant('2030-01-01T00:00:00Z'),
    },
    cursor,
  );
  for await (const batch of pulled) batches.push(batch);
  return batches;
}

const partner = { partnerId: 'V', partnerType: 'VENDOR' };
const header = (updated: string) => ({
  invoiceNumber: 'LF/1',
  invoiceIdentifier: 'LF/1~LARKU',
  invoiceStatus: 'PAID',
  invoiceType: 'AP_INVENTORY',
  payee: partner,
  issueDate: '2026-11-20T10:00:00Z',
  lastUpdatedDate: updated,
  invoiceAmount: { currencyCode: 'USD', currencyAmount: 3 },
});
const line = (id: string) => ({
  lineItemId: id,
  totalAmount: { currencyCode: 'USD', currencyAmount: 1 },
  lineItemContext: {},
});
const isDetail = (url: URL): boolean => url.pathname.endsWith('/LF%2F1~LARKU');
const isHeaders = (url: URL): boolean => url.pathname.endsWith('/2026-06-25/invoices');

/** Line numbers told by each page of details, and whether more follow. */
const pagesOf = (batches: readonly PulledBatch[]): unknown[] =>
  batches.flatMap(({ documents }) =>
    documents
      .filter(({ kind }) => kind === 'getInvoice')
      .flatMap((document) => spApi.translate(document, anAccount()).facts)
      .map(({ fact }) =>
        fact.kind === 'invoice-stated'
          ? [fact.asOf, fact.lines?.map(({ lineNumber }) => lineNumber), fact.moreLines]
          : fact,
      ),
  );

describe('an invoice of many lines', () => {
  test('comes page by page, each its own document, all in one batch', async () => {
    const at = '2026-11-21T00:00:00.000Z';
    const endpoint = await upstream((url) => {
      if (isHeaders(url)) return { invoices: [header(at)] };
      if (!isDetail(url)) return undefined;
      const page = url.searchParams.get('nextTokenForLineItems') ?? '1';
      const more = page === '3' ? {} : { nextTokenForLineItems: String(Number(page) + 1) };
      return { invoiceHeader: header(at), invoiceItems: [line(`00${page}`)], ...more };
    });
    const batches = await pullAll(endpoint);
    expect(pagesOf(batches)).toEqual([
      [at, ['1'], true],
      [at, ['2'], true],
      [at, ['3'], undefined],
    ]);
    expect(batches.filter(({ documents }) => documents.some(({ kind }) => kind === 'getInvoice'))).toHaveLength(1);
  });

  test('that changes between two pages is read again from the first', async () => {
    let details = 0;
    const endpoint = await upstream((url) => {
      if (isHeaders(url)) return { invoices: [header('2026-11-21T00:00:00Z')] };
      if (!isDetail(url)) return undefined;
      details += 1;
      const first = url.searchParams.get('nextTokenForLineItems') === null;
      const updated = details === 1 ? '2026-11-21T00:00:00Z' : '2026-11-22T00:00:00Z';
      return {
        invoiceHeader: header(updated),
        invoiceItems: [line(first ? '1' : '2')],
        ...(first ? { nextTokenForLineItems: 'x' } : {}),
      };
    });
    expect(pagesOf(await pullAll(endpoint))).toEqual([
      ['2026-11-22T00:00:00.000Z', ['1'], true],
      ['2026-11-22T00:00:00.000Z', ['2'], undefined],
    ]);
  });

  test('that is gone when its details are asked for leaves its header', async () => {
    const said: string[] = [];
    const endpoint = await upstream((url, response) => {
      if (isHeaders(url)) return { invoices: [header('2026-11-21T00:00:00Z')] };
      if (!isDetail(url)) return undefined;
      response.statusCode = 404;
      return { errors: [{ code: 'NotFound', message: 'No such invoice.' }] };
    });
    const batches = await pullAll(endpoint, undefined, said);
    expect(batches.at(-1)?.cursor).toHaveProperty('marks');
    expect(pagesOf(batches)).toEqual([]);
    expect(said.join()).toContain('NotFound');
  });
});

describe('paging', () => {
  const order = (number: string) => ({ purchaseOrderNumber: number, purchaseOrderState: 'New' });
  const page = (number: string, nextToken?: string) => ({
    payload: { orders: [order(number)], pagination: { nextToken } },
  });
  const isOrders = (url: URL): boolean => url.pathname.endsWith('/purchaseOrders');

  test('a token that went stale starts its question over, and the pull ends', async () => {
    let stale = false;
    const endpoint = await upstream((url, response) => {
      if (!isOrders(url)) return undefined;
      const token = url.searchParams.get('nextToken');
      if (token === null) return page('ORDER001', stale ? 'new' : 'old');
      if (stale && token === 'old') {
        response.statusCode = 400;
        return { errors: [{ code: 'InvalidInput', message: 'nextToken has expired.' }] };
      }
      return page('ORDER002');
    });
    const [first] = await pullAll(endpoint);
    stale = true;
    const said: string[] = [];
    const resumed = await pullAll(endpoint, first?.cursor, said);
    const numbers = resumed
      .flatMap(({ documents }) => documents)
      .flatMap((document) =>
        spApi
          .translate(document, anAccount())
          .facts.map(({ fact }) => fact.kind === 'purchase-order-stated' && fact.orderNumber),
      );
    expect(numbers.slice(0, 2)).toEqual(['ORDER001', 'ORDER002']);
    expect(said.join()).toContain('went stale');
    expect(resumed.at(-1)?.cursor).toHaveProperty('marks');
  });

  test('a page that names itself as the next one ends its question', async () => {
    const said: string[] = [];
    const endpoint = await upstream((url) => (isOrders(url) ? page('ORDER001', 'again') : undefined));
    await pullAll(endpoint, undefined, said);
    expect(said.join()).toContain('named itself');
  });

  test('R8 · an empty page that names itself is asked for again: what comes after it is not lost', async () => {
    const emptied = new Set<string>();
    const endpoint = await upstream((url) => {
      if (!isOrders(url)) return undefined;
      if (url.searchParams.get('nextToken') !== 'again') return page('ORDER001', 'again');
      if (emptied.has(url.search)) return page('ORDER002');
      emptied.add(url.search);
      return { payload: { orders: [], pagination: { nextToken: 'again' } } };
    });
    const batches = await pullAll(endpoint);
    const bodies = batches.flatMap(({ documents }) => documents.map(({ bytes }) => Buffer.from(bytes).toString()));
    expect(emptied.size).toBeGreaterThan(0);
    expect(bodies.filter((body) => body.includes('ORDER002')).length).toBe(emptied.size);
  });

  test('an answer without its list is asked for again before it is kept', async () => {
    let answers = 0;
    const endpoint = await upstream((url) => {
      if (!isOrders(url)) return undefined;
      answers += 1;
      return answers <= 2 ? { payload: {} } : undefined;
    });
    const batches = await pullAll(endpoint);
    expect(batches.flatMap(({ documents }) => documents)).toEqual([]);
    expect(answers).toBeGreaterThan(3);
  });
});

describe('an account that was not granted invoices', () => {
  test('has its orders all the same, and its invoices from the start once they are granted', async () => {
    let granted = false;
    const endpoint = await upstream((url, response) => {
      if (isHeaders(url) && granted) return { invoices: [header('2026-11-01T00:00:00Z')] };
      if (isDetail(url)) return { invoiceHeader: header('2026-11-01T00:00:00Z'), invoiceItems: [line('1')] };
      if (!isHeaders(url)) return undefined;
      response.statusCode = 403;
      return { errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.' }] };
    });
    const said: string[] = [];
    const first = await pullAll(endpoint, undefined, said);
    expect(said.join()).toContain('going on without');
    expect(first.at(-1)?.cursor).toMatchObject({ marks: { refused: ['getInvoiceHeaders'] } });

    const second = await pullAll(endpoint, first.at(-1)?.cursor);
    expect(second.at(-1)?.cursor).toMatchObject({ marks: { refused: ['getInvoiceHeaders'] } });

    granted = true;
    const third = await pullAll(endpoint, second.at(-1)?.cursor);
    expect(pagesOf(third)).toEqual([['2026-11-01T00:00:00.000Z', ['1'], undefined]]);
    expect(third.at(-1)?.cursor).toMatchObject({ marks: { refused: [] } });
  });

  test('without orders there is no account', async () => {
    const endpoint = await upstream((url, response) => {
      if (!url.pathname.endsWith('/purchaseOrders')) return undefined;
      response.statusCode = 403;
      return { errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.' }] };
    });
    await expect(pullAll(endpoint)).rejects.toMatchObject({ code: 'ACCESS_REFUSED' });
  });
});

describe('the wire', () => {
  test('a redirect is not followed, so no token goes elsewhere', async () => {
    let elsewhere = 0;
    let redirects = 0;
    const endpoint = await upstream((url, response) => {
      if (url.pathname === '/elsewhere') elsewhere += 1;
      else if (redirects < 3) {
        redirects += 1;
        response.writeHead(302, { location: '/elsewhere' }).end();
      }
      return undefined;
    });
    await pullAll(endpoint);
    expect([redirects, elsewhere]).toEqual([3, 0]);
  });

  test('Retry-After is kept to', async () => {
    let throttledAt = 0;
    let waited = 0;
    const endpoint = await upstream((_url, response) => {
      if (throttledAt === 0) {
        throttledAt = performance.now();
        response.writeHead(429, { 'retry-after': '1' }).end('{}');
      } else if (waited === 0) waited = performance.now() - throttledAt;
      return undefined;
    });
    await pullAll(endpoint);
    expect(waited).toBeGreaterThanOrEqual(990);
  });

  test('every request names its maker and carries its token, and asks for no more than a week', async () => {
    const agents = new Set<string | undefined>();
    const tokens = new Set<unknown>();
    const endpoint = await upstream((_url, _response, request) => {
      agents.add(request.headers['user-agent']);
      tokens.add(request.headers['x-amz-access-token']);
      return undefined;
    });
    const [batch] = await pullAll(endpoint);
    expect([...agents]).toEqual([expect.stringContaining('Acorn/')]);
    expect([...tokens]).toEqual(['Atza|t']);
    // Upstream's clock counts, not this machine's.
    expect(batch?.cursor).toMatchObject({ run: { through: '2026-11-23T17:00:00.000Z' } });
    for (const url of asked.map((path) => new URL(path, 'http://127.0.0.1'))) {
      const [after, before] = [url.searchParams.get('createdAfter'), url.searchParams.get('createdBefore')];
      if (after !== null && before !== null) {
        expect(Date.parse(before) - Date.parse(after)).toBeLessThanOrEqual(7 * 86_400_000);
      }
    }
  });
});
