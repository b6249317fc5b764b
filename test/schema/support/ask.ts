import { type ExecutionResult, execute, parse, validate } from 'graphql';
import type { Context } from '../../../schema/context.ts';
import { schema } from '../../../schema/index.ts';
import { allScopes } from '../../../schema/scopes.ts';
import type { Tenant } from '../../../src/store/database.ts';
import type { World } from './world.ts';

export interface Asking {
  readonly scopes?: readonly string[];
  readonly retryParked?: Context['retryParked'];
}

export interface Answer {
  // Tests look at whole answers; their shape is the query's.
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
  readonly data: any;
  readonly errors: readonly {
    readonly code: unknown;
    readonly path: readonly (string | number)[];
    readonly message: string;
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
  { scopes = allScopes, retryParked }: Asking = {},
): Promise<Answer> {
  const document = parse(query);
  const invalid = validate(schema, document);
  if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('\n'));
  const { statements } = world.database;
  let opened = 0;
  let finished = 0;
  const result: ExecutionResult = await world.database.read(tenant, async (db) => {
    opened = statements.count;
    const contextValue: Context = {
      db,
      tenant,
      scopes: new Set(scopes),
      changeLog: world.changeLog,
      requestId: 'test',
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
    })),
    statements: finished - opened,
  };
}
