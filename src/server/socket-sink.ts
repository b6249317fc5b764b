import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Frame } from './frame.ts';
import type { FrameSink } from './shared-feed.ts';

/** Frames up to this many bytes are copied behind their head; larger ones are sent as they are, never copied. */
const mostCopied = 4_096;
/** Largest payloads of the two shorter headers. @source RFC 6455, 5.2 */
const short = 125;
const medium = 65_535;

/** Waits for one socket to drain, for all that runs on it. */
export interface SocketOutlet {
  sink(id: string, closeLagging: () => void): FrameSink;
}

/**
 * Write shared frames to one socket. `graphql-ws` keeps the protocol: who begins, who ends, under which id; only `next`
 * messages of shared feeds come from here. The message differs between listeners by their id alone, so the bytes behind
 * it are one buffer for all of them.
 *
 * Nothing is written while the system takes no more: at most what it refused last is waiting, however slow the reader.
 *
 * @param socket the websocket, without compression, or this would have to compress too
 * @param wire   what it writes to
 */
export function socketOutlet(socket: WebSocket, wire: Socket): SocketOutlet {
  let waiting: (() => void)[] = [];
  wire.on('drain', () => {
    const woken = waiting;
    waiting = [];
    for (const again of woken) again();
  });
  const isOpen = () => socket.readyState === socket.OPEN;

  return {
    sink: (id, closeLagging) => {
      const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
      return {
        ready: () => isOpen() && !wire.writableNeedDrain,
        whenReady: (again) => waiting.push(again),
        write: (frame) => {
          if (isOpen()) writeMessage(wire, head, frame);
        },
        closeLagging,
      };
    },
  };
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
