import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type AcornProcess, acorn } from './support/process.ts';
import { events } from './support/transports.ts';

let folder: string;
let demo: AcornProcess;
let url: string;
let key: string;
const environment = { PORT: '0', LOG_LEVEL: 'trace' };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'acorn-demo-'));
  // A small world, so that its six months are soon imported.
  writeFileSync(join(folder, 'acorn.config.ts'), 'export default { demo: { ordersPerMonth: 1 }, pollSeconds: 1 };');
  demo = acorn(['start', '--demo'], environment, folder);
  await demo.says(/is ready after/, 110_000);
  url = await demo.says(/In a browser +(\S+)/);
  key = await demo.says(/Demo API key +(\S+)/);
}, 120_000);

afterAll(async () => {
  await demo?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ask = async (query: string, at = url) => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(at, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return (await response.json()) as {
    data: Record<string, unknown>;
    errors?: { extensions: Record<string, unknown> }[];
  };
};

interface Orders {
  readonly purchaseOrders: { readonly nodes: readonly { readonly number: string }[] };
}

test('the demo imports four vendors, shows that it does, and answers', async () => {
  expect(demo.out()).toMatch(/Larkfield Home US +100 %/);
  expect(demo.out()).toMatch(/Hibari JP +100 %/);
  const { data } = await ask(
    '{ accounts(first: 10) { nodes { name } } purchaseOrders(first: 3) { nodes { number } } }',
  );
  expect((data.accounts as { nodes: unknown[] }).nodes).toHaveLength(4);
  expect((data as unknown as Orders).purchaseOrders.nodes).toHaveLength(3);
  expect(demo.err()).toBe('');
});

test('the demo has exchange rates of its own, so that its four currencies can be shown as one, and says so', async () => {
  const { data, errors } = await ask(`{ invoiceTotals { sums { currency }
    consolidated(in: "EUR", on: "${new Date().toISOString().slice(0, 10)}") { parts { rates { source } } } } }`);
  expect(errors).toBeUndefined();
  const { sums, consolidated } = data.invoiceTotals as {
    sums: { currency: string }[];
    consolidated: { parts: { rates: { source: string }[] }[] };
  };
  expect(new Set(sums.map(({ currency }) => currency))).toEqual(new Set(['CAD', 'EUR', 'JPY', 'USD']));
  expect(new Set(consolidated.parts.flatMap(({ rates }) => rates.map(({ source }) => source)))).toEqual(
    new Set(['simulated']),
  );
});

test('the banner’s lines work as they are', async () => {
  const line = await demo.says(/Ask:\n +curl (.+)/);
  const [, address = '', body = ''] = /^(\S+) .* -d '(.*)'$/.exec(line) ?? [];
  expect(line).toContain(`authorization: Bearer ${key}`);
  const answer = await ask((JSON.parse(body) as { query: string }).query, address);
  expect(answer.errors).toBeUndefined();
  expect((answer.data as unknown as Orders).purchaseOrders.nodes).toHaveLength(3);
});

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

test.skipIf(browser === undefined)(
  'GraphiQL opens in a browser without the internet, with examples that run',
  async () => {
    const { chromium } = await import('playwright-core');
    const quiet = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
    const opened = await chromium.launch({ executablePath: browser ?? '', args: [...quiet, '--disable-sync'] });
    try {
      const page = await opened.newPage();
      const elsewhere: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(new URL(url).origin) && request.url().startsWith('http'))
          elsewhere.push(request.url());
      });
      await page.goto(url);
      await page.click('.graphiql-execute-button');
      const answer = page.locator('.result-window');
      await answer.getByText('purchaseOrders').first().waitFor({ timeout: 20_000 });
      expect(await answer.innerText()).not.toContain('errors');
      expect(elsewhere).toEqual([]);
    } finally {
      await opened.close();
    }
  },
  60_000,
);

test('the feed moves: a change that was not there arrives by event stream and by websocket', async () => {
  const head = String((await ask('{ changeHead }')).data.changeHead);
  const query = `subscription { changes(after: "${head}") { cursor changes { id kind } } }`;
  type Batch = { data: { changes: { changes: { id: string }[] } } };
  const idsOf = (batch: Batch) => batch.data.changes.changes.map(({ id }) => id);

  const byStream = (async () => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'text/event-stream' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    for await (const event of events(response)) {
      const [first] = event.name === 'next' ? idsOf(JSON.parse(event.data) as Batch) : [];
      if (first !== undefined) return first;
    }
    return undefined;
  })();
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
  });
  const bySocket = (async () => {
    for await (const batch of client.iterate({ query })) {
      const [first] = idsOf(batch as unknown as Batch);
      if (first !== undefined) return first;
    }
    return undefined;
  })();
  // The vendors' nights are quiet in a small world: a document from a file is a change as well.
  const [number] = ((await ask('{ purchaseOrders(first: 1) { nodes { number } } }')).data as unknown as Orders)
    .purchaseOrders.nodes;
  expect(number).toBeDefined();
  const file = join(folder, 'order.json');
  writeFileSync(
    file,
    JSON.stringify({
      payload: {
        orders: [
          {
            purchaseOrderNumber: 'ZZZZ0001',
            purchaseOrderState: 'New',
            orderDetails: {
              purchaseOrderDate: '2026-11-02T10:00:00Z',
              purchaseOrderStateChangedDate: '2026-11-02T10:00:00Z',
              purchaseOrderType: 'RegularOrder',
              buyingParty: { partyId: 'PHX6' },
              sellingParty: { partyId: 'LARK1' },
              shipToParty: { partyId: 'PHX6' },
              billToParty: { partyId: 'AMZN' },
              items: [
                {
                  itemSequenceNumber: '1',
                  amazonProductIdentifier: 'B000000001',
                  orderedQuantity: { amount: 12, unitOfMeasure: 'Eaches', unitSize: 1 },
                  isBackOrderAllowed: false,
                  netCost: { currencyCode: 'USD', amount: '12.34' },
                },
              ],
            },
          },
        ],
      },
    }),
  );
  // Beside the running one, through its database.
  const imported = acorn(['import', file, '--account', 'Larkfield Home US'], environment, folder);
  expect(await imported.exit).toBe(0);
  expect(imported.out()).toContain('1 landed, 0 repeated, 0 parked, 0 not read');

  const [streamed, socketed] = await Promise.all([byStream, bySocket]);
  expect(streamed).toBeDefined();
  expect(socketed).toBe(streamed);
  await client.dispose();
});

test('a second Acorn on the same data folder says in one sentence who has it', async () => {
  const second = acorn(['start'], environment, folder);
  expect(await second.exit).toBe(1);
  expect(second.err()).toContain(`Another Acorn (process ${demo.child.pid}) is using the data folder`);
  expect(second.err().trim().split('\n')).toHaveLength(1);
});

test('R11 · the database is killed: it comes back by itself, and so do the answers', async () => {
  const pid = Number(readFileSync(join(folder, 'data', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  const started = Date.now();
  let answered = false;
  while (!answered && Date.now() - started < 20_000) {
    const { data, errors } = await ask('{ accounts(first: 10) { nodes { name } } }').catch((cause) => {
      throw new Error(`it no longer answers: ${demo.err()}`, { cause });
    });
    answered = data != null;
    if (!answered) expect(errors?.[0]?.extensions).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(answered).toBe(true);
  expect(demo.child.exitCode).toBeNull();
});

test('the second start keeps the data and the key, and imports nothing twice', async () => {
  const before = (await ask('{ purchaseOrders(first: 250) { nodes { number } } }')).data as unknown as Orders;
  const started = Date.now();
  expect(await demo.stop()).toBe(0);
  expect(Date.now() - started).toBeLessThan(10_000);
  expect(demo.err()).toBe('');
  const first = demo.out();

  demo = acorn(['start', '--demo'], environment, folder);
  url = await demo.says(/In a browser +(\S+)/);
  expect(await demo.says(/Demo API key +(\S+)/)).toBe(key);
  expect(demo.out()).not.toContain('Importing');
  const after = (await ask('{ purchaseOrders(first: 250) { nodes { number } } }')).data as unknown as Orders;
  const numbers = new Set(after.purchaseOrders.nodes.map(({ number }) => number));
  for (const { number } of before.purchaseOrders.nodes) expect(numbers).toContain(number);

  // S6: everything at the most talkative level, and none of it secret but the key the banner is there to show.
  const password = readFileSync(join(folder, 'data', 'cluster', 'acorn.password'), 'utf8').trim();
  const secrets = ['amzn1.oa2-cs', 'Atzr|', 'Atza|', password];
  for (const secret of secrets) expect(first).not.toContain(secret);
  expect(first.split(key)).toHaveLength(4);
});
