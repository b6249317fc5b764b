import { randomBytes, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { path, query } from './question.ts';

export interface ListenerOptions {
  readonly port: number;
  readonly apiKey: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The number of the last change before it came: what is new counts from there. */
  readonly begin: number;
  /** A frame with changes came: how many, and the number of the last. */
  readonly onChanges: (changes: number, last: number) => void;
  readonly onClose: (listener: Listener) => void;
}

const marker = Buffer.from('"sequence":"');
const ping = 9;
const pong = 10;
const close = 8;

/**
 * One subscriber, made as light as one can be, so that the machine's time goes to the servers: it reads frames off the
 * wire and looks in them for the last change's number, and for nothing else.
 */
export class Listener {
  /** Resolves with the first `next` message. */
  readonly listening: Promise<void>;
  readonly #socket: Socket;
  readonly #options: ListenerOptions;
  #left: Buffer = Buffer.alloc(0);
  #upgraded = false;
  #last: number;
  #heard: () => void = () => {};

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#last = options.begin;
    this.#socket = connect(options.port, '127.0.0.1');
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.listening = new Promise((resolve, reject) => {
      this.#heard = resolve;
      this.#socket.on('error', reject);
      this.#socket.on('close', () => {
        reject(new Error('a listener was closed before it heard anything'));
        options.onClose(this);
      });
    });
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n` +
        'Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    );
  }

  end(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    let bytes = this.#left.length === 0 ? chunk : Buffer.concat([this.#left, chunk]);
    if (!this.#upgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#left = bytes;
        return;
      }
      this.#upgraded = true;
      bytes = bytes.subarray(end + 4);
      const { apiKey } = this.#options;
      this.#send(
        1,
        JSON.stringify({ type: 'connection_init', payload: apiKey === undefined ? {} : { 'x-api-key': apiKey } }),
      );
    }
    let at = 0;
    while (bytes.length - at >= 2) {
      const opcode = (bytes[at] ?? 0) & 0x0f;
      let length = (bytes[at + 1] ?? 0) & 0x7f;
      let header = 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(at + 2);
        header = 4;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = Number(bytes.readBigUInt64BE(at + 2));
        header = 10;
      }
      if (bytes.length - at < header + length) break;
      this.#frame(opcode, bytes.subarray(at + header, at + header + length));
      at += header + length;
    }
    this.#left = at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at);
  }

  #frame(opcode: number, payload: Buffer): void {
    if (opcode === ping) this.#send(pong, '');
    if (opcode === close) this.end();
    if (opcode !== 1) return;
    const found = payload.lastIndexOf(marker);
    if (found < 0) {
      const text = payload.toString();
      if (text.includes('connection_ack')) this.#subscribe();
      else if (text.includes('"next"')) this.#heard();
      else if (text.includes('"ping"')) this.#send(1, '{"type":"pong"}');
      else if (text.includes('"error"')) this.#socket.destroy(new Error(text));
      return;
    }
    let last = 0;
    for (let index = found + marker.length; payload[index] !== 0x22; index += 1)
      last = last * 10 + (payload[index] ?? 0) - 48;
    const changes = last - this.#last;
    this.#last = last;
    this.#options.onChanges(changes, last);
  }

  #subscribe(): void {
    const { variables } = this.#options;
    this.#send(1, JSON.stringify({ id: randomUUID(), type: 'subscribe', payload: { query, variables } }));
  }

  /** One frame, masked with zeros as a client's must be masked. @source RFC 6455, 5.3 */
  #send(opcode: number, text: string): void {
    const payload = Buffer.from(text);
    const long = payload.length > 125;
    const header = Buffer.alloc(long ? 8 : 6);
    header[0] = 0x80 | opcode;
    header[1] = 0x80 | (long ? 126 : payload.length);
    if (long) header.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([header, payload]));
  }
}
