import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import type { Result } from '../base/result.ts';
import type { Connector } from '../seams/connector.ts';
import type { InstalledSites } from '../seams/installed-sites.ts';
import type { Plugin } from '../seams/plugin.ts';
import type { Selection } from '../seams/schema.ts';

/** What the core brings to every composition: values, so that compose stays pure. */
export interface Core {
  readonly version: string;
  /** The core's own schema, before any plugin. */
  readonly schema: GraphQLSchema;
  /** Names of the models a plugin may select from or read, with their members. */
  readonly models: ReadonlyMap<string, ReadonlySet<string>>;
  /** The model a member leads to, by `Model.member`. Members that are not here are columns. */
  readonly relations?: ReadonlyMap<string, string>;
  /** What plugins' fields have done for them as the core's own have. Left out, nothing is: for cores without a database. */
  readonly fields?: CoreFields;
  readonly scopes: ReadonlySet<string>;
  /** The named slots there are. */
  readonly slots: ReadonlySet<string>;
  /** Kinds of change the log knows. */
  readonly changeKinds: ReadonlySet<string>;
}

/** What the core does around every field, for fields that it did not build itself. */
export interface CoreFields {
  /** Before a root field: bounds of the operation. @throws what the core's own root fields would */
  admit(context: object, info: GraphQLResolveInfo): void;
  /** The parent's row with all that its field selects: as its query brought it, or fetched when that could not. */
  parent(row: object, context: object, info: GraphQLResolveInfo): unknown;
  /** What the core answers of a row when a plugin's field asks it, by type and question, such as `Invoice.tax`. */
  readonly questions?: ReadonlyMap<string, AnswerableQuestion>;
}

/** A question that the core can be asked of a row. */
export interface AnswerableQuestion {
  /** Columns the answer is made of. */
  readonly select: Selection;
  /** Code of the site the row belongs to. */
  siteOf(row: object): string;
  /** @throws GraphQLError coded, when the site has no answer */
  answer(row: object, context: object): unknown;
}

/** What an operator wrote about plugins. */
export interface PluginSettings {
  /** By plugin id. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Plugins allowed to run outside their platform range: logged loudly, shown in the API. */
  readonly allowPlatformMismatch?: readonly string[];
  /** Rows for the tables of sites, by site code. */
  readonly siteTables?: Readonly<Record<string, unknown>>;
  /** What the lock file says was installed last; absent on a first start. */
  readonly lock?: PluginLock;
}

/** A plugin from outside the tree, as far as it came: anything at all may be exported there. */
export interface OutsidePlugin {
  /** The name of its package, or its file, as written in `plugins.install`. */
  readonly from: string;
  /** Its default export; absent when it could not be imported. */
  readonly exported?: unknown;
  /** Why it could not be imported, for a person. */
  readonly trouble?: string;
}

/**
 * The migrations in a plugin's folder by name, each file's bytes. Handed to compose, which opens no file itself.
 * @throws Error when they cannot be read, with the reason
 */
export type ReadMigrations = (folder: URL) => Readonly<Record<string, Uint8Array>>;

/** What `schema/plugins.lock.json` records, so that a change of plugins is a diff. */
export interface PluginLock {
  readonly platform: string;
  readonly plugins: readonly LockedPlugin[];
}

export interface LockedPlugin {
  readonly id: string;
  readonly version: string;
  /** SHA-256 of the SDL it adds; absent when it adds none. */
  readonly schema?: string;
  /** SHA-256 of each migration, by name. */
  readonly migrations?: Readonly<Record<string, string>>;
}

/** Everything that is wrong, each with who, what and the cure. Sorted by plugin, then element: the same on every run. */
export interface Problem {
  readonly code: ProblemCode;
  /** The plugin at fault; of two that clash, the one that comes later in order. */
  readonly plugin: string;
  /** What is wrong: a coordinate such as `Invoice.jp`, a slot, a configuration key. */
  readonly element: string;
  /** A whole sentence for a person, naming every plugin involved. */
  readonly message: string;
  /** What to do about it. */
  readonly cure: string;
}

export type ProblemCode =
  | 'NOT_A_PLUGIN'
  | 'DUPLICATE_PLUGIN'
  | 'PLATFORM_OUT_OF_RANGE'
  | 'REQUIREMENT_MISSING'
  | 'REQUIREMENT_OUT_OF_RANGE'
  | 'REQUIREMENT_CYCLE'
  | 'PLUGIN_CONFLICT'
  | 'DUPLICATE_SITE'
  | 'DUPLICATE_MARKETPLACE'
  | 'DUPLICATE_CONNECTOR'
  | 'DUPLICATE_IDENTIFIER_SCHEME'
  | 'SLOT_UNKNOWN'
  | 'SLOT_TAKEN'
  | 'DUPLICATE_TYPE'
  | 'DUPLICATE_FIELD'
  | 'SDL_INVALID'
  | 'NOT_ADDITIVE'
  | 'NAME_WITHOUT_PREFIX'
  | 'FIELD_UNDECLARED'
  | 'FIELD_WITHOUT_RIGHT'
  | 'FIELD_NOT_NULLABLE'
  | 'DESCRIPTION_MISSING'
  | 'MODEL_UNKNOWN'
  | 'COLUMN_UNKNOWN'
  | 'MODEL_UNDECLARED'
  | 'QUESTION_UNKNOWN'
  | 'SCOPE_UNKNOWN'
  | 'SCOPE_WITHOUT_PREFIX'
  | 'EVENT_WITHOUT_SCHEMA'
  | 'EVENT_UNKNOWN'
  | 'EXAMPLE_INVALID'
  | 'CONFIG_INVALID'
  | 'CONFIG_UNKNOWN'
  | 'SITE_TABLE_INVALID'
  | 'MIGRATION_CHANGED'
  | 'MIGRATION_UNREADABLE';

/** Plugins that fit together, in the order in which they start. Order follows from requirements and ids, never from a list. */
export interface Composition {
  readonly plugins: readonly Plugin[];
  readonly sites: InstalledSites;
  readonly connectors: readonly Connector[];
  /** What fills a slot at a site; `undefined` when nobody does. */
  slot(name: string, site: string): { readonly plugin: string; readonly fill: unknown } | undefined;
  /** The checked configuration of a plugin. */
  configOf(id: string): unknown;
  /** The schema with every plugin. */
  readonly schema: GraphQLSchema;
  /** The schema a tenant with accounts at these sites sees. The same set is the same object. */
  schemaFor(sites: readonly string[]): GraphQLSchema;
  /** Who owns each type and field that is not the core's, by coordinate. */
  readonly owners: ReadonlyMap<string, string>;
  readonly lock: PluginLock;
  /** What an operator should know though nothing is wrong, such as a range that was overridden. Sorted. */
  readonly notices: readonly Notice[];
}

export interface Notice {
  readonly plugin: string;
  /** A whole sentence for a person. */
  readonly message: string;
}

export type Composed = Result<Composition, readonly Problem[]>;
