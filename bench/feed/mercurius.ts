import { serveMeasured } from './child.ts';
import { type BenchChange, changeNumber, cursorNumber } from './question.ts';

// Mercurius as its guide sets it up, compiled (jit), with a resolver that has nothing to look up: what is published is the
// answer. It knows no rights and no database.

interface PubSub {
  publish(event: { topic: string; payload: unknown }): void;
  subscribe(topic: string): Promise<AsyncIterable<unknown>>;
}
interface App {
  register(plugin: unknown, options: object): Promise<unknown>;
  listen(at: { host: string; port: number }): Promise<string>;
  close(): Promise<void>;
  readonly graphql: { readonly pubsub: PubSub };
}

// Installed beside the benchmark alone, so their types are not there for everybody who checks this project.
const load = async (name: string) => ((await import(name)) as { default: unknown }).default;
const fastify = (await load('fastify')) as (options: object) => App;
const mercurius = await load('mercurius');

const schema = `
  scalar Cursor
  input ChangeFilter { orderNumbers: [String!] }
  interface Change { sequence: String! kind: String! orderNumber: String occurredAt: String! }
  type QuantityChanged implements Change {
    sequence: String! kind: String! orderNumber: String occurredAt: String! quantityBefore: Int! quantityAfter: Int!
  }
  type ChangeBatch { changes: [Change!]! cursor: Cursor! caughtUp: Boolean! }
  type Query { nothing: String }
  type Subscription { changes(after: Cursor, filter: ChangeFilter, maxBatch: Int!): ChangeBatch! }`;

const topic = 'changes';
const batch = (n: number) => {
  const changes: readonly BenchChange[] = n === 0 ? [] : [changeNumber(n)];
  return { changes: { changes, cursor: cursorNumber(n), caughtUp: true } };
};

await serveMeasured(async () => {
  const app = fastify({ logger: false });
  await app.register(mercurius, {
    schema,
    jit: 1,
    subscription: true,
    resolvers: {
      Change: { resolveType: () => 'QuantityChanged' },
      Subscription: {
        changes: {
          subscribe: async (_root: unknown, _args: unknown, { pubsub }: { readonly pubsub: PubSub }) =>
            greeted(await pubsub.subscribe(topic)),
        },
      },
    },
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    port: Number(new URL(address).port),
    publish: (n) => app.graphql.pubsub.publish({ topic, payload: batch(n) }),
    stop: () => app.close(),
  };
});

/** A first batch at once, so that a listener knows it is heard; then the queue as it is, without a step more. */
function greeted(queue: AsyncIterable<unknown>): AsyncIterable<unknown> {
  const source = queue[Symbol.asyncIterator]();
  let first = true;
  const iterator: AsyncIterator<unknown> = {
    next: () => {
      if (!first) return source.next();
      first = false;
      return Promise.resolve({ done: false, value: batch(0) });
    },
    return: async () => (await source.return?.()) ?? { done: true, value: undefined },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
