import { FeedError } from './failure.ts';
import type { FeedFilter, Numbered } from './operation.ts';

/** Throws `SEQUENCE_BROKEN` at the first change that should not come next. */
export type SequenceCheck = (change: Numbered) => void;

/**
 * Prove that nothing is missing: the numbers of an account are 1, 2, 3, … without a hole, from whichever is seen first.
 * A filter by more than accounts and sites leaves numbers out, so then only their order is proved, and that none comes
 * twice.
 */
export function sequenceCheck(filter: FeedFilter | undefined): SequenceCheck {
  const { accounts: _accounts, sites: _sites, ...narrower } = filter ?? {};
  const dense = Object.values(narrower).every((values) => values === undefined);
  const last = new Map<string, bigint>();
  return ({ accountId, sequence }) => {
    const number = BigInt(sequence);
    const before = last.get(accountId);
    if (before !== undefined && (dense ? number !== before + 1n : number <= before)) {
      throw new FeedError('SEQUENCE_BROKEN', `account ${accountId}: change ${number} came after change ${before}`);
    }
    last.set(accountId, number);
  };
}
