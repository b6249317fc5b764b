import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { startGateway, type TestGateway } from './support/gateway.ts';

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

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

async function until(what: () => boolean, millis: number): Promise<void> {
  const end = Date.now() + millis;
  while (!what() && Date.now() < end) await pause(20);
  expect(what()).toBe(true);
}

test('P3 · a client that pings and never reads is cut before it costs much', async () => {
  const { port } = new URL(gateway.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    'GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
  );
  await until(() => gateway.sockets() === 1, 2_000);
  const before = process.memoryUsage().rss;
  // Never read: `socket` has no data listener. A ping of 125 bytes, masked with zeros.
  const ping = Buffer.concat([Buffer.from([0x89, 0x80 | 125, 0, 0, 0, 0]), Buffer.alloc(125)]);
  const flood = Buffer.concat(Array.from({ length: 4_000 }, () => ping));
  for (let time = 0; time < 60 && gateway.sockets() > 0; time += 1) {
    socket.write(flood);
    await pause(5);
  }
  await until(() => gateway.sockets() === 0, 3_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  socket.destroy();
});

test('S8 · a message over 64 KiB closes the socket, and so does silence after opening', async () => {
  const large = new WebSocket(gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
  large.on('open', () => large.send(JSON.stringify({ type: 'connection_init', payload: { x: 'x'.repeat(70_000) } })));
  expect(await new Promise((resolve) => large.on('close', resolve))).toBe(1009);

  const silent = new WebSocket(gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
  expect(await new Promise((resolve) => silent.on('close', resolve))).toBe(4408);
});

test('a socket for another path is refused, and one that asks before it is known is closed', async () => {
  const elsewhere = new WebSocket(
    gateway.url.replace('http', 'ws').replace('/graphql', '/other'),
    'graphql-transport-ws',
  );
  expect(await new Promise((resolve) => elsewhere.on('error', (error) => resolve(error.message)))).toContain('404');

  const hasty = new WebSocket(gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
  hasty.on('open', () =>
    hasty.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ accounts }' } })),
  );
  expect(await new Promise((resolve) => hasty.on('close', resolve))).toBe(4401);
});
