import type { SqlDriverAdapterFactory } from '@prisma/client/runtime/client';
import type { Brand } from '../base/brand.ts';
import type { AccountId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Change, ChangeKind } from '../domain/changes.ts';
import type { Connector } from './connector.ts';
import type { SchemaAdditions } from './schema.ts';
import type { Site } from './site.ts';
import type { StandardSchema } from './standard-schema.ts';

/** Lower-case words joined by hyphens: `site-jp`. Unique; the prefix of everything the plugin owns. */
export type PluginId = Brand<string, 'PluginId'>;

/** A semantic version, `1.2.0`, and a range of them, `^1.2` or `>=1 <3`. */
export type Version = string;
export type VersionRange = string;

/**
 * A plugin: plain data and pure functions, so it can be listed, compared and tested without being started.
 *
 * Promise: importing it has no effect. It imports `acorn/plugin` and libraries of its own; never the core's inside, never
 * another plugin. Whatever it leaves out, it does not do.
 */
export interface Plugin {
  readonly id: string;
  readonly version: Version;
  /** What it is, in a sentence, for a list. */
  readonly description: string;
  /** The versions of this contract it was written for; see `platformVersion`. Out of range, nothing starts. */
  readonly platform: VersionRange;
  /** Plugins that must be there. Missing, out of range or in a circle, nothing starts. */
  readonly requires?: Readonly<Record<string, VersionRange>>;
  /** Plugins it comes after when they are there. */
  readonly after?: readonly string[];
  /** Plugins, and versions of them, it cannot stand beside. */
  readonly conflicts?: Readonly<Record<string, VersionRange>>;

  /** Sites it brings. */
  readonly sites?: readonly Site[];
  /** Only tenants with an account at one of these sites see what it adds to the schema. Left out: those it brings; none brought: everybody. */
  readonly visibleTo?: readonly string[];
  /** How documents of one kind arrive. */
  readonly connector?: Connector;
  /** Named slots it fills. Each slot has one winner per site. */
  readonly slots?: readonly SlotFilling[];
  /** What it may touch; shown when it is installed. What is not named is not handed over. */
  readonly capabilities?: Capabilities;
  readonly config?: PluginConfig;
  /** Types and fields it adds; it never changes or removes one. */
  readonly schema?: SchemaAdditions;
  /** Rights it adds, with what they open: `site-jp:read`. Denied unless granted. */
  readonly scopes?: Readonly<Record<string, string>>;

  /** Kinds of event it emits, each with the schema of what it carries and an example that satisfies it. */
  readonly emits?: Readonly<Record<string, EventKind>>;
  /** What it does when the log grows. Runs from the log with a cursor of its own, at least once, in order per account. */
  readonly on?: readonly Listener[];
  readonly jobs?: readonly Job[];

  /** Tables of its own, in a database schema of its own: the folder of its migrations, as `new URL('./migrations/', import.meta.url)`. */
  readonly migrations?: URL;
  readonly lifecycle?: Lifecycle;
  /** Asked now and then. Throwing, or taking longer than its deadline, counts as failed. */
  readonly health?: (services: PluginServices) => Promise<Health>;
  /** Cases with their answers, for the contract suites. */
  readonly golden?: readonly GoldenCase[];
}

export interface Capabilities {
  /** Core models it reads in resolvers, jobs and listeners. */
  readonly reads?: readonly string[];
  /** Hosts it talks to. */
  readonly network?: readonly string[];
}

export interface PluginConfig {
  /** For the installation, under `plugins: { 'site-jp': { … } }`. Checked at start. */
  readonly deployment?: StandardSchema;
  /** For each account it serves, checked when it is saved. */
  readonly account?: StandardSchema;
  /** Members, by path such as `credentials.token`, that are never shown, logged or returned. */
  readonly secrets?: readonly string[];
}

/** A place in the core where exactly one implementation stands, per site; see `Slots`. */
export interface SlotFilling {
  readonly slot: string;
  /** Left out: for every site that nobody fills it for. */
  readonly site?: string;
  readonly fill: unknown;
}

export interface EventKind {
  readonly version: number;
  readonly description: string;
  readonly schema: StandardSchema;
  readonly example: unknown;
}

export interface Listener {
  /** Kinds of change, or of other plugins' events as `plugin-id.event`. */
  readonly to: readonly (ChangeKind | (string & {}))[];
  /** Unique within the plugin: its place in the log is kept under this name. */
  readonly name: string;
  /** May be called again with the same, after a failure or a crash: what it does must bear that. Throwing means "again, later". */
  readonly handle: (heard: Heard, services: PluginServices) => Promise<void>;
}

/** What a listener hears. Without a `subject` it is an event of a plugin. */
export type Heard = (Change & { readonly accountId: AccountId }) | HeardEvent;

/** An event of a plugin, in the place in the account's log at which it was emitted. */
export interface HeardEvent {
  readonly accountId: AccountId;
  readonly subject?: undefined;
  readonly difference: {
    /** `plugin-id.event`, as listeners name it. */
    readonly kind: `${string}.${string}`;
    readonly version: number;
    readonly payload: unknown;
  };
  readonly occurredAt: Instant;
}

export interface Job {
  readonly name: string;
  /** From the end of one run to the start of the next. */
  readonly everySeconds: number;
  readonly deadlineSeconds: number;
  readonly run: (services: PluginServices, signal: AbortSignal) => Promise<void>;
}

/** What a plugin is handed when it runs: no more than its capabilities name. */
export interface PluginServices {
  readonly config: unknown;
  readonly log: {
    info(message: string, facts?: Readonly<Record<string, unknown>>): void;
    warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  };
  readonly now: () => Instant;
  /**
   * Statements on the plugin's own tables, for one account, in one transaction under row security. The core models that
   * `capabilities.reads` names can be read there too, by the same account's rows. The transaction has a deadline.
   */
  readonly tables: <T>(accountId: AccountId, work: (query: OwnTables) => Promise<T>) => Promise<T>;
  /**
   * The same rows through a Prisma client of the plugin's own, generated by the plugin from models of its own and shipped
   * with it. The tables come from `migrations`, as ever; models name them with `@@map`.
   *
   * ```ts
   * services.models(accountId, (adapter) => new PrismaClient({ adapter }), (db) => db.note.findMany())
   * ```
   *
   * Everything the client does happens in one transaction of `tables`, and what holds there holds here; the client is
   * disconnected with it. A `$transaction` is a part of it that can be undone alone; while one is open, only its own `tx`
   * is answered, and a level of isolation cannot be chosen. Once a statement outside any has failed, nothing more is
   * answered, and nothing is kept.
   */
  readonly models: <Client extends PrismaClientLike, T>(
    accountId: AccountId,
    open: (adapter: PrismaAdapter) => Client,
    work: (client: Client) => PromiseLike<T>,
  ) => Promise<T>;
  /**
   * Append an event the plugin declares in `emits` to the account's log, for listeners of other plugins.
   * @param key the same key emits once, however often it is called: a listener that runs again does not repeat itself
   * @throws for an event that is not declared, and for a payload its schema refuses
   */
  readonly emit: (accountId: AccountId, event: string, payload: unknown, key?: string) => Promise<void>;
}

/** One statement: `select`, `insert`, `update`, `delete`, `merge` or `with`. Values as `$1`, `$2`. */
export type OwnTables = <Row>(text: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** What the constructor of a generated Prisma client takes as `adapter`. */
export type PrismaAdapter = SqlDriverAdapterFactory;

/** Any generated Prisma client. */
export interface PrismaClientLike {
  $disconnect(): Promise<void>;
}

/** All time-limited. Stopping runs in the reverse order of starting. */
export interface Lifecycle {
  readonly onStart?: (services: PluginServices) => Promise<void>;
  readonly onStop?: (services: PluginServices) => Promise<void>;
}

export type Health =
  | { readonly status: 'OK' }
  | {
      readonly status: 'DEGRADED' | 'FAILED' /** For an operator: what is wrong and what to do. */;
      readonly problem: string;
    };

/** An input of one of the plugin's rules, and the answer that must come. */
export interface GoldenCase {
  readonly rule: 'tax' | 'payday' | 'settlement' | 'identifier';
  readonly name: string;
  readonly site: string;
  /**
   * A `TaxableInvoice` for `tax`, a `CalendarDate` for `payday`, a `SettlementQuestion` for `settlement`, an
   * `IdentifierInput` for `identifier`.
   */
  readonly input: unknown;
  /**
   * The whole result, `yes(…)` or `no(…)`: a refusal is an answer too. Of a settlement, those members that the case is
   * about: what it leaves out may be anything. Of `identifier` it is the `IdentifierCheck`.
   */
  readonly answer: unknown;
  /** Who says that this is the answer. */
  readonly source?: string;
}

/** What the golden case of an identifier asks: a text, of one of the site's schemes. */
export interface IdentifierInput {
  readonly scheme: string;
  readonly text: string;
}

/** The version of this contract. Its major number changes when a plugin that was right would stop being so. */
export const platformVersion: Version = '1.0.0';

/** A plugin, checked as far as types can. Everything else is checked by `compose`. */
export const definePlugin = (plugin: Plugin): Plugin => plugin;
