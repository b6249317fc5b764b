import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Frame } from './frame.ts';
import type { FrameSink } from './shared-feed.ts';

/** Frames up to this many bytes are copied behind their head; larger ones are sent as they are, never copied. */
const mostCopied = 4_096;
/** Largest payloads of the two shorter headers. @source RFC 6455, 5.2 */
const short = 125;
const medium = 65_535;

/**
 * Write shared frames to one socket. `graphql-ws` keeps the protocol: who begins, who ends, under which id; only `next`
 * messages of shared feeds come from here. The message differs between listeners by their id alone, so the bytes behind
 * it are one buffer for all of them.
 *
 * Nothing is written while the system takes no more: at most what it refused last is waiting, however slow the reader.
 */
export class SocketOutlet {
  readonly #socket: WebSocket;
  readonly #wire: Socket;
  #waiting: (() => void)[] = [];

  /**
   * @param socket the websocket, without compression, or this would have to compress too
   * @param wire   what it writes to
   */
  constructor(socket: WebSocket, wire: Socket) {
    this.#socket = socket;
    this.#wire = wire;
    wire.on('drain', () => this.#drained());
  }

  /** The way out for one operation. */
  sink(id: string, closeLagging: (socket: WebSocket) => void): FrameSink {
    return new SocketSink(this, id, closeLagging);
  }

  ready(): boolean {
    return this.#isOpen() && !this.#wire.writableNeedDrain;
  }

  whenReady(again: () => void): void {
    this.#waiting.push(again);
  }

  write(head: Buffer, frame: Frame): void {
    if (this.#isOpen()) writeMessage(this.#wire, head, frame);
  }

  close(how: (socket: WebSocket) => void): void {
    how(this.#socket);
  }

  #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  #drained(): void {
    const woken = this.#waiting;
    this.#waiting = [];
    for (const again of woken) again();
  }
}

class SocketSink implements FrameSink {
  readonly #outlet: SocketOutlet;
  readonly #head: Buffer;
  readonly #closeLagging: (socket: WebSocket) => void;

  constructor(outlet: SocketOutlet, id: string, closeLagging: (socket: WebSocket) => void) {
    this.#outlet = outlet;
    this.#head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
    this.#closeLagging = closeLagging;
  }

  ready(): boolean {
    return this.#outlet.ready();
  }

  whenReady(again: () => void): void {
    this.#outlet.whenReady(again);
  }

  write(frame: Frame): void {
    this.#outlet.write(this.#head, frame);
  }

  closeLagging(): void {
    this.#outlet.close(this.#closeLagging);
  }
}

/** One unmasked text message: its header, the head of this listener, the tail of everybody. */
function writeMessage(wire: Socket, head: Buffer, { tail }: Frame): void {
  const length = head.length + tail.length;
  const headerLength = length <= short ? 2 : length <= medium ? 4 : 10;
  const copied = length <= mostCopied;
  const bytes = Buffer.allocUnsafe(headerLength + (copied ? length : head.length));
  bytes[0] = 0x81;
  if (length <= short) {
    bytes[1] = length;
  } else if (length <= medium) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  head.copy(bytes, headerLength);
  if (copied) {
    tail.copy(bytes, headerLength + head.length);
    wire.write(bytes);
    return;
  }
  wire.cork();
  wire.write(bytes);
  wire.write(tail);
  wire.uncork();
}
