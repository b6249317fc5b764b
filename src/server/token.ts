import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import type { IssuerConfig } from './define-config.ts';

/** Signatures we accept: with a public key only, so nobody's key set can be turned into a shared secret. */
const algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'];

/** A token that is right, and what it says. */
export interface VerifiedToken {
  readonly issuer: string;
  readonly subject: string;
  readonly organisation: string;
  /** What its `scope` lists; left out when it has none. */
  readonly scopes?: readonly string[];
  /** Whether rights are as the token says, or as they were granted here. */
  readonly rights: 'vouched' | 'granted';
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The keys of an issuer could not be fetched: the token may well be right, ask again. */
export class IssuerUnreachable extends Error {
  override readonly name = 'IssuerUnreachable';
}

/**
 * Check signed tokens of the configured issuers, and of nobody else. Issuer, audience, algorithm and type are
 * pinned; where the keys are is configuration, so nothing in a token decides what is fetched or believed (S5).
 *
 * @returns the token, or nothing when it is not to be believed, without saying why
 * @throws IssuerUnreachable when its keys cannot be had just now
 */
export function tokenVerifier(issuers: readonly IssuerConfig[]) {
  const known = new Map(
    issuers.map((config) => [
      config.issuer,
      {
        config,
        keys: createRemoteJWKSet(new URL(config.jwksUri), { timeoutDuration: 5_000, cooldownDuration: 30_000 }),
      },
    ]),
  );

  return async (token: string, nowMillis: number): Promise<VerifiedToken | undefined> => {
    const found = known.get(claimedIssuer(token));
    if (found === undefined) return undefined;
    const { config, keys } = found;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: config.issuer,
        audience: config.audience,
        algorithms,
        typ: config.type ?? 'at+jwt',
        clockTolerance: 30,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(nowMillis),
      });
      return read(payload, config);
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError) || isBadKeySet(error)) {
        throw new IssuerUnreachable(`the keys of ${config.issuer} cannot be fetched`, { cause: error });
      }
      return undefined;
    }
  };
}

function read(payload: JWTPayload, config: IssuerConfig): VerifiedToken | undefined {
  const organisation = payload[config.organisationClaim ?? 'organisation'];
  if (typeof organisation !== 'string' || payload.sub === undefined || payload.exp === undefined) return undefined;
  const scope = payload.scope;
  return {
    issuer: config.issuer,
    subject: payload.sub,
    organisation,
    ...(typeof scope === 'string' ? { scopes: scope.split(' ').filter(Boolean) } : {}),
    rights: config.rights ?? 'vouched',
    expiresAt: payload.exp * 1_000,
  };
}

/** Only to choose whose keys to try; believed nowhere. */
function claimedIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    return '';
  }
}

/** jose's generic error: the key set's address answered with something that is not a key set. */
const isBadKeySet = (error: errors.JOSEError) => error.code === 'ERR_JOSE_GENERIC' || error.code === 'ERR_JWKS_INVALID';
