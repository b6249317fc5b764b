import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { startGateway, type TestGateway } from './support/gateway.ts';
import { events } from './support/transports.ts';

const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
let dataDir: string;
let server: EmbeddedPostgres;
let gateway: TestGateway;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'acorn-away-'));
  server = await startEmbeddedPostgres({ dataDir, durability: 'none' });
  await migrate(server.url('postgres'), [migrations]);
  gateway = await startGateway(server.url('postgres'));
});
afterAll(async () => {
  await gateway?.stop();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const ready = async () => (await fetch(new URL('/ready', gateway.url))).status;
const ask = () => gateway.post({ query: '{ accounts }' });

test('R11 · the database goes: a coded error that says to try again; it comes back: answers, without a restart', async () => {
  expect(await (await ask()).json()).toEqual({ data: { accounts: ['Northwind CA', 'Northwind US'] } });
  const stream = await gateway.post(
    { query: 'subscription { numbers }' },
    { authorization: `Bearer ${gateway.key}`, accept: 'text/event-stream' },
  );
  const { port } = server;
  await server.stop();

  // The key is remembered for a moment, then it cannot be looked up either: the caller sees the same trouble.
  for (let time = 0; time < 2; time += 1) {
    const response = await ask();
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toContain('json');
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE', retryable: true } }],
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect(await ready()).toBe(503);
  const told: string[] = [];
  for await (const event of events(stream)) told.push(event.name === 'next' ? event.data : event.name);
  expect(told.at(-1)).toBe('complete');
  expect(told.at(-2)).toContain('DATABASE_UNAVAILABLE');
  expect(told.join('')).not.toContain('ECONN');

  server = await startEmbeddedPostgres({ dataDir, durability: 'none', port });
  const back = Date.now();
  while ((await ask()).status !== 200 && Date.now() - back < 10_000)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await (await ask()).json()).toEqual({ data: { accounts: ['Northwind CA', 'Northwind US'] } });
  expect(await ready()).toBe(200);
  expect(gateway.logged.join('')).not.toContain('this is a bug');
});
