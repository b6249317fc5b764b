import fc from 'fast-check';
import { instant } from '../../base/instant.ts';
import type { AccountProfile, RawDocument } from '../connector.ts';

/** A document as it once arrived, scrubbed, and what it said. */
export interface RecordedDocument {
  /** Its file name. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whose it is: a document without a zone or a currency means its account's. */
  readonly account: AccountProfile;
  /** Canonical JSON of `{ kind, facts, warnings, unreadable }`; left out, only the laws are asked and not the answer. */
  readonly says?: string;
}

/** A kind no connector knows. */
export const unknownKind = 'no-such-kind';

/** A document of this kind and these bytes, received at a fixed moment. */
export const received = (kind: string, bytes: Uint8Array, origin: string): RawDocument => ({
  kind,
  bytes,
  mediaType: origin.endsWith('.json') ? 'application/json' : 'application/octet-stream',
  receivedAt: instant('2026-11-23T17:00:00Z'),
  origin,
});

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Bytes of any kind: noise, text, JSON of every shape. */
export const anyBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ maxLength: 200 }).map(text),
  fc.json().map(text),
  fc.constantFrom('', '{}', '[]', 'null', '{"payload":{}}', '{"payload":null}', '\ufeff{}', '[[[[[[[[').map(text),
);

/** A recorded document in which a few things went wrong: a member of JSON replaced or lost, bytes changed or cut off. */
export const damaged = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(damagedBytes(bytes), damagedJson(bytes));

const damagedBytes = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.nat(bytes.length),
      fc.array(fc.tuple(fc.nat(Math.max(0, bytes.length - 1)), fc.nat(255)), { maxLength: 5 }),
    )
    .map(([length, changes]) => {
      // Not `slice` on the bytes themselves: a Buffer would hand out its own memory.
      const copy = Uint8Array.from(bytes).slice(0, length);
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      return copy;
    });

function damagedJson(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const whole = parsed(bytes);
  if (whole === undefined) return damagedBytes(bytes);
  const places = placesIn(whole);
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(undefined, null, '', -1, 1.5, 1e21, 'x', [], {}),
  );
  return fc
    .array(fc.tuple(fc.nat(Math.max(0, places.length - 1)), value), { minLength: 1, maxLength: 4 })
    .map((changes) => {
      const copy = structuredClone(whole);
      for (const [index, changed] of changes) replace(copy, places[index] ?? [], changed);
      return text(JSON.stringify(copy));
    });
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

type Place = readonly string[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, inner]) => [[...at, member], ...placesIn(inner, [...at, member])]);
}

function replace(whole: unknown, place: Place, changed: unknown): void {
  const parent = place
    .slice(0, -1)
    .reduce<unknown>((value, member) => (isObject(value) ? value[member] : undefined), whole);
  const last = place.at(-1);
  if (isObject(parent) && last !== undefined) parent[last] = changed;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
