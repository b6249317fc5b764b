import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import type { ChangeBatch, FeedCursor } from '../../src/change-log/change-log.ts';
import { Frame } from '../../src/server/frame.ts';
import type { FrameSink } from '../../src/server/shared-feed.ts';
import { SocketOutlet } from '../../src/server/socket-sink.ts';
import { until, upTo } from './support/feed.ts';

const batch: ChangeBatch = { changes: [], cursor: '' as FeedCursor, position: 0n, first: 0n, caughtUp: true };
const frame = (length: number) => new Frame(batch, 0n, { data: { text: 'ä'.repeat(length) } });

test('P3 · whatever the size, messages arrive whole and in order, and a reader that stops holds one of them and some kilobytes', async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  let wire: Socket | undefined;
  const connected = new Promise<WebSocket>((resolve) =>
    sockets.on('connection', (socket, request) => {
      wire = request.socket;
      resolve(socket);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const got: string[] = [];
  client.on('message', (text) => got.push(String(text)));
  const socket = await connected;
  if (wire === undefined) throw new Error('a socket has a wire');
  const sink = new SocketOutlet(socket, wire).sink('the "one"', (closing) => closing.close(4429, 'LAGGING'));

  // The three lengths a header can have, and both ways of writing.
  const sizes = [1, 40, 1_000, 3_000, 40_000];
  for (const size of sizes) sink.write(frame(size));
  sink.flush();
  await until(() => got.length === sizes.length, 'all of them');
  expect(got.map((text) => JSON.parse(text))).toEqual(
    sizes.map((size) => ({ id: 'the "one"', type: 'next', payload: { data: { text: 'ä'.repeat(size) } } })),
  );

  client.pause();
  const large = frame(50_000);
  let written = 0;
  while (sink.ready()) {
    sink.write(large);
    sink.flush();
    written += 1;
    expect(wire.writableLength).toBeLessThan(wire.writableHighWaterMark + 110_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  let again = 0;
  sink.whenReady(() => {
    again += 1;
  });
  expect([written > 1, again]).toEqual([true, 0]);
  client.resume();
  await until(() => got.length === sizes.length + written, 'the rest');
  await until(() => again === 1, 'room again');
  expect(got.slice(sizes.length).every((text) => text === got[sizes.length])).toBe(true);

  const closed = new Promise<number>((resolve) => client.on('close', resolve));
  sink.closeLagging();
  expect(sink.ready()).toBe(false);
  sink.write(frame(1));
  sink.flush();
  expect(await closed).toBe(4429);
  expect(got).toHaveLength(sizes.length + written);
  sockets.close();
  server.close();
});

test('what is there together is one write, and what one reader has not taken stays as it was while others are written to', async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const connections: { readonly sink: FrameSink; readonly wire: Socket }[] = [];
  sockets.on('connection', (socket, { socket: wire }) => {
    const id = String(connections.length);
    connections.push({ sink: new SocketOutlet(socket, wire).sink(id, (closing) => closing.close()), wire });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const got: string[][] = [[], []];
  const clients: WebSocket[] = [];
  for (const texts of got) {
    const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    client.on('message', (text) => texts.push(String(text)));
    clients.push(client);
    await until(() => connections.length === clients.length, 'a connection');
  }
  const [stalled, quick] = connections;
  if (stalled === undefined || quick === undefined) throw new Error('two connections');

  const writes = vi.spyOn(quick.wire, 'write');
  for (const n of upTo(5)) quick.sink.write(frame(n));
  quick.sink.flush();
  expect(writes).toHaveBeenCalledTimes(1);

  clients[0]?.pause();
  let written = 0;
  while (stalled.sink.ready()) {
    written += 1;
    const next = new Frame(batch, 0n, { data: { text: String(written).padEnd(2_000, '.') } });
    for (const { sink } of connections) {
      sink.write(next);
      sink.flush();
    }
    if (written % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  clients[0]?.resume();
  await until(() => got[0]?.length === written && got[1]?.length === written + 5, 'everything');
  const expected = upTo(written).map((n) => String(n).padEnd(2_000, '.'));
  const textsOf = (messages: readonly string[] = []) =>
    messages.map((message) => JSON.parse(message).payload.data.text);
  expect(textsOf(got[0])).toEqual(expected);
  expect(textsOf(got[1]).slice(5)).toEqual(expected);
  for (const client of clients) client.terminate();
  sockets.close();
  server.close();
});

test('a frame is put behind another by what is between them', () => {
  const frames = upTo(3).map((n) => frame(n));
  const [first, second, third] = frames;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three frames');
  second.after(first);
  third.after(second);
  expect([first.next, second.next, third.next]).toEqual([second, third, undefined]);
  expect(third.bytesSoFar - first.bytesSoFar).toBe(second.json.length + third.json.length);
});
