import { canonicalJson, sha256 } from '../base/canonical-json.ts';
import type { Instant } from '../base/instant.ts';
import type { Fact } from './facts.ts';

/** A fact with what places it among the others of its subject. */
export interface PlacedFact<F extends Fact = Fact> {
  /** Hash of what it says: the same statement from two documents is one fact. */
  readonly id: string;
  readonly fact: F;
  readonly receivedAt: Instant;
}

/** The identity of a fact is its content; who said it, and how often, does not matter. A UUID made of the content's SHA-256. */
export function factId(fact: Fact): string {
  const hash = sha256(canonicalJson(fact));
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Every set of facts has one order: by `asOf`, then by first arrival, then by content. Does not change its argument. */
export function inOrder<F extends Fact>(facts: readonly PlacedFact<F>[]): PlacedFact<F>[] {
  return [...facts].sort(
    (a, b) => compare(a.fact.asOf, b.fact.asOf) || compare(a.receivedAt, b.receivedAt) || compare(a.id, b.id),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
