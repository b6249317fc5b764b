import { FeedError } from './failure.ts';
import type { FeedFilter, Numbered } from './operation.ts';

/** Throws `SEQUENCE_BROKEN` at the first change that should not come next. */
export type SequenceCheck = (change: Numbered, dense: boolean) => void;

/**
 * Prove that nothing is missing: the numbers of an account are 1, 2, 3, … without a hole, from whichever is seen first.
 * A filter by more than accounts and sites leaves numbers out, and so does a right that is missing (`dense` is false
 * then): only their order is proved in that case, and that none comes twice.
 */
export function sequenceCheck(filter: FeedFilter | undefined): SequenceCheck {
  const { accounts: _accounts, sites: _sites, ...narrower } = filter ?? {};
  const whole = Object.values(narrower).every((values) => values === undefined);
  const last = new Map<string, bigint>();
  return ({ accountId, sequence }, dense) => {
    const number = BigInt(sequence);
    const before = last.get(accountId);
    if (before !== undefined && (dense && whole ? number !== before + 1n : number <= before)) {
      throw new FeedError('SEQUENCE_BROKEN', `account ${accountId}: change ${number} came after change ${before}`);
    }
    last.set(accountId, number);
  };
}
