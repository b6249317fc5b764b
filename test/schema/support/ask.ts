import { type ExecutionResult, execute, type GraphQLSchema, parse, validate } from 'graphql';
import { plugins as tree } from '../../../plugins/index.ts';
import type { Access, Allowances, Context, PluginBoard } from '../../../schema/context.ts';
import { schema as coreSchema } from '../../../schema/index.ts';
import { allScopes } from '../../../schema/scopes.ts';
import { instant } from '../../../src/base/instant.ts';
import type { PluginGate } from '../../../src/plugin-host/schema/gate.ts';
import { type InstalledSites, installSites } from '../../../src/seams/installed-sites.ts';
import { emptySlots, type FilledSlots } from '../../../src/seams/slots.ts';
import type { Tenant } from '../../../src/store/database.ts';
import { openDesk } from '../../../src/webhooks/desk.ts';
import type { World } from './world.ts';

export interface Asking {
  readonly scopes?: readonly string[];
  readonly retryParked?: Context['retryParked'];
  /** The core's own, unless said otherwise. */
  readonly schema?: GraphQLSchema;
  /** What fields of plugins are asked through. */
  readonly plugins?: PluginGate;
  /** Those of the tree, unless said otherwise. */
  readonly sites?: InstalledSites;
  /** Empty, unless said otherwise. */
  readonly slots?: FilledSlots;
  readonly board?: PluginBoard;
}

const treeSites = installSites(tree.flatMap(({ sites = [] }) => sites));

const plenty = { used: 0, limit: 1_000_000 };
/** Of everything as much as anybody likes. */
const allowances: Allowances = {
  sockets: plenty,
  subscriptions: plenty,
  subscriptionsPerSocket: 20,
  replay: plenty,
  replayWaitMillis: () => 0,
  replayed: () => {},
};

/** What operations see of an installation that has little to show. */
export const fewPlugins = {
  sites: treeSites,
  slots: emptySlots,
  board: { list: () => [] },
  allowances,
  principal: { kind: 'api-key' as const, name: 'acorn_live_TEST0000' },
  webhooks: openDesk({ allowHttp: false, allowPrivateAddresses: false }, undefined, () =>
    instant('2026-11-23T12:00:00Z'),
  ),
};

/** What operations that hand out no access see of it. */
export const noAccess: Access = {
  actor: 'test',
  now: () => instant('2026-11-23T12:00:00Z'),
  accountsWith: () => new Set(),
  holdsEverywhere: () => false,
  everyRight: allScopes,
  organisationNamed: async () => undefined,
  newKey: () => {
    throw new Error('not asked for');
  },
};

export interface Answer {
  // Tests look at whole answers; their shape is the query's.
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
  readonly data: any;
  readonly errors: readonly {
    readonly code: unknown;
    readonly path: readonly (string | number)[];
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  /** Statements it took, without those that open and close the transaction. */
  readonly statements: number;
}

/** Ask as the server does: validated, in one tenant transaction, with every right unless said otherwise. */
export async function ask(
  world: World,
  tenant: Tenant,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  { scopes = allScopes, retryParked, schema = coreSchema, plugins, ...known }: Asking = {},
): Promise<Answer> {
  const document = parse(query);
  const invalid = validate(schema, document);
  if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('\n'));
  const { statements } = world.database;
  let opened = 0;
  let finished = 0;
  const result: ExecutionResult = await world.database.read(tenant, async (db) => {
    opened = statements.count;
    const contextValue: Context & { readonly plugins: PluginGate | undefined } = {
      db,
      tenant,
      scopes: new Set(scopes),
      changeLog: world.changeLog,
      requestId: 'test',
      access: noAccess,
      plugins,
      ...fewPlugins,
      ...known,
      retryParked: retryParked ?? (() => Promise.reject(new Error('not asked for'))),
    };
    const answer = await execute({ schema, document, variableValues: variables, contextValue });
    finished = statements.count;
    return answer;
  });
  return {
    data: result.data === undefined ? undefined : JSON.parse(JSON.stringify(result.data)),
    errors: (result.errors ?? []).map((error) => ({
      code: error.extensions.code ?? error.originalError?.stack,
      path: error.path ?? [],
      message: error.message,
      extensions: error.extensions,
    })),
    statements: finished - opened,
  };
}
