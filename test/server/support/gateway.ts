import { randomUUID } from 'node:crypto';
import {
  GraphQLError,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { AccountId, OrganisationId } from '../../../src/base/ids.ts';
import { fromMillis, instant } from '../../../src/base/instant.ts';
import type { ChangeLog } from '../../../src/change-log/change-log.ts';
import { compose } from '../../../src/plugin-host/compose.ts';
import type { Composition, Core } from '../../../src/plugin-host/composition.ts';
import { readMigrations } from '../../../src/plugin-host/read-migrations.ts';
import { usualDeadlineMillis } from '../../../src/plugin-host/schema/gate.ts';
import { fieldTables } from '../../../src/plugin-runtime/own-tables.ts';
import type { Plugin } from '../../../src/seams/plugin.ts';
import { emptySlots } from '../../../src/seams/slots.ts';
import { accessServices } from '../../../src/server/access.ts';
import { type ApiKeyText, apiKeyHash, apiKeyPrefix, createApiKey } from '../../../src/server/api-key.ts';
import { createAuthenticator } from '../../../src/server/authenticate.ts';
import type { IssuerConfig } from '../../../src/server/define-config.ts';
import { openDirectory } from '../../../src/server/directory.ts';
import { exportRoute } from '../../../src/server/export/route.ts';
import { createGateway } from '../../../src/server/gateway.ts';
import { listenHttp } from '../../../src/server/http.ts';
import { openLiveFeeds } from '../../../src/server/live-feeds.ts';
import { createLog } from '../../../src/server/log.ts';
import type { ResolverContext } from '../../../src/server/operation-context.ts';
import { gateOf } from '../../../src/server/plugin-gate.ts';
import { readiness } from '../../../src/server/readiness.ts';
import { parkedDocumentRetry } from '../../../src/server/services.ts';
import { tokenVerifier } from '../../../src/server/token.ts';
import { serveWebSockets } from '../../../src/server/websocket.ts';
import { keepApiKey } from '../../../src/store/access.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { openPluginTables } from '../../../src/store/plugin-tables.ts';
import { openDesk } from '../../../src/webhooks/desk.ts';
import { aCore, aPlugin, aSite } from '../../builders/plugin.ts';

const needed = (type: typeof GraphQLString | typeof GraphQLInt) => new GraphQLNonNull(type);
const dbOf = ({ db }: ResolverContext) => {
  if (db === undefined) throw new Error('there is no transaction here');
  return db;
};

/** A feed of numbers, one every `everyMillis`, that can be ended while it waits. */
function numbers(everyMillis: number): AsyncIterableIterator<number> {
  let next = 1;
  let over: (() => void) | undefined;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve({ done: false, value: next++ }), everyMillis);
        over = () => {
          clearTimeout(timer);
          resolve({ done: true, value: undefined });
        };
      }),
    return: async () => {
      over?.();
      return { done: true, value: undefined };
    },
  };
}

const Nested: GraphQLObjectType = new GraphQLObjectType({
  name: 'Nested',
  fields: () => ({ again: { type: Nested, resolve: () => ({}) }, end: { type: GraphQLString, resolve: () => 'end' } }),
});

/** A schema with every way a resolver can go: right, wrong, refused, slow; over real rows. */
export const gatewaySchema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, ResolverContext>({
    name: 'Query',
    fields: {
      accounts: {
        type: new GraphQLList(GraphQLString),
        resolve: async (_root, _args, context) =>
          (await dbOf(context).vendorAccount.findMany({ orderBy: { name: 'asc' } })).map((account) => account.name),
      },
      planted: {
        type: needed(GraphQLString),
        resolve: () => {
          throw new Error('select secret from /srv/acorn/data');
        },
      },
      refused: {
        type: GraphQLString,
        resolve: () => {
          throw new GraphQLError('not yours', { extensions: { code: 'FORBIDDEN' } });
        },
      },
      slow: {
        type: GraphQLString,
        args: { seconds: { type: needed(GraphQLInt) } },
        resolve: async (_root, { seconds }, context) => {
          await dbOf(context).$queryRawUnsafe(`select pg_sleep(${seconds})::text`);
          return 'done';
        },
      },
      nested: { type: Nested, resolve: () => ({}) },
      requestId: { type: GraphQLString, resolve: (_root, _args, { requestId }) => requestId },
    },
  }),
  mutation: new GraphQLObjectType<unknown, ResolverContext>({
    name: 'Mutation',
    fields: {
      addProduct: {
        type: GraphQLString,
        args: { asin: { type: needed(GraphQLString) } },
        resolve: async (_root, { asin }, context) => {
          const accountId = context.tenant.accountIds[0] ?? '';
          await dbOf(context).$executeRaw`
            insert into "Product" ("accountId", "asin") values (${accountId}::uuid, ${asin})`;
          return asin;
        },
      },
      addNested: {
        type: Nested,
        args: { asin: { type: needed(GraphQLString) } },
        resolve: async (_root, { asin }, context) => {
          const accountId = context.tenant.accountIds[0] ?? '';
          await dbOf(context).$executeRaw`
            insert into "Product" ("accountId", "asin") values (${accountId}::uuid, ${asin})`;
          return {};
        },
      },
      fail: {
        type: GraphQLString,
        resolve: () => {
          throw new Error('after the write');
        },
      },
    },
  }),
  subscription: new GraphQLObjectType<unknown, ResolverContext>({
    name: 'Subscription',
    fields: {
      numbers: {
        type: GraphQLString,
        args: { everyMillis: { type: GraphQLInt, defaultValue: 50 } },
        subscribe: (_root, { everyMillis }) => numbers(everyMillis),
        resolve: async (event, _args, context) => `${event} of ${await dbOf(context).vendorAccount.count()}`,
      },
      planted: {
        type: GraphQLString,
        subscribe: () => {
          throw new Error('select secret from /srv/acorn/data');
        },
      },
      breaks: {
        type: GraphQLString,
        subscribe: () => {
          const source = numbers(1);
          return {
            ...source,
            [Symbol.asyncIterator]() {
              return this;
            },
            next: () => Promise.reject(new Error('select secret from /srv/acorn/data')),
          };
        },
      },
    },
  }),
});

const noChangeLog = {} as ChangeLog;

export interface TestGateway {
  readonly url: string;
  readonly database: Database;
  readonly key: ApiKeyText;
  readonly otherKey: ApiKeyText;
  readonly logged: string[];
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  client(connectionParams?: Record<string, unknown>): Client;
  revoke(key: ApiKeyText): Promise<void>;
  makeKey(expiresAt?: Date): Promise<ApiKeyText>;
  /** A key of the first organisation that may do everything. */
  ownerKey(): Promise<ApiKeyText>;
  /** The same of the second. */
  otherOwnerKey(): Promise<ApiKeyText>;
  /** Sockets open now. */
  sockets(): number;
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** What only tenants with an account in Japan see. */
const jp = aPlugin('site-jp', {
  sites: [aSite('JP')],
  schema: {
    sdl: 'extend type Query { "A greeting." jpGreeting: String }',
    fields: { 'Query.jpGreeting': { needs: 'order:read', resolve: () => 'konnichiwa' } },
  },
});

function composed(others: readonly Plugin[], core: Core): Composition {
  const us = aPlugin('site-us', { sites: [aSite('US')] });
  const result = compose(core, [us, jp, ...others], { config: {} }, readMigrations);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

/** A whole gateway on a free port, over a migrated database with two organisations: one at site US, one at JP. */
export async function startGateway(
  databaseUrl: string,
  issuers: readonly IssuerConfig[] = [],
  others: readonly Plugin[] = [],
  core: Core = aCore({ schema: gatewaySchema }),
): Promise<TestGateway> {
  const logged: string[] = [];
  const { log } = createLog({ level: 'trace', write: (line) => logged.push(line) });
  const database = openDatabase(databaseUrl);
  const directory = openDirectory(database, [...core.scopes, 'site-jp:read']);
  const authenticator = createAuthenticator({
    directory,
    verifyToken: tokenVerifier(issuers),
    now: Date.now,
    rememberMillis: 200,
  });
  const feeds = openLiveFeeds({ authenticator, now: Date.now, log, askEveryMillis: 200 });
  const composition = composed(others, core);
  const everyRight = [...core.scopes, 'site-jp:read'];
  const tables = openPluginTables(databaseUrl);
  const tablesOf = fieldTables(composition.plugins, tables, usualDeadlineMillis);
  const services = {
    sites: composition.sites,
    plugins: gateOf(composition, { switch: { isEnabled: () => true }, tablesOf }, log),
    slots: emptySlots,
    board: { list: () => [] },
    changeLog: noChangeLog,
    access: accessServices(database, everyRight, () => fromMillis(Date.now())),
    webhooks: openDesk({ allowHttp: false, allowPrivateAddresses: false }, undefined, () => fromMillis(Date.now())),
    retryParked: parkedDocumentRetry(database, [], () => instant('2026-11-23T00:00:00Z')),
  };
  const gateway = createGateway({
    schemaFor: composition.schemaFor,
    database,
    services,
    feeds,
    log,
    graphiql: { title: 'Acorn' },
    allowedOrigins: ['https://app.example.com'],
  });
  const http = await listenHttp({ host: '127.0.0.1', port: 0 }, log);
  const sockets = serveWebSockets({ server: http.server, gateway, authenticator, feeds, log, now: Date.now });
  const exports = exportRoute({ database, services, feeds });
  http.open({ gateway, authenticator, feeds, exports, sdl: 'type Query', readiness: () => readiness(database) });
  const url = `http://127.0.0.1:${http.port}/graphql`;

  const organisations = await database.work(async (sql) => {
    const ids: OrganisationId[] = [];
    for (const [name, site, accounts] of [
      ['Northwind Brands', 'US', ['Northwind CA', 'Northwind US']],
      ['Somebody Else', 'JP', ['Secret Brand']],
    ] as const) {
      const id = randomUUID() as OrganisationId;
      ids.push(id);
      await sql.query('insert into "Organisation" ("id", "name", "createdAt") values ($1, $2, now())', [id, name]);
      for (const account of accounts) {
        await sql.query(
          `insert into "VendorAccount"
             ("accountId", "organisationId", "name", "site", "marketplaceId", "currency", "timeZone", "vendorCodes", "createdAt")
           values ($1, $2, $3, $4, 'ATVPDKIKX0DER', 'USD', 'America/Los_Angeles', '{NORTH}', now())`,
          [randomUUID() as AccountId, id, account, site],
        );
      }
    }
    return ids as [OrganisationId, OrganisationId];
  });
  const addKey = async (
    organisationId: OrganisationId,
    expiresAt?: Date,
    scopes: readonly string[] = ['order:read'],
  ) => {
    const key = createApiKey();
    await keepApiKey(
      database,
      {
        organisationId,
        name: 'test',
        prefix: apiKeyPrefix(key),
        secretHash: apiKeyHash(key),
        scopes,
        ...(expiresAt === undefined ? {} : { expiresAt: fromMillis(expiresAt.getTime()) }),
      },
      fromMillis(Date.now()),
    );
    return key;
  };
  const key = await addKey(organisations[0]);
  const otherKey = await addKey(organisations[1]);

  const drain = async () => {
    sockets.refuse();
    feeds.drain();
    await Promise.all([http.drain(5_000), sockets.close(5_000)]);
  };
  return {
    url,
    database,
    key,
    otherKey,
    logged,
    post: (body, headers = { authorization: `Bearer ${key}` }) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    client: (connectionParams = { authorization: `Bearer ${key}` }) =>
      createClient({
        url: url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams,
        retryAttempts: 0,
        lazyCloseTimeout: 5_000,
        lazy: true,
      }),
    revoke: async (revoked) => {
      await database.work((sql) =>
        sql.query('update "ApiKey" set "revokedAt" = now() where "secretHash" = $1', [apiKeyHash(revoked)]),
      );
    },
    makeKey: (expiresAt) => addKey(organisations[0], expiresAt),
    ownerKey: () => addKey(organisations[0], undefined, everyRight),
    otherOwnerKey: () => addKey(organisations[1], undefined, everyRight),
    sockets: () => sockets.count(),
    drain,
    stop: async () => {
      await drain();
      feeds.stop();
      await gateway.dispose();
      await tables.close();
      await database.close();
    },
  };
}
