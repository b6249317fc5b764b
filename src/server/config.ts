import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { OperatorError } from '../base/operator-error.ts';
import { secretKeyBytes } from '../base/secret-box.ts';
import type { NatsServers } from '../change-log/bell-nats.ts';
import {
  type AccountConfig,
  type IssuerConfig,
  type LogLevel,
  logLevels,
  type PluginsConfig,
  type WebhooksConfig,
} from './define-config.ts';
import { type FeedLimits, usualFeedLimits } from './feed-limits.ts';
import { taxProfileShape } from './tax-profile-config.ts';

/** Everything a running Acorn was told, checked and whole. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  /** Absent: the PostgreSQL that comes with Acorn, on `dataFolder`. */
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
  /** Absent: whatever suits the command. */
  readonly logLevel: LogLevel | undefined;
  readonly pollSeconds: number | undefined;
  /** Days that the change log is kept; 0: for ever. */
  readonly keepDays: number;
  readonly allowedOrigins: readonly string[];
  readonly issuers: readonly IssuerConfig[];
  readonly accounts: readonly AccountConfig[];
  readonly plugins: Required<PluginsConfig>;
  /** Absent: gateways hear from PostgreSQL that the log grew. */
  readonly bell: { readonly nats?: NatsServers | undefined };
  readonly limits: FeedLimits;
  readonly webhooks: Required<WebhooksConfig>;
  /** The first seals, all open. Empty: see `secretKey` in define-config.ts. */
  readonly secretKeys: readonly Uint8Array[];
  readonly demo: { readonly seed: number; readonly speed: number; readonly ordersPerMonth: number | undefined };
  /** Texts that may appear nowhere: not in a log, not in an error. */
  readonly secrets: readonly string[];
}

const text = (what: string) =>
  z
    .string({ error: `write ${what}` })
    .trim()
    .min(1, { error: `write ${what}` });
const webAddress = (what: string) =>
  text(what).refine(isSafeAddress, { error: `write ${what}, beginning with https:// (http:// only on this machine)` });
const httpOrigin = text('an origin such as "https://app.example.com"').refine((value) => origin(value) === value, {
  error: 'write an origin such as "https://app.example.com", without a path',
});

const account = z.strictObject({
  organisation: text('the name of the organisation that owns the account'),
  name: text('your name for the account'),
  site: text('where Amazon buys, such as "US"; "acorn plugins" lists the sites'),
  marketplaceId: text('the id of the Amazon store, such as "ATVPDKIKX0DER"'),
  vendorCodes: z.array(text('a vendor code, such as "ACME1"'), { error: 'write a list of vendor codes' }),
  connector: text('the name of a connector, such as "sp-api", or leave it out').optional(),
  settings: z.record(z.string(), z.unknown(), { error: 'write the connector’s settings, { … }' }).optional(),
  tax: taxProfileShape.optional(),
});

const issuer = z.strictObject({
  issuer: text('the exact "iss" of its tokens'),
  audience: text('the exact "aud" of its tokens'),
  jwksUri: webAddress('the address of its key set'),
  organisationClaim: text('the name of a claim').optional(),
  type: text('the "typ" of its tokens').optional(),
  rights: z.enum(['vouched', 'granted'], { error: 'write "vouched" or "granted"' }).optional(),
});

const natsServer = text('a server such as "nats-1:4222"').regex(/^[\w.[\]:-]+:\d{1,5}$/, {
  error: 'write a server as host:port, such as "nats-1:4222"; user, password and token are keys of their own',
});
const nats = z
  .strictObject({
    servers: z.array(natsServer, { error: 'write a list of servers' }).min(1, 'write one server or more'),
    replicas: z.union([z.literal(1), z.literal(3), z.literal(5)], { error: 'write 1, 3 or 5' }).default(3),
    tls: z.boolean({ error: 'write true or false' }).optional(),
    user: text('a user').optional(),
    password: text('a password').optional(),
    token: text('a token').optional(),
  })
  .optional();

/** A limit nobody can set to nothing: whoever wants no sockets gives no keys. */
const limit = (usual: number) => z.int('write a whole number').min(1, 'write 1 or more').default(usual);

const port = z.coerce.number({ error: 'write a port between 0 and 65535, such as 4000' });
const seconds = z.coerce.number({ error: 'write a number of seconds, such as 60' });
const secretKey = text('a key of 32 bytes, such as "openssl rand -base64 32" writes')
  .transform((keys) => keys.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
  .refine((keys) => keys.every(({ length }) => length === secretKeyBytes), {
    error: 'write 32 bytes in base64, as "openssl rand -base64 32" does; several are separated by commas',
  });
const yesOrNo = z.boolean({ error: 'write true or false' });
const days = z.coerce.number({ error: 'write a number of days, such as 400, or 0 for ever' });
const databaseUrl = text('a connection string such as postgres://user:password@host:5432/acorn');

const file = z.strictObject({
  host: text('an address to listen on, such as 127.0.0.1').default('127.0.0.1'),
  port: port
    .int('write a whole number')
    .min(0, 'write a port between 0 and 65535')
    .max(65_535, 'write a port between 0 and 65535')
    .default(4000),
  databaseUrl: databaseUrl
    .regex(/^postgres(ql)?:\/\//, 'write a connection string such as postgres://user:password@host:5432/acorn')
    .optional(),
  dataFolder: text('a folder, such as ./data').default('./data'),
  logLevel: z.enum(logLevels, { error: `write one of ${logLevels.join(', ')}` }).optional(),
  pollSeconds: seconds.min(1, 'write 1 or more').max(86_400, 'write 86400 (one day) or less').optional(),
  keepDays: days.int('write a whole number').min(0, 'write 0 or more').max(36_500, 'write 36500 or less').default(400),
  allowedOrigins: z.array(httpOrigin, { error: 'write a list of origins' }).default([]),
  issuers: z.array(issuer, { error: 'write a list of issuers' }).default([]),
  accounts: z.array(account, { error: 'write a list of accounts' }).default([]),
  plugins: z
    .strictObject({
      install: z
        .array(text('the name of a package, or a file such as "./my-plugin/index.ts"'), {
          error: 'write a list of packages and files',
        })
        .default([]),
      config: z.record(z.string(), z.unknown(), { error: 'write configuration by plugin id, { … }' }).default({}),
      siteTables: z
        .union([text('the name of a file'), z.record(z.string(), z.unknown())], {
          error: 'write tables by site code, { … }, or the name of a JSON file that holds them',
        })
        .default({}),
      allowPlatformMismatch: z.array(text('the id of a plugin'), { error: 'write a list of plugin ids' }).default([]),
    })
    .prefault({}),
  bell: z.strictObject({ nats }).prefault({}),
  limits: z
    .strictObject({
      socketsPerKey: limit(usualFeedLimits.socketsPerKey),
      subscriptionsPerKey: limit(usualFeedLimits.subscriptionsPerKey),
      subscriptionsPerSocket: limit(usualFeedLimits.subscriptionsPerSocket),
      replayPerMinute: limit(usualFeedLimits.replayPerMinute),
      lagChanges: limit(usualFeedLimits.lagChanges),
    })
    .prefault({}),
  webhooks: z
    .strictObject({ allowHttp: yesOrNo.default(false), allowPrivateAddresses: yesOrNo.default(false) })
    .prefault({}),
  secretKey: secretKey.default([]),
  demo: z
    .strictObject({
      seed: z.int('write a whole number').default(20_251_123),
      speed: z
        .number('write a number of seconds')
        .min(0, 'write 0 or more')
        .max(100_000, 'write 100000 or less')
        .default(300),
      ordersPerMonth: z
        .int('write a whole number')
        .min(1, 'write 1 or more')
        .max(10_000, 'write 10000 or less')
        .optional(),
    })
    .prefault({}),
});

/** Which environment variable stands for which key. An empty one counts as not set. */
const variables = {
  HOST: 'host',
  PORT: 'port',
  DATABASE_URL: 'databaseUrl',
  ACORN_DATA: 'dataFolder',
  LOG_LEVEL: 'logLevel',
  ACORN_POLL_SECONDS: 'pollSeconds',
  ACORN_SECRET_KEY: 'secretKey',
  ACORN_KEEP_DAYS: 'keepDays',
} as const;

/**
 * Put environment and file together and check them.
 *
 * @param environment such as `process.env`; a variable that is set wins over the file
 * @param written     what `acorn.config.ts` exports; anything at all, since a person wrote it
 * @throws OperatorError CONFIGURATION_INVALID, naming every key that is wrong and what to write there
 */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  written: unknown = {},
): Configuration {
  const troubles: string[] = [];
  const resolved = resolveReferences(written ?? {}, environment, [], troubles);
  const cameFrom = new Map<string, string>();
  const merged: Record<string, unknown> = isRecord(resolved) ? { ...resolved } : {};
  if (!isRecord(resolved)) troubles.push('acorn.config.ts: export default defineConfig({ … })');
  for (const [variable, key] of Object.entries(variables)) {
    const value = environment[variable];
    if (value === undefined || value.trim() === '') continue;
    merged[key] = value;
    cameFrom.set(key, variable);
  }

  const parsed = file.safeParse(merged);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      troubles.push(...describe(issue, cameFrom));
    }
  }
  const twice = parsed.success ? duplicates(parsed.data.accounts) : [];
  for (const name of twice) {
    troubles.push(`acorn.config.ts: accounts: two accounts are called ${name}: give each its own name`);
  }
  if (!parsed.success || troubles.length > 0) {
    throw new OperatorError(
      'CONFIGURATION_INVALID',
      troubles.length === 1
        ? `The configuration is wrong: ${troubles[0]}.`
        : `The configuration is wrong in ${troubles.length} places:\n${troubles.map((trouble) => `  ${trouble}.`).join('\n')}`,
    );
  }
  const { secretKey: secretKeys, ...data } = parsed.data;
  return {
    ...data,
    secretKeys,
    // Zod writes undefined for what was left out; exact optional types want it absent.
    accounts: data.accounts.map(withoutUndefined<AccountConfig>),
    issuers: data.issuers.map(withoutUndefined<IssuerConfig>),
    databaseUrl: data.databaseUrl,
    demo: { ...data.demo, ordersPerMonth: data.demo.ordersPerMonth },
    dataFolder: resolve(data.dataFolder),
    logLevel: data.logLevel,
    pollSeconds: data.pollSeconds,
    secrets: [
      ...secretsOf(data.databaseUrl, data.accounts, [data.bell.nats?.password, data.bell.nats?.token]),
      ...secretKeys.map((key) => key.toString('base64')),
    ],
  };
}

/** Read `acorn.config.ts` of a folder, or nothing when there is none. */
export async function readConfigFile(folder: string): Promise<unknown> {
  const path = join(folder, 'acorn.config.ts');
  if (!existsSync(path)) return {};
  try {
    const { default: written } = (await import(pathToFileURL(path).href)) as { default?: unknown };
    // In a folder whose package.json does not say "module", the file is CommonJS and its default one step further in.
    return isRecord(written) && 'default' in written ? written.default : written;
  } catch (error) {
    throw new OperatorError(
      'CONFIGURATION_INVALID',
      `acorn.config.ts cannot be read: ${error instanceof Error ? firstLine(error.message) : String(error)}.`,
      { cause: error },
    );
  }
}

/** Zod's issue as "where: what to write". A wrong value is never repeated: it may be a secret in the wrong place. */
function describe(issue: z.core.$ZodIssue, cameFrom: ReadonlyMap<string, string>): string[] {
  const key = path(issue.path);
  const variable = cameFrom.get(key);
  const where = variable ?? `acorn.config.ts: ${key}`;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => `acorn.config.ts: ${path([...issue.path, name])}: there is no such key; remove it`);
  }
  return [`${where}: ${issue.message}`];
}

const path = (parts: readonly PropertyKey[]) =>
  parts
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');

function resolveReferences(
  value: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  at: readonly PropertyKey[],
  troubles: string[],
): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => resolveReferences(item, environment, [...at, index], troubles));
  }
  if (!isRecord(value)) return value;
  if (typeof value.fromEnv === 'string' && Object.keys(value).length === 1) {
    const found = environment[value.fromEnv];
    if (found !== undefined && found !== '') return found;
    troubles.push(`acorn.config.ts: ${path(at)}: the environment variable ${value.fromEnv} is not set; set it`);
    return 'missing';
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveReferences(item, environment, [...at, key], troubles)]),
  );
}

/** Passwords and every text among the settings, except addresses, which a person needs to see. */
function secretsOf(
  url: string | undefined,
  accounts: readonly { settings?: unknown }[],
  others: readonly unknown[],
): string[] {
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= 6 && !/^https?:\/\//.test(value)) found.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const { settings } of accounts) collect(settings);
  for (const other of others) collect(other);
  if (url !== undefined && URL.canParse(url)) {
    const { password } = new URL(url);
    collect(password);
    collect(decodeURIComponent(password));
  }
  return [...found];
}

function duplicates(accounts: readonly { organisation: string; name: string }[]): string[] {
  const seen = new Set<string>();
  return accounts
    .map(({ organisation, name }) => `"${name}" of "${organisation}"`)
    .filter((name) => seen.size === seen.add(name).size);
}

function isSafeAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}

const origin = (value: string) => (URL.canParse(value) ? new URL(value).origin : undefined);
const firstLine = (message: string) => message.split('\n')[0]?.replace(/\.$/, '') ?? '';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withoutUndefined<Whole>(value: object): Whole {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Whole;
}
