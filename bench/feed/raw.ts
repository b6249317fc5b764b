import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { serveMeasured } from './child.ts';
import { changeNumber, cursorNumber, path } from './question.ts';

// The least there is: a websocket server that sends a ready text to everybody. It knows no operation, no rights and no
// database. It answers the greeting of the protocol, so that the same client can listen to it.

await serveMeasured(async () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server, path, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type === 'subscribe') socket.send(message(0));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    publish: (n) => {
      const text = message(n);
      for (const socket of sockets.clients) socket.send(text);
    },
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    },
  };
});

const id = '00000000-0000-4000-8000-000000000000';
function message(n: number): string {
  const changes = n === 0 ? [] : [changeNumber(n)];
  const payload = { data: { changes: { changes, cursor: cursorNumber(n), caughtUp: true } } };
  return JSON.stringify({ id, type: 'next', payload });
}
