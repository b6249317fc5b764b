/** A change as a consumer sees it: all that a proof needs. */
export interface SeenChange {
  readonly account: string;
  /** Its number within the account, as the feed wrote it. */
  readonly sequence: string;
  readonly id: string;
}

/** What became of one feed, from its first change. Everything but `seen` should be empty. */
export interface Findings {
  readonly seen: number;
  /** Numbers that were passed over: `Larkfield 17`. */
  readonly lost: readonly string[];
  /** Numbers that came again. */
  readonly repeated: readonly string[];
}

/** Watches over what one consumer takes in, by the numbers within each account and nothing else. */
export interface FeedProof {
  take(changes: readonly SeenChange[]): void;
  findings(): Findings;
  /**
   * Where what was seen differs from the log itself: another change, another order, one missing, one too many.
   *
   * @param log all that this consumer may see, in the order of the log
   */
  differences(log: readonly SeenChange[]): string[];
}

/**
 * A consumer's proof that nothing is missing. Numbers run 1, 2, 3, … in every account, so whatever is lost, repeated or
 * out of order shows without asking anybody; the comparison with the log is for those who do not believe the numbers.
 */
export function feedProof(): FeedProof {
  const seen: SeenChange[] = [];
  const last = new Map<string, bigint>();
  const lost: string[] = [];
  const repeated: string[] = [];

  return {
    take: (changes) => {
      for (const change of changes) {
        const number = BigInt(change.sequence);
        const before = last.get(change.account) ?? 0n;
        for (let missing = before + 1n; missing < number; missing += 1n) lost.push(`${change.account} ${missing}`);
        if (number <= before) repeated.push(`${change.account} ${number}`);
        else last.set(change.account, number);
        seen.push(change);
      }
    },
    findings: () => ({ seen: seen.length, lost, repeated }),
    differences: (log) => {
      const text = (change: SeenChange | undefined) =>
        change === undefined ? 'nothing' : `${change.account} ${change.sequence} ${change.id}`;
      const length = Math.max(log.length, seen.length);
      const differences: string[] = [];
      for (let place = 0; place < length; place += 1) {
        const [there, here] = [text(log[place]), text(seen[place])];
        if (there !== here) differences.push(`at ${place + 1}: the log has ${there}, seen was ${here}`);
      }
      return differences;
    },
  };
}
