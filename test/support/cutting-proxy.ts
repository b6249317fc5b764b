import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut off. */
export interface CuttingProxy {
  readonly port: number;
  /** Connections open now. */
  readonly open: number;
  /** Reset up to so many connections at both ends, in the middle of whatever they carry. @returns how many it hit */
  cut(most?: number): number;
  /** Say nothing any more, in either direction, and close nothing: a network that swallows everything. */
  swallow(): void;
  /** Let through again what comes from now on. What was swallowed is lost, so these connections are of no use. */
  spare(): void;
  close(): Promise<void>;
}

/**
 * Stand before `127.0.0.1:port` on a port of its own.
 *
 * @param pick which open connection is cut next, as an index below `open`
 */
export async function cuttingProxy(port: number, pick: (open: number) => number = () => 0): Promise<CuttingProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let swallowing = false;

  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        if (!swallowing && !to.write(bytes)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
      from.on('error', () => {});
      from.on('end', () => !swallowing && to.end());
      from.on('close', () => {
        pairs.delete(pair);
        if (!swallowing) to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');

  const reset = (pair: readonly [Socket, Socket]): void => {
    pairs.delete(pair);
    for (const socket of pair) socket.resetAndDestroy();
  };
  return {
    port: address.port,
    get open() {
      return pairs.size;
    },
    cut: (most = Number.POSITIVE_INFINITY) => {
      let hit = 0;
      for (; hit < most && pairs.size > 0; hit += 1) {
        const pair = [...pairs][pick(pairs.size) % pairs.size];
        if (pair !== undefined) reset(pair);
      }
      return hit;
    },
    swallow: () => {
      swallowing = true;
    },
    spare: () => {
      swallowing = false;
    },
    close: async () => {
      for (const pair of [...pairs]) reset(pair);
      server.close();
      await once(server, 'close');
    },
  };
}
