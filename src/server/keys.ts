import { allRoles } from '../../schema/roles.ts';
import { addMillis, type Instant } from '../base/instant.ts';
import { OperatorError } from '../base/operator-error.ts';
import { findOrganisation, keepApiKey, revokeApiKey } from '../store/access.ts';
import { ensureOrganisation } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import { type ApiKeyText, apiKeyHash, apiKeyPrefix, createApiKey } from './api-key.ts';

export interface KeyRequest {
  readonly organisation: string;
  /** For people to tell keys apart. */
  readonly name: string;
  /** The most it may do. Empty: every right there is. */
  readonly scopes: readonly string[];
  /** What its service account works as, when that is new. Empty: an owner. */
  readonly roles?: readonly string[];
  /** Days until it is over; left out, it lasts until it is revoked. */
  readonly days?: number | undefined;
}

const day = 24 * 60 * 60 * 1_000;

/**
 * Make a key. It is returned this once; what stays is its hash.
 *
 * @param rights every right there is here
 */
export async function createKey(
  database: Database,
  request: KeyRequest,
  rights: readonly string[],
  now: Instant,
): Promise<ApiKeyText> {
  const unknown = request.scopes.filter((scope) => !rights.includes(scope));
  if (unknown.length > 0) throw wrong(`--scope: there is no right "${unknown[0]}": write one of ${rights.join(', ')}`);
  if ((await findOrganisation(database, request.organisation, now)) === undefined) {
    throw wrong(
      `--organisation: there is no organisation "${request.organisation}": add it with its accounts to acorn.config.ts first, or see "acorn accounts"`,
    );
  }
  checkRoles(request.roles ?? []);
  const key = createApiKey();
  await keepApiKey(
    database,
    {
      organisationId: await ensureOrganisation(database, request.organisation, now),
      name: request.name,
      prefix: apiKeyPrefix(key),
      secretHash: apiKeyHash(key),
      scopes: request.scopes.length === 0 ? rights : request.scopes,
      ...(request.days === undefined ? {} : { expiresAt: addMillis(now, request.days * day) }),
    },
    now,
    request.roles === undefined || request.roles.length === 0 ? ['owner'] : request.roles,
  );
  return key;
}

/** End a key, by its first nineteen characters. What is open with it ends within seconds. */
export async function revokeKey(database: Database, prefix: string, now: Instant): Promise<void> {
  const revoked = await revokeApiKey(database, prefix.slice(0, 19), now);
  if (!revoked) throw wrong(`there is no key that begins with "${prefix.slice(0, 19)}"`);
}

/** @throws OperatorError for a role that there is not */
export function checkRoles(given: readonly string[]): void {
  const unknown = given.find((role) => !allRoles.some((known) => known === role));
  if (unknown !== undefined) throw wrong(`--role: there is no role "${unknown}": write one of ${allRoles.join(', ')}`);
}

const wrong = (what: string) => new OperatorError('CONFIGURATION_INVALID', `The command is wrong: ${what}.`);
