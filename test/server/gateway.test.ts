import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { startGateway, type TestGateway } from './support/gateway.ts';
import { events, notLetIn, type Transport, transports } from './support/transports.ts';

let gateway: TestGateway;
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  gateway = await startGateway(database.url);
});
afterAll(async () => {
  await gateway?.stop();
  await database?.drop();
});

const names = Object.keys(transports) as (keyof typeof transports)[];

describe.each(names)('S7 · by %s', (name) => {
  const ask: Transport = transports[name];
  const refused = (answer: Awaited<ReturnType<Transport>>) => answer.closed ?? answer.errors?.[0]?.extensions?.code;

  test('a key sees the accounts of its organisation and no others', async () => {
    expect((await ask(gateway, '{ accounts }')).data).toEqual({ accounts: ['Northwind CA', 'Northwind US'] });
    const other = await ask(gateway, '{ accounts }', { 'x-api-key': gateway.otherKey });
    expect(other.data).toEqual({ accounts: ['Secret Brand'] });
  });

  test('a tenant sees the schema of its own sites', async () => {
    const greeting = await ask(gateway, '{ jpGreeting }', { 'x-api-key': gateway.otherKey });
    expect(greeting).toEqual({ data: { jpGreeting: 'konnichiwa' } });
    const unseen = await ask(gateway, '{ jpGreeting }');
    expect(unseen.errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(unseen.errors?.[0]?.message).toBe('Cannot query field "jpGreeting" on type "Query".');
    // One after the other in one process: what was validated for one is not taken for the other.
    expect(await ask(gateway, '{ jpGreeting }', { 'x-api-key': gateway.otherKey })).toEqual(greeting);
  });

  test('nobody is let in without a key, with a made-up one, with two, or with one that is over', async () => {
    const madeUp = `${gateway.key.slice(0, -1)}${gateway.key.endsWith('0') ? '1' : '0'}`;
    const old = await gateway.makeKey(new Date(Date.now() - 1_000));
    for (const credentials of [
      {},
      { authorization: `Bearer ${madeUp}` },
      { authorization: `Basic ${gateway.key}` },
      { authorization: `Bearer ${gateway.key}`, 'x-api-key': gateway.key },
      { 'x-api-key': old },
      { 'x-api-key': '' },
    ]) {
      expect(refused(await ask(gateway, '{ accounts }', credentials as Record<string, string>))).toBe(notLetIn[name]);
    }
  });

  test('S9 · a bug is masked: a code and a request id, and the log has the rest', async () => {
    const answer = await ask(gateway, '{ planted }');
    expect(answer.errors).toHaveLength(1);
    const [error] = answer.errors ?? [];
    expect(error?.message).toBe('Something went wrong on our side. Tell us the request id.');
    expect(error?.path).toEqual(['planted']);
    expect(Object.keys(error?.extensions ?? {}).sort()).toEqual(['code', 'requestId']);
    expect(error?.extensions?.code).toBe('INTERNAL');
    expect(JSON.stringify(answer)).not.toContain('secret');
    const logged = gateway.logged.filter((line) => line.includes(String(error?.extensions?.requestId)));
    expect(logged.join('')).toContain('select secret from');
  });

  test('a refusal made for clients keeps its code', async () => {
    expect(await ask(gateway, '{ refused }')).toMatchObject({
      data: { refused: null },
      errors: [{ message: 'not yours', extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test('what cannot be parsed or is not in the schema gets a code, a request id and no suggestion', async () => {
    const unparsed = await ask(gateway, '{ accounts ');
    expect(unparsed.errors?.[0]?.extensions?.code).toBe('GRAPHQL_PARSE_FAILED');
    const again = await ask(gateway, '{ accounts ');
    expect(again.errors?.[0]?.extensions?.requestId).not.toBe(unparsed.errors?.[0]?.extensions?.requestId);
    for (let time = 0; time < 2; time += 1) {
      const invalid = await ask(gateway, '{ acounts }');
      expect(invalid.errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(invalid.errors?.[0]?.extensions?.requestId).toMatch(/^[\w-]{36}$/);
      expect(invalid.errors?.[0]?.message).toBe('Cannot query field "acounts" on type "Query".');
    }
  });

  test('S8 · nesting is refused before it is parsed, and so are too many tokens', async () => {
    const deep = await ask(gateway, `{ accounts(x: ${'['.repeat(2_000)}${']'.repeat(2_000)}) }`);
    expect(deep.errors?.[0]?.extensions?.code).toBe('TOO_DEEP');
    const long = await ask(gateway, `{ ${'accounts '.repeat(2_100)} }`);
    expect(long.errors?.[0]?.extensions?.code).toBe('GRAPHQL_PARSE_FAILED');
    expect(long.errors?.[0]?.message).toContain('2000 tokens');
  });
});

describe.each(['sse', 'websocket'] as const)('a subscription by %s', (name) => {
  test('a bug in a subscription is masked before its first event and after', async () => {
    for (const query of ['subscription { planted }', 'subscription { breaks }']) {
      const answer = await transports[name](gateway, query);
      expect(answer.errors?.[0]?.extensions?.code).toBe('INTERNAL');
      expect(JSON.stringify(answer)).not.toContain('secret');
    }
  });

  test('executes each event in a transaction of its own tenant', async () => {
    expect((await transports[name](gateway, 'subscription { numbers }')).data).toEqual({ numbers: '1 of 2' });
    const other = { 'x-api-key': gateway.otherKey };
    expect((await transports[name](gateway, 'subscription { numbers }', other)).data).toEqual({ numbers: '1 of 1' });
  });

  test('S4 · ends within seconds when its key is revoked', async () => {
    const key = await gateway.makeKey();
    const started = Date.now();
    const query = 'subscription { numbers(everyMillis: 100000) }';
    const answer = transports[name](gateway, query, { 'x-api-key': key });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await gateway.revoke(key);
    const { closed, errors } = await answer;
    // A socket is closed, and its feed is told why; either may be heard first.
    expect([notLetIn[name], 'UNAUTHENTICATED']).toContain(closed ?? errors?.[0]?.extensions?.code);
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  test('S5 · ends when its key expires', async () => {
    const key = await gateway.makeKey(new Date(Date.now() + 800));
    const query = 'subscription { numbers(everyMillis: 100000) }';
    const { closed, errors } = await transports[name](gateway, query, { 'x-api-key': key });
    // A socket is closed, and its feed is told why; either may be heard first.
    expect([notLetIn[name], 'UNAUTHENTICATED']).toContain(closed ?? errors?.[0]?.extensions?.code);
  });
});

test('a statement that takes too long ends by a code that says to try again', async () => {
  const answer = await transports.websocket(gateway, '{ slow(seconds: 10) }');
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'TOO_SLOW', retryable: true });
}, 10_000);

test('a mutation that fails in part leaves nothing behind', async () => {
  const failed = await (await gateway.post({ query: 'mutation { addProduct(asin: "B000000001") fail }' })).json();
  expect(failed).toMatchObject({ data: null, errors: [{ path: ['fail'], extensions: { code: 'INTERNAL' } }] });
  const worked = await (await gateway.post({ query: 'mutation { addProduct(asin: "B000000001") }' })).json();
  // The same key again would be a conflict had the first stayed.
  expect(worked).toEqual({ data: { addProduct: 'B000000001' } });
});

describe('HTTP alone', () => {
  test('forms, multipart, text and mutations by GET are refused: a page cannot act for its reader', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/graphql',
    ]) {
      const headers = { authorization: `Bearer ${gateway.key}`, 'content-type': type };
      expect((await gateway.post('query={accounts}', headers)).status).toBe(415);
    }
    const query = encodeURIComponent('mutation { addProduct(asin: "B000000002") }');
    const byGet = await fetch(`${gateway.url}?query=${query}`, { headers: { 'x-api-key': gateway.key } });
    expect(byGet.status).toBe(405);
  });

  test('an origin is answered only when it is allowed, and never reflected', async () => {
    const options = (origin: string) =>
      fetch(gateway.url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    expect((await options('https://evil.example.com')).headers.get('access-control-allow-origin')).not.toBe(
      'https://evil.example.com',
    );
    const allowed = await options('https://app.example.com');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    expect(allowed.headers.get('access-control-allow-credentials')).not.toBe('true');
  });

  test('a body that is too large is refused, with its length given or not', async () => {
    const large = JSON.stringify({ query: `{ accounts } #${'x'.repeat(70_000)}` });
    expect((await gateway.post(large)).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(large));
        controller.close();
      },
    });
    const chunked = await fetch(gateway.url, {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/json', 'x-api-key': gateway.key },
    } as RequestInit);
    expect(chunked.status).toBe(413);
  });

  test('no key is 401, with the code and the request id the caller chose', async () => {
    const response = await gateway.post({ query: '{ accounts }' }, { 'x-request-id': 'chosen-by-me-1' });
    expect(response.status).toBe(401);
    expect(response.headers.get('x-request-id')).toBe('chosen-by-me-1');
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED', requestId: 'chosen-by-me-1' } }],
    });
  });

  test('health, readiness and the schema need no key; anything else is not there', async () => {
    const get = (path: string) => fetch(new URL(path, gateway.url));
    expect(await (await get('/health')).json()).toEqual({ status: 'ok' });
    expect(await (await get('/ready')).json()).toEqual({
      ready: true,
      checks: { database: 'ok', migrations: 'ok', changeLog: 'ok' },
    });
    expect(await (await get('/schema.graphql')).text()).toContain('type Query');
    expect((await get('/etc/passwd')).status).toBe(404);
    const page = await fetch(gateway.url, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('text/html');
  });
});

test('no key was ever logged', () => {
  expect(gateway.logged.length).toBeGreaterThan(20);
  expect(gateway.logged.join('')).not.toContain(gateway.key);
  expect(gateway.logged.join('')).not.toContain(gateway.otherKey);
});

test('R14 · a drain completes every feed, cuts no answer, and closes sockets with 1012', async () => {
  const own = await testDatabase();
  const leaving = await startGateway(own.url);
  const running = leaving.post({ query: '{ slow(seconds: 1) }' }).then((response) => response.json());
  const stream = await leaving.post(
    { query: 'subscription { numbers(everyMillis: 100000) }' },
    {
      authorization: `Bearer ${leaving.key}`,
      accept: 'text/event-stream',
    },
  );
  const heard: string[] = [];
  const streamed = (async () => {
    for await (const event of events(stream)) heard.push(event.name);
  })();
  const client = leaving.client();
  const closed = new Promise<number>((resolve) =>
    client.on('closed', (event) => resolve((event as { code: number }).code)),
  );
  const completed = new Promise<string>((resolve) => {
    client.subscribe(
      { query: 'subscription { numbers(everyMillis: 100000) }' },
      { next: () => {}, error: () => resolve('error'), complete: () => resolve('complete') },
    );
  });
  await new Promise((resolve) => setTimeout(resolve, 400));

  const started = Date.now();
  const stopping = leaving.stop();
  expect(await running).toEqual({ data: { slow: 'done' } });
  await streamed;
  expect(heard).toEqual(['complete']);
  expect(await completed).toBe('complete');
  expect(await closed).toBe(1012);
  await stopping;
  expect(Date.now() - started).toBeLessThan(5_000);
  await expect(leaving.post({ query: '{ accounts }' })).rejects.toThrow();
  await own.drop();
});
