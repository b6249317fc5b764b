import type { Rights } from '../domain/access/rights.ts';
import type { Tenant } from '../store/database.ts';

/** Whoever asks: what they may see, what they may do, and until when. */
export interface Principal {
  readonly kind: 'api-key' | 'token';
  /** For logs and limits; never the secret: a key's prefix, or an issuer and subject. */
  readonly name: string;
  readonly tenant: Tenant;
  /** Where the tenant's accounts are: they decide which plugins' part of the schema it sees. */
  readonly sites: readonly string[];
  readonly scopes: ReadonlySet<string>;
  /** The accounts each of them holds for. */
  readonly rights: Rights;
  /** Those that hold over all of the organisation. */
  readonly everywhere: ReadonlySet<string>;
  /** When a token is over, in milliseconds since 1970: open sockets and streams end then. A key is asked about again and again instead. */
  readonly expiresAt: number | undefined;
}

/** What came with a request or a socket, unchecked. */
export interface Credentials {
  /** `Bearer …`, as in the header. */
  readonly authorization?: string | undefined;
  /** The value of `x-api-key`. */
  readonly apiKey?: string | undefined;
  /** Where it came from: the address of the other end. */
  readonly address?: string | undefined;
}

/** Credentials from HTTP headers, or from the payload of a websocket's `connection_init`, whatever case their names have. */
export function readCredentials(from: Readonly<Record<string, unknown>> | null | undefined): Credentials {
  const found: { authorization?: string; apiKey?: string } = {};
  for (const [name, value] of Object.entries(from ?? {})) {
    if (typeof value !== 'string' || value.length > 8_192) continue;
    const lower = name.toLowerCase();
    if (lower === 'authorization') found.authorization = value;
    if (lower === 'x-api-key' || lower === 'apikey') found.apiKey = value;
  }
  return found;
}
