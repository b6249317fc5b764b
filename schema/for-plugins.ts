import { getLoaderMapping } from '@pothos/selection-mapper';
import { type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from 'graphql';
import type { AnswerableQuestion } from '../src/plugin-host/composition.ts';
import type { CoreQuestion } from '../src/seams/schema.ts';
import { getDatamodel } from '../src/store/generated/pothos-types.ts';
import type { Context } from './context.ts';
import { assessedInvoice } from './tax.ts';
import { type InvoiceRows, taxColumns } from './taxable-invoice.ts';

/** What plugins' fields are measured and loaded by: the same code as the core's own. */
export interface ForPlugins {
  /** Models that plugins may select from, with their members: those that the schema shows, and no others. */
  readonly models: ReadonlyMap<string, ReadonlySet<string>>;
  /** The model a member leads to, by `Model.member`. */
  readonly relations: ReadonlyMap<string, string>;
  readonly fields: {
    /** @throws GraphQLError when the operation is beyond the bounds of limits.ts */
    admit(context: object, info: GraphQLResolveInfo): void;
    /** The row with what the field of `info` selects: as it is when its query folded that in, fetched anew otherwise. */
    parent(row: object, context: object, info: GraphQLResolveInfo): unknown;
    readonly questions: ReadonlyMap<string, AnswerableQuestion>;
  };
}

/** What the core hands to the composition of plugins, read off its own schema. */
export function forPlugins(schema: GraphQLSchema): ForPlugins {
  const shown = new Set(
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .map((type) => type.extensions.pothosPrismaModel),
  );
  // What belongs to an organisation, as keys and webhooks do, is no plugin's business.
  const models = Object.entries(getDatamodel().datamodel.models).filter(
    ([name, { fields }]) =>
      shown.has(name) && (name === 'Organisation' || fields.some((field) => field.name === 'accountId')),
  );
  return {
    models: new Map(models.map(([name, { fields }]) => [name, new Set(fields.map((field) => field.name))])),
    relations: new Map(
      models.flatMap(([name, { fields }]) =>
        fields.flatMap((field) =>
          field.kind === 'object' ? [[`${name}.${field.name}`, field.type] as [string, string]] : [],
        ),
      ),
    ),
    fields: { admit, parent, questions },
  };
}

/** What the core can be asked of a row by a plugin's field, in the words of the seam. */
const questions: ReadonlyMap<string, AnswerableQuestion> = new Map([
  [
    'Invoice.tax' satisfies `Invoice.${CoreQuestion}`,
    {
      select: taxColumns,
      siteOf: (row) => (row as InvoiceRows).account.site,
      answer: (row, context) => assessedInvoice(row as InvoiceRows, context as Context),
    },
  ],
]);

type Admit = (context: object, info: GraphQLResolveInfo) => void;

/** The guard leaves its measure on the root type, since it belongs to the builder that made the schema. */
function admit(context: object, info: GraphQLResolveInfo): void {
  (info.parentType.extensions.admit as Admit | undefined)?.(context, info);
}

interface RowLoader {
  loadSelection(info: GraphQLResolveInfo, row: object): unknown;
}

/**
 * A query cannot fold a selection in when another field beside it reads the same list in another way. The row's own
 * loader then brings it, for all such rows of an operation at once.
 */
function parent(row: object, context: object, info: GraphQLResolveInfo): unknown {
  const { parentType, path } = info;
  if (getLoaderMapping(context, path, parentType.name, row) != null) return row;
  const loaderOf = parentType.extensions.pothosPrismaLoader as ((context: object) => RowLoader) | undefined;
  return loaderOf === undefined ? row : loaderOf(context).loadSelection(info, row);
}
