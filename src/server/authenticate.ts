import { addressFilter } from '../base/address-block.ts';
import { no, type Result, yes } from '../base/result.ts';
import { tenantKey } from '../store/database.ts';
import { apiKeyHash, apiKeyPrefix, readApiKey } from './api-key.ts';
import type { Directory, Known } from './directory.ts';
import type { Credentials, Principal } from './principal.ts';
import { tenantOf } from './tenant.ts';
import type { VerifiedToken } from './token.ts';

export type AuthenticationRefusal = { readonly code: 'UNAUTHENTICATED' };

export interface Authenticator {
  /** Who this is, for HTTP, event streams and websockets alike. A wrong key and an unknown one look the same. */
  authenticate(credentials: Credentials): Promise<Result<Principal, AuthenticationRefusal>>;
  /** Whether somebody who was let in earlier still would be, with the same rights: asked again while a feed is open. */
  stillWelcome(principal: Principal, credentials: Credentials): Promise<boolean>;
}

interface Remembered {
  readonly principal: Principal;
  readonly mayComeFrom: (address: string | undefined) => boolean;
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
  const remembered = remember<Remembered | undefined>(rememberMillis, now);

  const byKey = async (sent: string, address: string | undefined): Promise<Principal | undefined> => {
    const key = readApiKey(sent.trim());
    if (key === undefined) return undefined;
    const hash = apiKeyHash(key);
    const found = await remembered(hash, async () => {
      const known = await directory.findKey(hash, now());
      if (known === undefined) return undefined;
      const principal = principalOf('api-key', apiKeyPrefix(key), known, undefined);
      return { principal, mayComeFrom: addressFilter(known.allowedAddresses) };
    });
    return found?.mayComeFrom(address) === true ? found.principal : undefined;
  };

  const byToken = async (token: string): Promise<Principal | undefined> => {
    const verified = await verifyToken(token, now());
    if (verified === undefined) return undefined;
    const { issuer, subject, expiresAt } = verified;
    const found = await remembered(`${issuer}\0${subject}\0${token}`, async () => {
      const known = await (verified.rights === 'granted'
        ? directory.findMember(verified, now())
        : directory.findVouchedFor(verified, now()));
      return (
        known && { principal: principalOf('token', `${issuer} ${subject}`, known, expiresAt), mayComeFrom: anywhere }
      );
    });
    return found?.principal;
  };

  const find = ({ authorization, apiKey, address }: Credentials): Promise<Principal | undefined> => {
    // Two credentials may name two people; we do not choose between them.
    if (authorization !== undefined && apiKey !== undefined) return Promise.resolve(undefined);
    if (apiKey !== undefined) return byKey(apiKey, address);
    const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (bearer === undefined) return Promise.resolve(undefined);
    return bearer.startsWith('acorn_') ? byKey(bearer, address) : byToken(bearer);
  };

  return {
    authenticate: async (credentials) => {
      const principal = await find(credentials);
      return principal === undefined ? refused : yes(principal);
    },
    stillWelcome: async (principal, credentials) => {
      const current = await find(credentials);
      return current !== undefined && fingerprint(current) === fingerprint(principal);
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

const anywhere = (): boolean => true;

const principalOf = (
  kind: Principal['kind'],
  name: string,
  known: Known,
  expiresAt: number | undefined,
): Principal => ({
  kind,
  name,
  tenant: tenantOf(known),
  sites: known.sites,
  scopes: new Set(known.rights.keys()),
  rights: known.rights,
  everywhere: known.everywhere,
  expiresAt,
});

/** All that decides what somebody sees and may do, as text. */
const fingerprint = ({ tenant, rights }: Pick<Principal, 'tenant' | 'rights'>): string =>
  JSON.stringify([tenantKey(tenant), [...rights].map(([right, accounts]) => [right, [...accounts].sort()]).sort()]);
