import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { decodeId } from '../../schema/ids.ts';
import { type FeedProof, feedProof, type SeenChange } from './feed-proof.ts';

interface Batch {
  readonly changes: {
    readonly cursor: string;
    readonly changes: readonly {
      readonly id: string;
      readonly sequence: string;
      readonly cursor: string;
    }[];
  };
}

/** Follows the feed by websocket, keeps the cursor of what it took in, and whenever it is cut off comes back with that. */
export interface Consumer {
  readonly proof: FeedProof;
  readonly figures: {
    connections: number;
    batches: number;
    ends: number;
  };
  /** Codes with which the server said "not now", as it may when it is overwhelmed or going down. */
  readonly putOff: string[];
  /** Whatever else it said other than changes. */
  readonly refusals: string[];
  stop(): Promise<void>;
}

export interface ConsumerOptions {
  readonly key: string;
  /** Which port to come to this time: any gateway will do. */
  readonly port: () => number;
  readonly maxBatch: number;
  /** A number from 0 up to below 1. */
  readonly random: () => number;
}

const query = `subscription ($after: Cursor, $maxBatch: Int!) {
  changes(after: $after, maxBatch: $maxBatch) { cursor changes { id sequence cursor } }
}`;

export function startConsumer({ key, port, maxBatch, random }: ConsumerOptions): Consumer {
  const proof = feedProof();
  const figures = { connections: 0, batches: 0, ends: 0 };
  const putOff: string[] = [];
  const refusals: string[] = [];
  let cursor: string | null = null;
  let stopped = false;
  let hangUp: () => Promise<void> | void = () => {};

  /** What a consumer does in one go: the changes and their cursor together, or neither. */
  const keep = (changes: Batch['changes']['changes'], reached: string): void => {
    proof.take(changes.map(({ id, sequence }): SeenChange => ({ id, sequence, account: accountOf(id) })));
    cursor = reached;
  };

  const listen = async (): Promise<void> => {
    const client = createClient({
      url: `ws://127.0.0.1:${port()}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${key}` },
      retryAttempts: 0,
      lazyCloseTimeout: 0,
      on: { connected: () => (figures.connections += 1) },
    });
    hangUp = () => client.dispose();
    try {
      const feed = client.iterate<Batch>({ query, variables: { after: cursor, maxBatch } });
      for await (const { data, errors } of feed) {
        if (errors !== undefined || data == null) {
          const [first] = errors ?? [];
          if (first?.extensions?.retryable === true) putOff.push(String(first.extensions.code));
          else refusals.push(JSON.stringify(errors));
          return;
        }
        figures.batches += 1;
        const { changes, cursor: end } = data.changes;
        // Now and then it dies in the middle of a batch, and goes on after the last change it took in.
        const half = random() < 0.05 ? changes.slice(0, Math.ceil(random() * changes.length)) : [];
        const last = half.at(-1);
        if (last !== undefined && half.length < changes.length) {
          keep(half, last.cursor);
          return;
        }
        keep(changes, end);
      }
    } finally {
      figures.ends += 1;
      await client.dispose();
    }
  };

  const run = async (): Promise<void> => {
    // Put off again and again it comes back later and later, as a client should.
    for (let patience = 1; !stopped; ) {
      const before = putOff.length;
      await listen().catch(() => {});
      patience = putOff.length > before ? Math.min(patience * 2, 16) : 1;
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, patience * (20 + random() * 80)));
    }
  };
  const done = run();
  return {
    proof,
    figures,
    putOff,
    refusals,
    stop: async () => {
      stopped = true;
      await hangUp();
      await done;
    },
  };
}

/** Asking for the account would cost the gateway a question to the database for each batch; every id begins with it. */
const accountOf = (id: string): string => decodeId(id)?.parts[0] ?? 'not an id';
