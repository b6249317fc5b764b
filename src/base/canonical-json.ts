import { createHash } from 'node:crypto';
import type { Sha256 } from './ids.ts';

/**
 * JSON with sorted keys, absent members left out and amounts as text: equal values give equal text, on any machine.
 * Written out by hand because every fact passes here: a replacer that sorts is five times slower.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Whether two values would have the same canonical JSON, without writing either. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const name in left) if (!sameJson(left[name], right[name])) return false;
  for (const name in right) if (left[name] === undefined && right[name] !== undefined) return false;
  return true;
}

/** The value as JSON would bring it back, amounts as text: what a JSON column holds. */
export function plainJson(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value ?? null;
  if (Array.isArray(value)) return value.map(plainJson);
  const plain: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) if (member !== undefined) plain[name] = plainJson(member);
  return plain;
}

/** Read what `canonicalJson` wrote: members named `minor` become whole numbers of minor units again. */
export const parseCanonicalJson = (text: string): unknown => reviveCanonical(JSON.parse(text));

/** The same for a value a driver has parsed already. */
export function reviveCanonical<T>(value: unknown): T {
  return revived(value) as T;
}

export const sha256 = (bytes: string | Uint8Array): Sha256 =>
  createHash('sha256').update(bytes).digest('hex') as Sha256;

function revived(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(revived);
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    members[name] = name === 'minor' && typeof member === 'string' ? BigInt(member) : revived(member);
  }
  return members;
}
