import { fromMillis, type Instant } from '../base/instant.ts';
import { OperatorError } from '../base/operator-error.ts';
import type { Composition } from '../plugin-host/composition.ts';
import { issuesOf } from '../plugin-host/validate.ts';
import type { Connector } from '../seams/connector.ts';
import { identifierSchemes } from '../seams/identifier-schemes.ts';
import { type AccountRow, ensureAccount, ensureOrganisation, listAccounts } from '../store/accounts.ts';
import { checkSession, type Database, openDatabase } from '../store/database.ts';
import type { Configuration } from './config.ts';
import type { AccountConfig } from './define-config.ts';
import { openStore } from './store.ts';
import { taxProfileOf } from './tax-profile-config.ts';

/** The database of this installation, open and up to date: what every command works on. */
export interface Platform {
  readonly database: Database;
  /** Made by migrations just now, for a person to read. */
  readonly applied: readonly string[];
  /** Holds a password: hide it, never log it. */
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** The machine's clock: asked here, and handed to everything that must know what time it is. */
export const wallClock = (): Instant => fromMillis(Date.now());

/** Open the installation's database. @throws OperatorError for everything an operator can put right */
export async function openPlatform(
  config: Configuration,
  { log, join }: { readonly log: (line: string) => void; readonly join?: boolean },
): Promise<Platform> {
  const store = await openStore(config, { log, ...(join === undefined ? {} : { join }) });
  const database = openDatabase(store.url);
  const close = async () => {
    await database.close();
    await store.stop();
  };
  try {
    await checkSession(database);
  } catch (error) {
    await close();
    throw error;
  }
  return { database, applied: store.applied, databaseUrl: store.url, close };
}

/** An account and how its documents arrive. */
export interface ConnectedAccount {
  readonly account: AccountRow;
  readonly connector: Connector;
  readonly settings: unknown;
}

/** What an account can be of, and connected by. */
export type Installed = Pick<Composition, 'plugins' | 'sites' | 'connectors'>;

/**
 * Make sure the accounts an operator wrote down are there, and find what each is connected by.
 * @throws OperatorError CONFIGURATION_INVALID for a site, store or connector that is not installed, for settings that
 *         are not as the connector's plugin needs them, and for a tax number that can be no good one of its kind
 */
export async function registerAccounts(
  database: Database,
  configured: readonly AccountConfig[],
  installed: Installed,
  now: () => Instant,
): Promise<ConnectedAccount[]> {
  const { sites, connectors } = installed;
  const connected: ConnectedAccount[] = [];
  for (const [index, written] of configured.entries()) {
    const at = `accounts[${index}]`;
    const found = sites.of(written.site);
    const marketplace = found.ok ? found.value.marketplaces.find(({ id }) => id === written.marketplaceId) : undefined;
    if (marketplace === undefined) throw notInstalled(at, written, installed);
    const connector = connectors.find(({ name }) => name === written.connector);
    if (connector === undefined && written.connector !== undefined) {
      throw wrong(`${at}.connector: write one of ${connectors.map(({ name }) => `"${name}"`).join(', ')}`);
    }
    checkSettings(at, written, installed);
    checkRegistrations(at, written, installed);
    const organisationId = await ensureOrganisation(database, written.organisation, now());
    const account = await ensureAccount(
      database,
      {
        organisationId,
        name: written.name,
        site: written.site,
        marketplaceId: written.marketplaceId,
        currency: marketplace.currency,
        timeZone: marketplace.timeZone,
        vendorCodes: [...written.vendorCodes],
        paymentTerms: null,
        connector: written.connector ?? null,
        taxProfile: written.tax === undefined ? null : taxProfileOf(written.tax),
      },
      now(),
    );
    if (connector !== undefined) connected.push({ account, connector, settings: written.settings ?? {} });
  }
  return connected;
}

/** The account of this name. @throws OperatorError naming those there are */
export async function findAccount(database: Database, name: string): Promise<AccountRow> {
  const accounts = await listAccounts(database);
  const found = accounts.filter((account) => account.name === name || account.accountId === name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 1) {
    throw wrong(
      `--account: ${found.length} organisations have an account "${name}": write its id instead, see "acorn accounts"`,
    );
  }
  const known = accounts.map((account) => `"${account.name}"`).join(', ');
  throw wrong(
    known === ''
      ? 'there are no accounts yet: add one to acorn.config.ts, or run "acorn start --demo" once'
      : `--account: there is no account "${name}": write one of ${known}`,
  );
}

/** What its plugin says about an account's settings. Never the value: every text among them may be a secret. */
function checkSettings(at: string, { connector, settings = {} }: AccountConfig, { plugins }: Installed): void {
  const schema = plugins.find((plugin) => plugin.connector?.name === connector)?.config?.account;
  if (connector === undefined || schema === undefined) return;
  const [first] = issuesOf(schema, settings);
  if (first === undefined) return;
  throw wrong(`${at}.settings${first.path === '' ? '' : `.${first.path}`}: ${first.message}`);
}

/** Numbers that can be no good ones of their kind. Of a kind that nobody here knows, nothing can be said. */
function checkRegistrations(at: string, { tax }: AccountConfig, { sites }: Installed): void {
  const known = identifierSchemes(sites).map(({ scheme }) => scheme);
  for (const [index, { scheme, number }] of (tax?.registrations ?? []).entries()) {
    const { verdict, reason } = known.find((one) => one.scheme === scheme)?.check(number) ?? {};
    if (verdict !== 'invalid') continue;
    throw wrong(`${at}.tax.registrations[${index}].number: write a good ${scheme} (${reason?.message ?? verdict})`);
  }
}

function notInstalled(at: string, { site, marketplaceId }: AccountConfig, { sites }: Installed): OperatorError {
  const found = sites.of(site);
  return found.ok
    ? wrong(
        `${at}.marketplaceId: "${marketplaceId}" is no store of site ${site}: write one of ${found.value.marketplaces.map(({ id, country }) => `"${id}" (${country})`).join(', ')}`,
      )
    : wrong(
        `${at}.site: the site "${site}" is not installed: write one of ${sites.codes.map((code) => `"${code}"`).join(', ')}`,
      );
}

const wrong = (what: string) => new OperatorError('CONFIGURATION_INVALID', `The configuration is wrong: ${what}.`);
