import type { AccountId } from '../base/ids.ts';
import type { OwnTables } from './plugin.ts';

/**
 * What a plugin adds to the GraphQL schema: SDL for its shape, functions for its answers.
 *
 * ```ts
 * schema: {
 *   sdl: `
 *     extend type Invoice { "What only Japan asks." jp: JpInvoice }
 *     "The qualified invoice." type JpInvoice { "T and 13 digits." registrationNumber: String }
 *   `,
 *   fields: {
 *     'Invoice.jp': { needs: 'invoice:read', select: { vendorCode: true }, resolve: (invoice) => ({ … }) },
 *   },
 * }
 * ```
 *
 * Additive only. New types begin with the plugin's prefix (`site-jp`: `Jp`), fields of `Query` too (`jpRates`); a core
 * type gets one field from each plugin, called by the prefix (`jp`) and nullable, so that a failure takes nothing else
 * with it. A type may implement an interface of the core, such as `TaxAssessment`, and is then the answer of the sites
 * that the plugin brings. Everything has a description.
 *
 * Columns in `select` are folded into the one query that loads the parent, so a plugin's field adds no statement. Rows of
 * the plugin's own tables are read with `batch`: one statement for each account, however many parents there are.
 */
export interface SchemaAdditions {
  readonly sdl: string;
  /** By coordinate, `Type.field`. A field without an entry answers with the member of its name. */
  readonly fields: Readonly<Record<string, PluginField>>;
}

export interface PluginField {
  /** The right that opens it: a core right, or one of the plugin's own. Required on fields of core types and on root fields. */
  readonly needs?: string;
  /**
   * Columns of the parent's model, and of models related to it, in Prisma's words. Only on fields of core types. Related
   * models are named in `capabilities.reads`. A list that the query beside it reads page by page is fetched once more.
   */
  readonly select?: Selection;
  /**
   * In place of `select`: the parent is the core's own answer, so that the plugin shows what the core shows and reads
   * nothing by itself. `tax`, on `Invoice`, is what the rules of its site make of it: an `AssessedInvoice`. Only asked
   * of documents at sites that the plugin brings; on those of other sites the field is null. Where the site has no
   * answer, the field is null with the core's coded error.
   *
   * ```ts
   * 'Invoice.jp': { needs: 'invoice:read', asks: 'tax', resolve: (assessed: AssessedInvoice) => assessed }
   * ```
   */
  readonly asks?: CoreQuestion;
  /** Rough cost: unless said otherwise, 1 and 1 for each relation in `select`. */
  readonly cost?: number;
  /**
   * Answers from the parent: a copy of its columns as selected and of no others, or the plugin's own value. May be slow;
   * it has a deadline. What it throws is logged and never shown.
   */
  readonly resolve: (parent: never, args: never, context: PluginFieldContext) => unknown;
}

/** What the core can be asked of a document beside its columns. */
export type CoreQuestion = 'tax';

export interface Selection {
  readonly [member: string]: boolean | { readonly select: Selection };
}

/** What a plugin's resolver may know: who asks, and what the plugin keeps for them; nothing to write with. */
export interface PluginFieldContext {
  readonly accountIds: readonly AccountId[];
  readonly requestId: string;
  readonly config: unknown;
  /**
   * As `PluginServices.tables`, only that nothing can be written, that the account is one of `accountIds`, and that it
   * takes no longer than a field may. A transaction of its own: it does not see what a mutation around it has written.
   *
   * One transaction for each call. What is asked for every parent of a list is better asked with `batch`.
   * @throws for an account that is not of those who ask, and for a plugin without tables
   */
  readonly tables: <T>(accountId: AccountId, work: (query: OwnTables) => Promise<T>) => Promise<T>;
  /**
   * Read one row, or one list, out of the plugin's tables beside every parent, with one `load` for each account.
   *
   * ```ts
   * resolve: ({ accountId, number }: Order, _args: object, { batch }: PluginFieldContext) =>
   *   batch('notes', { accountId, key: number }, async (numbers, query) => {
   *     const rows = await query<Note>('select "orderNumber", body from note where "orderNumber" = any($1)', [numbers]);
   *     return numbers.map((number) => rows.find(({ orderNumber }) => orderNumber === number)?.body);
   *   })
   * ```
   *
   * Keys of one name and account that are asked side by side in one operation are collected, each once, and the first
   * `load` of that name is asked: all that an answer depends on is in the name, the account or the key. An answer is
   * kept until the operation ends, for a subscription until the event ends, and never longer.
   *
   * @param load answers one value for each key, in the order of the keys; an `Error` among them is that key's alone.
   *   Runs within `tables`, and what holds there holds here
   */
  readonly batch: <Key, Value>(
    name: string,
    of: { readonly accountId: AccountId; readonly key: Key },
    load: (keys: readonly Key[], query: OwnTables) => Promise<readonly (Value | Error)[]>,
  ) => Promise<Value>;
}
