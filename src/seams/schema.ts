import type { AccountId } from '../base/ids.ts';

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
 * Columns in `select` are folded into the one query that loads the parent, so a plugin's field adds no statement.
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
  /** Rough cost: unless said otherwise, 1 and 1 for each relation in `select`. */
  readonly cost?: number;
  /**
   * Answers from the parent: a copy of its columns as selected and of no others, or the plugin's own value. May be slow;
   * it has a deadline. What it throws is logged and never shown.
   */
  readonly resolve: (parent: never, args: never, context: PluginFieldContext) => unknown;
}

export interface Selection {
  readonly [member: string]: boolean | { readonly select: Selection };
}

/** What a plugin's resolver may know: who asks, and nothing to write with. */
export interface PluginFieldContext {
  readonly accountIds: readonly AccountId[];
  readonly requestId: string;
  readonly config: unknown;
}
