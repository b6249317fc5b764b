import type { AccountId } from '../base/ids.ts';

/** What a bell says: the log grew from one position to another, by changes of these accounts. */
export interface Ring {
  /** Where the log ended before: who has heard of another place missed a ring. */
  readonly from: bigint;
  readonly to: bigint;
  /** Absent: too many to name. */
  readonly accountIds?: readonly AccountId[];
}

/**
 * What the sequencer says, as text: `FROM TO ACCOUNT,ACCOUNT,…`. It holds nothing that anybody wrote in a document.
 *
 * @returns undefined for anything else, such as the word of another version
 */
export function readRing(text: string): Ring | undefined {
  const [, from, to, accounts] = /^(\d{1,19}) (\d{1,19}) ([0-9a-f,-]*)$/.exec(text) ?? [];
  if (from === undefined || to === undefined || accounts === undefined) return undefined;
  const grew = { from: BigInt(from), to: BigInt(to) };
  return accounts === '' ? grew : { ...grew, accountIds: accounts.split(',') as AccountId[] };
}
