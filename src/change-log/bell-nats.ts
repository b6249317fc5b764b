import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsumerMessages } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Database } from '../store/database.ts';
import { type HungBell, newBell } from './bell.ts';
import { watchHead } from './bell-watch.ts';

/** Where the brokers of a large installation are, and how to be let in. */
export interface NatsServers {
  /** `host:port` of some of them; they tell of the others. */
  readonly servers: readonly string[];
  /** How many of them keep the rings: 3 or 5 of a cluster, 1 of a single server. */
  readonly replicas: number;
  readonly tls?: boolean | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
}

export interface NatsBellOptions extends NatsServers {
  /** How often it looks for itself where the log ends. */
  readonly pollMillis?: number;
  /** The brokers are away, or do not do as told. Told once until they are back. */
  readonly onTrouble?: (cause: unknown) => void;
}

const reconnectMillis = 500;
/** A ring as old as this woke whom it could: its log is read from the table. */
const keptNanos = 3_600_000_000_000;
const keptRings = 100_000;
/** JetStream's own number for "there is a stream of this name, of another shape". @source nats-server, errors.json */
const nameInUse = 10_058;

/**
 * The bell of large installations, by NATS JetStream. PostgreSQL is spared a listening connection of every gateway and
 * the waking of each at every ring. Rings are kept for a while, so that a gateway that was cut off hears which accounts
 * grew meanwhile, and does not have to wake all who follow.
 *
 * Only rings go through it, never a change: what tenants see is read behind row security and nowhere else. Nothing
 * depends on it. What is lost shows as a hole, and without any broker the bell rings for what it sees by looking.
 */
export function hangNatsBell(database: Pick<Database, 'work'>, options: NatsBellOptions): HungBell {
  const { servers, replicas, tls, user, password, token, pollMillis = 1_000, onTrouble = () => {} } = options;
  const { bell, pull, saw, ringAll, letGo } = newBell();
  const stopWatching = watchHead(database, saw, pollMillis);
  const closing = new AbortController();
  let connection: NatsConnection | undefined;
  let publish: ((ring: string) => Promise<unknown>) | undefined;
  let troubled = false;
  /** The last ring heard, as the stream counts. */
  let last: number | undefined;

  const trouble = (cause: unknown): void => {
    if (!troubled && !closing.signal.aborted) onTrouble(cause);
    troubled = true;
  };

  const listen = async (): Promise<void> => {
    const { connect } = await import('@nats-io/transport-node');
    const { DeliverPolicy, DiscardPolicy, JetStreamApiError, jetstream, jetstreamManager } = await import(
      '@nats-io/jetstream'
    );
    const [feed] = await database.work((sql) => sql.query<{ id: string }>('select "id" from "Feed"'));
    const stream = `ACORN_BELL_${feed?.id}`;
    const subject = `acorn.bell.${feed?.id}`;
    connection = await connect({
      servers: [...servers],
      name: 'acorn',
      // A client that never gives up: it knows all servers of the cluster, and goes to the next.
      maxReconnectAttempts: -1,
      reconnectTimeWait: reconnectMillis,
      pingInterval: 5_000,
      ...(tls === true && { tls: {} }),
      ...(user !== undefined && { user }),
      ...(password !== undefined && { pass: password }),
      ...(token !== undefined && { token }),
    });
    const manager = await jetstreamManager(connection);
    const shape = { subjects: [subject], num_replicas: replicas, discard: DiscardPolicy.Old, max_age: keptNanos };
    await manager.streams.add({ ...shape, name: stream, max_msgs: keptRings }).catch((cause) => {
      if (!(cause instanceof JetStreamApiError && cause.code === nameInUse)) throw cause;
    });
    const client = jetstream(connection);
    publish = (ring) => client.publish(subject, ring);

    while (!closing.signal.aborted) {
      const { state } = await manager.streams.info(stream);
      // A stream that was made anew counts from one again.
      const from = last !== undefined && last <= state.last_seq ? last + 1 : undefined;
      const rings = await client.consumers
        .get(
          stream,
          from === undefined
            ? { deliver_policy: DeliverPolicy.New }
            : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from },
        )
        .then((consumer) => consumer.consume({ expires: 5_000, idle_heartbeat: 1_000 }));
      const stop = (): void => rings.stop();
      closing.signal.addEventListener('abort', stop, { once: true });
      void stopWhenSilent(rings);
      // What happened while nobody listened has to be looked for.
      if (from === undefined) ringAll();
      troubled = false;
      for await (const ring of rings) {
        last = ring.seq;
        pull(ring.string());
      }
      closing.signal.removeEventListener('abort', stop);
    }
  };

  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await listen().catch(trouble);
      publish = undefined;
      await connection?.close().catch(() => {});
      await sleep(reconnectMillis, undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  const done = run();

  return {
    get rings() {
      return bell.rings;
    },
    wait: bell.wait,
    of: bell.of,
    tell: (ring) => {
      // Those beside the sequencer need no broker to hear it.
      pull(ring);
      publish?.(ring).then(() => {
        troubled = false;
      }, trouble);
    },
    close: async () => {
      closing.abort();
      letGo();
      await connection?.close().catch(() => {});
      await Promise.all([stopWatching(), done]);
    },
  };
}

/** The server at the other end died, and its end of the consumer with it: the library waits, and would for ever. */
async function stopWhenSilent(rings: ConsumerMessages): Promise<void> {
  for await (const event of rings.status()) {
    if (event.type === 'heartbeats_missed' && event.count >= 2) rings.stop();
  }
}
