import { no, type Result, yes } from '../base/result.ts';
import { apiKeyHash, apiKeyPrefix, readApiKey } from './api-key.ts';
import type { Directory } from './directory.ts';
import type { Credentials, Principal } from './principal.ts';
import type { VerifiedToken } from './token.ts';

export type AuthenticationRefusal = { readonly code: 'UNAUTHENTICATED' };

export interface Authenticator {
  /** Who this is, for HTTP, event streams and websockets alike. A wrong key and an unknown one look the same. */
  authenticate(credentials: Credentials): Promise<Result<Principal, AuthenticationRefusal>>;
  /** Whether somebody who was let in earlier still would be, with the same rights: asked again while a feed is open. */
  stillWelcome(principal: Principal, credentials: Credentials): Promise<boolean>;
}

export interface AuthenticatorOptions {
  readonly directory: Directory;
  readonly verifyToken: (token: string, nowMillis: number) => Promise<VerifiedToken | undefined>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long an answer of the directory may be used again, in milliseconds: the longest a revoked key lives on. */
  readonly rememberMillis?: number;
}

const refused = no<AuthenticationRefusal>({ code: 'UNAUTHENTICATED' });

/** One door for every transport (S7). Keys go to the directory by their hash, signed tokens to the verifier. */
export function createAuthenticator({
  directory,
  verifyToken,
  now,
  rememberMillis = 2_000,
}: AuthenticatorOptions): Authenticator {
  const remembered = remember<Principal | undefined>(rememberMillis, now);

  const byKey = async (sent: string): Promise<Principal | undefined> => {
    const key = readApiKey(sent.trim());
    if (key === undefined) return undefined;
    const hash = apiKeyHash(key);
    return remembered(hash, async () => {
      const found = await directory.findKey(hash, now());
      if (found === undefined) return undefined;
      const { organisationId, accountIds, sites, scopes } = found;
      return {
        kind: 'api-key',
        name: apiKeyPrefix(key),
        tenant: { organisationId, accountIds },
        sites,
        scopes: new Set(scopes),
        expiresAt: undefined,
      };
    });
  };

  const byToken = async (token: string): Promise<Principal | undefined> => {
    const verified = await verifyToken(token, now());
    if (verified === undefined) return undefined;
    return remembered(`${verified.issuer}\0${verified.subject}\0${token}`, async () => {
      const found = await directory.findOrganisation(verified.organisation);
      if (found === undefined) return undefined;
      return {
        kind: 'token',
        name: `${verified.issuer} ${verified.subject}`,
        tenant: { organisationId: found.organisationId, accountIds: found.accountIds },
        sites: found.sites,
        scopes: new Set(verified.scopes),
        expiresAt: verified.expiresAt,
      };
    });
  };

  const find = ({ authorization, apiKey }: Credentials): Promise<Principal | undefined> => {
    // Two credentials may name two people; we do not choose between them.
    if (authorization !== undefined && apiKey !== undefined) return Promise.resolve(undefined);
    if (apiKey !== undefined) return byKey(apiKey);
    const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (bearer === undefined) return Promise.resolve(undefined);
    return bearer.startsWith('acorn_') ? byKey(bearer) : byToken(bearer);
  };

  return {
    authenticate: async (credentials) => {
      const principal = await find(credentials);
      return principal === undefined ? refused : yes(principal);
    },
    stillWelcome: async (principal, credentials) => {
      const current = await find(credentials);
      return (
        current !== undefined &&
        same(current.tenant.accountIds, principal.tenant.accountIds) &&
        same([...current.scopes], [...principal.scopes])
      );
    },
  };
}

/** Ask once for many who want to know the same at the same time. Bounded; a failure is not remembered. */
function remember<Value>(forMillis: number, now: () => number, most = 10_000) {
  const answers = new Map<string, { readonly until: number; readonly answer: Promise<Value> }>();
  return (name: string, ask: () => Promise<Value>): Promise<Value> => {
    const known = answers.get(name);
    if (known !== undefined && known.until > now()) return known.answer;
    const answer = ask();
    answers.delete(name);
    answers.set(name, { until: now() + forMillis, answer });
    answer.catch(() => answers.delete(name));
    const oldest = answers.keys().next();
    if (answers.size > most && oldest.done !== true) answers.delete(oldest.value);
    return answer;
  };
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && new Set([...a, ...b]).size === a.length;
