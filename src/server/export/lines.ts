import { execute, parse } from 'graphql';
import type { Context } from '../../../schema/context.ts';
import { accountIdsOf, encodeId } from '../../../schema/ids.ts';
import { schema } from '../../../schema/index.ts';
import { refused } from '../../../schema/refused.ts';
import { invariant } from '../../base/invariant.ts';
import { wholeChange } from '../../client/index.ts';
import { exportedKeys } from '../../store/export-keys.ts';
import { type Exported, type ExportKind, exportedNouns, type NounKind, rightOf } from './kinds.ts';
import { nextPageQuery, nounsQuery, partsOf } from './selection.ts';

export interface ExportRequest {
  readonly kind: ExportKind;
  /** Of the log: what came after this cursor. */
  readonly after?: string | undefined;
  /** Ids of accounts, as the API gives them, and sites; absent ones do not narrow. */
  readonly accounts?: readonly string[] | undefined;
  readonly sites?: readonly string[] | undefined;
}

/** Nouns read at once: a few statements, and memory for so many. */
const pageSize = 50;

/**
 * An export, line by line, each an object: first what it is and the cursor from which the feed goes on without a hole,
 * then the entries, last that it is complete. All of it is one snapshot, that of `context.db`; memory is bounded by a page.
 *
 * Entries are answers of the schema itself, executed with the caller's rights: what may not be read there is not here.
 *
 * @throws GraphQLError with the code that the same question would have in GraphQL
 */
export async function* exportLines(context: Context, request: ExportRequest): AsyncGenerator<object> {
  const { kind } = request;
  const right = rightOf(kind);
  if (!context.scopes.has(right)) throw refused('FORBIDDEN', `an export of ${kind} needs the right ${right}`);
  const cursor = context.scopes.has('change:read') ? await context.changeLog.head(context.db) : null;
  const entries = kind === 'changes' ? changes(context, request) : nouns(context, kind, request);
  // Asked for before the first line is out: a refusal is told in place of an export, not in the middle of one.
  let next = await entries.next();
  yield { export: kind, cursor };
  let count = 0;
  for (; next.done !== true; next = await entries.next()) {
    for (const entry of next.value) {
      count += 1;
      yield entry;
    }
  }
  yield { complete: true, entries: count };
}

async function* changes(
  context: Context,
  { after, accounts, sites }: ExportRequest,
): AsyncGenerator<readonly object[]> {
  const filter = { ...(accounts && { accounts }), ...(sites && { sites }) };
  for (let place = after ?? null, caughtUp = false; !caughtUp; ) {
    const page = (await ask(context, changesQuery, { after: place, filter })).changes as {
      readonly changes: readonly object[];
      readonly cursor: string;
      readonly caughtUp: boolean;
    };
    yield page.changes;
    [place, caughtUp] = [page.cursor, page.caughtUp];
  }
}

const changesQuery = `query ($after: Cursor, $filter: ChangeFilter) {
  changes(after: $after, filter: $filter, first: 250) { changes { ${wholeChange} } cursor caughtUp }
}`;

async function* nouns(context: Context, kind: NounKind, request: ExportRequest): AsyncGenerator<readonly object[]> {
  const noun = exportedNouns[kind];
  const query = nounsQuery(noun, context.scopes);
  const accountIds = await accountsOf(context, request);
  for await (const rows of exportedKeys(context.db, noun.type, noun.key, accountIds, pageSize)) {
    const ids = rows.map(({ accountId, key }) => encodeId(noun.type, [accountId, ...key]));
    const { nodes } = await ask(context, query, { ids });
    const whole: object[] = [];
    for (const node of nodes as readonly Readonly<Record<string, unknown>>[])
      whole.push(await unfolded(context, noun, node));
    yield whole;
  }
}

interface Page {
  readonly nodes: readonly object[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** The noun with each paged part as one whole list. */
async function unfolded(context: Context, noun: Exported, node: Readonly<Record<string, unknown>>): Promise<object> {
  const whole: Record<string, unknown> = { ...node };
  for (const [name, part] of partsOf(noun, context.scopes)) {
    if (part.paged === undefined) continue;
    let page = node[name] as Page;
    const list = [...page.nodes];
    while (page.pageInfo.hasNextPage) {
      const variables = { id: node.id, after: page.pageInfo.endCursor };
      const answer = await ask(context, nextPageQuery(noun, name, part, context.scopes), variables);
      page = (answer.node as Readonly<Record<string, Page>>)[name] ?? page;
      list.push(...page.nodes);
    }
    whole[name] = list;
  }
  return whole;
}

async function accountsOf({ db }: Context, { accounts, sites }: ExportRequest): Promise<string[]> {
  const rows = await db.vendorAccount.findMany({
    select: { accountId: true },
    where: {
      ...(accounts && { accountId: { in: accountIdsOf(accounts, 'account') ?? [] } }),
      ...(sites && { site: { in: [...sites] } }),
    },
    orderBy: { accountId: 'asc' },
  });
  return rows.map(({ accountId }) => accountId);
}

/** Part of an export, as the schema answers it. What cannot be answered whole ends the export. */
async function ask(context: Context, query: string, variables: Readonly<Record<string, unknown>>) {
  // A context of its own for each page: what one remembers, such as rows, is gone with it.
  const { data, errors } = await execute({
    schema,
    document: parse(query),
    variableValues: variables,
    contextValue: { ...context },
  });
  if (errors?.[0] !== undefined) throw errors[0];
  invariant(data != null, 'an answer without errors has data');
  return data;
}
