import type { Certificate, TaxRegistration } from '../seams/site.ts';
import type { TaxProfile } from '../seams/tax-profile.ts';

/** A secret that stands in the environment, not in the file: the file can then be committed. */
export interface EnvironmentReference {
  readonly fromEnv: string;
}

/** Take a value from the environment variable `name` when Acorn starts. Missing, it is an error that names it. */
export const fromEnv = (name: string): EnvironmentReference => ({ fromEnv: name });

/** The tax profile of an account as an operator writes it down. */
export type TaxProfileConfig = Omit<TaxProfile, 'registrations' | 'certificates'> & {
  /** All that it has; `[]` says that it is registered nowhere. */
  readonly registrations: readonly WithPlainDays<TaxRegistration>[];
  readonly certificates?: readonly WithPlainDays<Certificate>[];
};

/** Days as text such as `2026-11-23`; whether they exist is checked at start. */
type WithPlainDays<Dated> = {
  readonly [Member in keyof Dated]: Member extends `valid${string}` ? string : Dated[Member];
};

/** A vendor account as an operator writes it down. */
export interface AccountConfig {
  /** Who owns it. An organisation is made the first time its name is seen. */
  readonly organisation: string;
  /** Your name for it, unique within the organisation. */
  readonly name: string;
  /** Where Amazon buys, such as `US`: the code of an installed site. */
  readonly site: string;
  /** The Amazon store, such as `ATVPDKIKX0DER`. */
  readonly marketplaceId: string;
  readonly vendorCodes: readonly string[];
  /** How its documents arrive, such as `sp-api`. Left out: only by `acorn import`. */
  readonly connector?: string;
  /** The connector's own settings. Every text in it is treated as a secret. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What taxes depend on and no document says. Left out: sites say what they miss, and never guess it. */
  readonly tax?: TaxProfileConfig;
}

/** Somebody whose tokens we believe. */
export interface IssuerConfig {
  /** The exact `iss`. */
  readonly issuer: string;
  /** The exact `aud` our tokens carry. */
  readonly audience: string;
  /** Where its public keys are: https, or http on this machine. */
  readonly jwksUri: string;
  /** The claim with the organisation's name. Default `organisation`. */
  readonly organisationClaim?: string;
  /** The `typ` its tokens carry in their header. Default `at+jwt`. @source RFC 9068, 2.1 */
  readonly type?: string;
  /**
   * Whose word counts for what its tokens may do. `vouched`, the default: the issuer's own, by the `scope` of each token,
   * over all accounts of the organisation it names. `granted`: that of the grants given here to the member whom the
   * token is about, bounded by its `scope` if it has one.
   */
  readonly rights?: 'vouched' | 'granted';
}

/** Plugins beside those that come with Acorn, and what an operator says to each. */
export interface PluginsConfig {
  /** Packages by name, from the folder of this file, or files such as `./my-plugin/index.ts`. Their order says nothing. */
  readonly install?: readonly string[];
  /** By plugin id; each plugin checks its own. */
  readonly config?: Readonly<Record<string, unknown>>;
  /**
   * Rows for the tables of sites, by site code: rates, days on which banks are open or closed, payment clocks,
   * agreements. Or the name of a JSON file with them, from the folder of this file.
   */
  readonly siteTables?: string | Readonly<Record<string, unknown>>;
  /** Ids of plugins that may run on a platform they were not written for. Every start warns of them. */
  readonly allowPlatformMismatch?: readonly string[];
}

/** Brokers that tell gateways when the change log grew, for installations of many gateways. */
export interface NatsConfig {
  /** `host:port` of some servers of a NATS cluster with JetStream, 2.9 or newer. */
  readonly servers: readonly string[];
  /** How many of them keep what is said: 3 (the default) or 5 of a cluster, 1 of a single server. */
  readonly replicas?: 1 | 3 | 5;
  /** Speak TLS; the servers' authority is one that Node trusts, see NODE_EXTRA_CA_CERTS. Default false. */
  readonly tls?: boolean;
  readonly user?: string | EnvironmentReference;
  readonly password?: string | EnvironmentReference;
  readonly token?: string | EnvironmentReference;
}

/** How much one key, or one token's subject, may have on one process. What is left out is as it comes. */
export interface LimitsConfig {
  /** Open websockets. Default 50. */
  readonly socketsPerKey?: number;
  /** Open subscriptions, by websocket and event stream together. Default 200. */
  readonly subscriptionsPerKey?: number;
  /** Operations running on one websocket. Default 20. */
  readonly subscriptionsPerSocket?: number;
  /** Changes of the past read in a minute, by feeds that catch up and by pages. Default 50000. */
  readonly replayPerMinute?: number;
  /** Changes by which a listener may be behind the others before it is told to come back. Default 10000. */
  readonly lagChanges?: number;
}

/** What webhooks may reach. By default only https, and nothing in private networks. */
export interface WebhooksConfig {
  /** Addresses that begin with http:// as well: what is sent can be read on the way. */
  readonly allowHttp?: boolean;
  /** Private, loopback and link-local addresses as well: whoever has `webhook:write` reaches them from here. */
  readonly allowPrivateAddresses?: boolean;
}

/** What `acorn.config.ts` may say. Everything is optional; the environment wins over it. */
export interface AcornConfig {
  /** Default 127.0.0.1: nobody else's business until you say so. */
  readonly host?: string;
  /** Default 4000; 0 takes any free one. */
  readonly port?: number;
  /** A PostgreSQL of your own. Left out: the one that comes with Acorn. */
  readonly databaseUrl?: string | EnvironmentReference;
  /** Where the database that comes with Acorn keeps its files. Default `./data`. */
  readonly dataFolder?: string;
  readonly logLevel?: LogLevel;
  /** Seconds between two looks at each account's source. */
  readonly pollSeconds?: number;
  /** Days that the change log is kept from the moment of recording; default 400, 0 is for ever. */
  readonly keepDays?: number;
  /** Web pages of these origins may call the API from a browser. Default: none. */
  readonly allowedOrigins?: readonly string[];
  readonly issuers?: readonly IssuerConfig[];
  readonly accounts?: readonly AccountConfig[];
  readonly plugins?: PluginsConfig;
  /** How gateways hear that the change log grew. Left out: from PostgreSQL, which needs nothing beside it. */
  readonly bell?: { readonly nats?: NatsConfig };
  /** How much of the feed one key may have. */
  readonly limits?: LimitsConfig;
  readonly webhooks?: WebhooksConfig;
  /**
   * What secrets are encrypted with in the database: 32 bytes in base64, as `openssl rand -base64 32` writes them. To
   * change it, write the new one, a comma and the old one. Left out: with the PostgreSQL that comes with Acorn, a file
   * in its data folder; with your own, secrets cannot be kept.
   */
  readonly secretKey?: string | EnvironmentReference;
  readonly demo?: {
    /** Which simulated world: the same seed is the same world. */
    readonly seed?: number;
    /** Simulated seconds in a real second. */
    readonly speed?: number;
    /** Orders a month of each vendor, instead of its own number: a small world, soon imported. */
    readonly ordersPerMonth?: number;
  };
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Write `acorn.config.ts` with an editor that knows what may stand in it. */
export const defineConfig = (config: AcornConfig): AcornConfig => config;
