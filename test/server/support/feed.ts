import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { allScopes } from '../../../schema/scopes.ts';
import { eaches } from '../../../src/base/eaches.ts';
import type { PurchaseOrderNumber } from '../../../src/base/ids.ts';
import { fromMillis } from '../../../src/base/instant.ts';
import { type ApiKeyText, apiKeyHash, apiKeyPrefix, createApiKey } from '../../../src/server/api-key.ts';
import { composeInstallation } from '../../../src/server/composition.ts';
import { readConfiguration } from '../../../src/server/config.ts';
import type { LimitsConfig } from '../../../src/server/define-config.ts';
import { createLog } from '../../../src/server/log.ts';
import { type Acorn, fromConfiguration, startAcorn } from '../../../src/server/start.ts';
import { keepApiKey } from '../../../src/store/access.ts';
import { aLine, anOrder } from '../../builders/facts.ts';
import { recordFacts } from '../../support/record.ts';
import { type TestAccount, type TestWorld, testWorld } from '../../support/world.ts';

/** A whole Acorn as `acorn start` brings it up, over a database of this file's own, with keys and something to tell. */
export interface FeedServer {
  readonly url: string;
  readonly acorn: Acorn;
  readonly world: TestWorld;
  makeKey(account: TestAccount, scopes?: readonly string[]): Promise<ApiKeyText>;
  client(key: ApiKeyText): Client;
  /** One more change of one order of an account: its quantity becomes `n`. The first places the order. */
  bump(account: TestAccount, n: number, order?: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** @param shared another gateway's world: the two are then one installation */
export async function startFeedServer(limits: LimitsConfig = {}, shared?: TestWorld): Promise<FeedServer> {
  const world = shared ?? (await testWorld());
  const config = readConfiguration({}, { port: 0, databaseUrl: world.url, limits });
  const acorn = await startAcorn({
    config,
    acornLog: createLog({ level: 'warn', write: () => {} }),
    composition: await composeInstallation({}, process.cwd()),
    say: () => {},
    prepare: async () => fromConfiguration([], undefined),
  });
  return {
    url: acorn.url,
    acorn,
    world,
    makeKey: async (account, scopes = allScopes) => {
      const key = createApiKey();
      await keepApiKey(
        world.database,
        {
          organisationId: account.tenant.organisationId ?? unowned(),
          name: 'test',
          prefix: apiKeyPrefix(key),
          secretHash: apiKeyHash(key),
          scopes,
        },
        fromMillis(Date.now()),
      );
      return key;
    },
    client: (key) =>
      createClient({
        url: acorn.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${key}` },
        retryAttempts: 0,
        lazy: true,
      }),
    bump: (account, n, order = 'ORDERAAA') =>
      recordFacts(world, account, [
        anOrder({
          orderNumber: order as PurchaseOrderNumber,
          asOf: fromMillis(Date.UTC(2026, 8, 1) + n * 60_000),
          lines: [aLine({ ordered: eaches(n) })],
        }),
      ]),
    stop: async () => {
      await acorn.stop();
      if (shared === undefined) await world.close();
    },
  };
}

export interface Heard {
  readonly changes: readonly { readonly sequence: string; readonly cursor: string; readonly kind: string }[];
  readonly cursor: string;
  readonly caughtUp: boolean;
}

export const changesQuery = `subscription ($after: Cursor, $filter: ChangeFilter, $maxBatch: Int! = 100) {
  changes(after: $after, filter: $filter, maxBatch: $maxBatch) { changes { sequence cursor kind } cursor caughtUp } }`;

/** What one listener has heard so far, and how it ended. */
export class Listening {
  readonly batches: Heard[] = [];
  readonly messages: Readonly<Record<string, unknown>>[] = [];
  ended: 'complete' | { readonly code?: number; readonly reason?: string } | undefined;
  readonly #client: Client;
  readonly #stop: () => void;

  constructor(client: Client, variables: Readonly<Record<string, unknown>> = {}, query = changesQuery) {
    this.#client = client;
    this.#stop = client.subscribe(
      { query, variables },
      {
        next: (message) => {
          this.messages.push(message as Record<string, unknown>);
          const batch = (message.data as { changes?: Heard } | null | undefined)?.changes;
          if (batch != null) this.batches.push(batch);
        },
        error: (error) => {
          this.ended = error as { code?: number };
        },
        complete: () => {
          this.ended ??= 'complete';
        },
      },
    );
  }

  get sequences(): number[] {
    return this.batches.flatMap(({ changes }) => changes.map(({ sequence }) => Number(sequence)));
  }

  get cursor(): string | undefined {
    return this.batches.at(-1)?.cursor;
  }

  async stop(): Promise<void> {
    this.#stop();
    await this.#client.dispose();
  }
}

/** Wait for a condition, however slow the machine is. */
export async function until(condition: () => boolean, what = 'a condition'): Promise<void> {
  const end = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

const unowned = (): never => {
  throw new Error('every account of a test has an organisation');
};
