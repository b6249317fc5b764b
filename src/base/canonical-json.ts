import { createHash } from 'node:crypto';
import type { Sha256 } from './ids.ts';

/** JSON with sorted keys, absent members left out and amounts as text: equal values give equal text, on any machine. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member === 'bigint') return member.toString();
    if (member === null || typeof member !== 'object' || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** Read what `canonicalJson` wrote: members named `minor` become whole numbers of minor units again. */
export function parseCanonicalJson(text: string): unknown {
  return JSON.parse(text, revive);
}

/** The same for a value a driver has parsed already. */
export function reviveCanonical<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value), revive) as T;
}

export const sha256 = (bytes: string | Uint8Array): Sha256 =>
  createHash('sha256').update(bytes).digest('hex') as Sha256;

function revive(key: string, member: unknown): unknown {
  return key === 'minor' && typeof member === 'string' ? BigInt(member) : member;
}
