// Which edge case is told where and when.
import type { SimulatedAccount } from '../accounts.ts';
import { addBusinessDays, type DayNumber } from '../calendar.ts';
import { Random } from '../random.ts';
import { acknowledgementStories } from './acknowledgements.ts';
import { claimStories } from './claims.ts';
import { invoicingStories } from './invoicing.ts';
import { kindStories } from './kinds.ts';
import { orderChangeStories } from './order-changes.ts';
import { payingStories } from './paying.ts';
import { receivingStories } from './receiving.ts';
import { shippingStories } from './shipping.ts';
import type { Story } from './story.ts';

export type { Story } from './story.ts';

/** Every story there is; a new one is a new entry in one of these lists. */
export const stories: readonly Story[] = [
  ...acknowledgementStories,
  ...orderChangeStories,
  ...shippingStories,
  ...receivingStories,
  ...invoicingStories,
  ...payingStories,
  ...claimStories,
  ...kindStories,
];

/** Edge cases that these read operations cannot show, and why. */
export const notShown: readonly { readonly edgeCase: number; readonly why: string }[] = [
  { edgeCase: 36, why: 'payments are seen only through the invoices they pay, so none is without one' },
  { edgeCase: 39, why: 'an invoice is told in one currency and without an exchange rate' },
  { edgeCase: 50, why: 'the same document by another way is not a matter of one API' },
];

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
    const turn = tellers.indexOf(able.indexOf(account));
    if (turn < 0) return false;
    // The first telling begins within nine weeks of the world's first day, so half a year holds its end. The
    // second account follows seven weeks behind, so that at any time some story has just begun.
    const first = addBusinessDays(epoch, new Random(seed, account.name, 'story', story.title).int(1, 45)) + turn * 49;
    return day >= first && (day - first) % cycleDays === 0;
  });
}
