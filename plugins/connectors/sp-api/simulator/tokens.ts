// Login with Amazon: a refresh token becomes an access token that says whose it is and when it dies.
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { SimulatedAccount } from './accounts.ts';
import type { Instant } from './clock.ts';

/** Simulated seconds. */
export const tokenSeconds = 3600;

export type Granted = {
  readonly status: 200;
  readonly body: { access_token: string; refresh_token: string; token_type: string; expires_in: number };
};
export type NotGranted = { readonly status: 400 | 401; readonly body: { error: string; error_description: string } };

/** Answer a token request. @source Login with Amazon, "Access token request" and its error responses */
export function grant(
  accounts: readonly SimulatedAccount[],
  form: ReadonlyMap<string, string>,
  now: Instant,
): Granted | NotGranted {
  for (const name of ['grant_type', 'client_id', 'client_secret']) {
    if (!form.get(name)) return no(400, 'invalid_request', `The request is missing a required parameter : ${name}`);
  }
  if (form.get('grant_type') !== 'refresh_token') {
    return no(
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server',
    );
  }
  const client = accounts.filter((account) => account.clientId === form.get('client_id'));
  if (!client.some((account) => account.clientSecret === form.get('client_secret'))) {
    return no(401, 'invalid_client', 'Client authentication failed');
  }
  const account = client.find((candidate) => candidate.refreshToken === form.get('refresh_token'));
  if (!account) return no(400, 'invalid_grant', 'The request has an invalid grant parameter : refresh_token');
  const access_token = accessToken(account, now);
  return {
    status: 200,
    body: { access_token, refresh_token: account.refreshToken, token_type: 'bearer', expires_in: tokenSeconds },
  };
}

const no = (status: 400 | 401, error: string, error_description: string): NotGranted => ({
  status,
  body: { error, error_description },
});

/** Signed, not stored: a token outlives a restart. No two are alike, even where the clock stands still. */
function accessToken(account: SimulatedAccount, now: Instant): string {
  const claim = Buffer.from(JSON.stringify([account.name, now, randomUUID()])).toString('base64url');
  return `Atza|${claim}.${sign(account, claim)}`;
}

const sign = (account: SimulatedAccount, claim: string): string =>
  createHmac('sha256', account.clientSecret).update(claim).digest('base64url');

export type Bearer =
  | { readonly kind: 'valid'; readonly account: SimulatedAccount }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' };

/** Whose token this is at `now`. */
export function bearerOf(accounts: readonly SimulatedAccount[], token: string, now: Instant): Bearer {
  const [, claim, signature] = /^Atza\|([\w-]+)\.([\w-]+)$/.exec(token) ?? [];
  if (!claim || !signature) return { kind: 'invalid' };
  const read = readClaim(claim);
  const account = accounts.find((candidate) => candidate.name === read?.name);
  if (!read || !account) return { kind: 'invalid' };
  const wanted = Buffer.from(sign(account, claim));
  const given = Buffer.from(signature);
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return { kind: 'invalid' };
  // Under a clock that was set back a token is younger than new, and still good.
  return now >= read.issuedAt + tokenSeconds * 1000 ? { kind: 'expired' } : { kind: 'valid', account };
}

function readClaim(claim: string): { name: string; issuedAt: Instant } | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(claim, 'base64url').toString('utf8'));
    if (!Array.isArray(read)) return undefined;
    const [name, issuedAt] = read as unknown[];
    return typeof name === 'string' && typeof issuedAt === 'number' ? { name, issuedAt } : undefined;
  } catch {
    return undefined;
  }
}
