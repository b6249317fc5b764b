import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ShownChange } from '../../../src/webhooks/message.ts';

/** What came by post. */
export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly type: string;
  readonly cursor: string;
  readonly changes: readonly (ShownChange & Readonly<Record<string, unknown>>)[];
}

export type Answer = (received: Received, response: ServerResponse) => void;

export interface Receiver {
  readonly url: string;
  /** All that came, whatever was answered. */
  readonly received: Received[];
  /** Ids of the changes that were taken, in order. */
  readonly taken: string[];
  /** How it answers from now on; to begin with, 204. */
  answer: Answer;
  /** Wait until `enough` holds; it is asked after everything that comes. */
  until(enough: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export const takes: Answer = (_received, response) => {
  response.writeHead(204).end();
};
export const says =
  (status: number, headers: Readonly<Record<string, string>> = {}, body = ''): Answer =>
  (_received, response) => {
    response.writeHead(status, headers).end(body);
  };

/** Somebody's server, over real HTTP. */
export async function aReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const taken: string[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    void read(request).then((message) => {
      received.push(message);
      response.once('finish', () => {
        if (response.statusCode < 300) taken.push(...message.changes.map(({ id }) => id));
        for (const wake of waiting) wake();
      });
      receiver.answer(message, response);
      for (const wake of waiting) wake();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    taken,
    answer: takes,
    until: (enough) =>
      new Promise((resolve) => {
        const look = () => {
          if (!enough()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

async function read(request: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts).toString();
  const headers = request.headers as Record<string, string>;
  const { type = '', data = {} } = body.startsWith('{') ? JSON.parse(body) : {};
  return {
    id: headers['webhook-id'] ?? '',
    headers,
    body,
    type,
    cursor: data.cursor ?? '',
    changes: data.changes ?? [],
  };
}
