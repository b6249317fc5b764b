import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Frame } from './frame.ts';
import type { FrameSink } from './shared-feed.ts';

/** Bytes that are gathered for one write. What is larger is sent as it is, never copied. */
const mostGathered = 8_192;
/** Largest payloads of the two shorter headers. @source RFC 6455, 5.2 */
const short = 125;
const medium = 65_535;
/** The longest header. */
const mostHeader = 10;

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
    if (this.#isOpen()) gathering.add(this.#wire, head, frame);
  }

  flush(): void {
    gathering.flush();
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

  flush(): void {
    this.#outlet.flush();
  }

  closeLagging(): void {
    this.#outlet.close(this.#closeLagging);
  }
}

/**
 * Where the messages of one turn of one socket are put together, so that they are one write: the system is asked once.
 * There is one for all sockets, since every turn ends with it empty; its bytes are used again and again.
 */
class Gathering {
  #bytes = Buffer.allocUnsafeSlow(mostGathered);
  #used = 0;
  #wire: Socket | undefined;

  /** One unmasked text message: its header, the head of this listener, the tail of everybody. */
  add(wire: Socket, head: Buffer, { tail }: Frame): void {
    const length = head.length + tail.length;
    if (this.#wire !== wire || this.#used + mostHeader + length > mostGathered) this.flush();
    if (mostHeader + length > mostGathered) {
      const start = Buffer.allocUnsafe(mostHeader + head.length);
      const headerLength = writeHeader(start, 0, length);
      head.copy(start, headerLength);
      wire.cork();
      wire.write(start.subarray(0, headerLength + head.length));
      wire.write(tail);
      wire.uncork();
      return;
    }
    this.#wire = wire;
    this.#used += writeHeader(this.#bytes, this.#used, length);
    this.#used += head.copy(this.#bytes, this.#used);
    this.#used += tail.copy(this.#bytes, this.#used);
  }

  flush(): void {
    const wire = this.#wire;
    if (wire === undefined) return;
    wire.write(this.#bytes.subarray(0, this.#used));
    // What the system did not take at once is still to be read from these bytes.
    if (wire.writableLength > 0) this.#bytes = Buffer.allocUnsafeSlow(mostGathered);
    this.#used = 0;
    this.#wire = undefined;
  }
}

const gathering = new Gathering();

/** @returns how many bytes it is */
function writeHeader(bytes: Buffer, at: number, length: number): number {
  bytes[at] = 0x81;
  if (length <= short) {
    bytes[at + 1] = length;
    return 2;
  }
  if (length <= medium) {
    bytes[at + 1] = 126;
    bytes.writeUInt16BE(length, at + 2);
    return 4;
  }
  bytes[at + 1] = 127;
  bytes.writeBigUInt64BE(BigInt(length), at + 2);
  return mostHeader;
}
