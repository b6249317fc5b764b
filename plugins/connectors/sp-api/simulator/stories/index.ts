// Which edge case is told where and when.
import type { SimulatedAccount, SiteName } from '../accounts.ts';
import type { Scene } from '../build/index.ts';
import { addBusinessDays, type DayNumber } from '../calendar.ts';
import { Random } from '../random.ts';

/** A deliberate life: one edge case of the vendor chain, told from placing to payment. */
export interface Story {
  /** The number of the edge case in the list of the connector's documentation. */
  readonly edgeCase: number;
  readonly title: string;
  /** Sites where it can happen; everywhere when absent. */
  readonly sites?: readonly SiteName[];
  readonly tell: (scene: Scene) => void;
}

export const stories: readonly Story[] = [];

/** Every story comes back after thirteen weeks, so the feed never runs dry of them. */
const cycleDays = 13 * 7;

/** The stories that begin on `day` in one account. Each is told in up to two accounts, in rotation. */
export function storiesOn(
  seed: number,
  accounts: readonly SimulatedAccount[],
  account: SimulatedAccount,
  epoch: DayNumber,
  day: DayNumber,
): readonly Story[] {
  return stories.filter((story, nth) => {
    const able = accounts.filter((candidate) => !story.sites || story.sites.includes(candidate.site));
    const tellers = [nth % able.length, (nth + Math.ceil(able.length / 2)) % able.length];
    if (!tellers.includes(able.indexOf(account))) return false;
    // The first telling begins within nine weeks of the world's first day, so half a year holds its end.
    const first = addBusinessDays(epoch, new Random(seed, account.name, 'story', story.title).int(1, 45));
    return day >= first && (day - first) % cycleDays === 0;
  });
}
