// When the vendors are due their money: one agreement per vendor code.
import type { SimulatedAccount, SiteName } from './accounts.ts';
import { atLocal, dayIn, endOfMonth } from './calendar.ts';
import type { Instant } from './clock.ts';
import { sites } from './sites.ts';

export interface Terms {
  /** As Amazon writes it in `paymentTerms`. */
  readonly text: string;
  readonly netDays: number;
  /** Count from the end of the invoice's month. */
  readonly endOfMonth: boolean;
  /** Basis points for paying early; 0 without quick pay. */
  readonly discountBasisPoints: number;
  readonly discountDays: number;
}

const net = (days: number): Terms => ({
  text: `NET${days}`,
  netDays: days,
  endOfMonth: false,
  discountBasisPoints: 0,
  discountDays: 0,
});
const quick: Terms = {
  text: '2% 30 NET 60',
  netDays: 60,
  endOfMonth: false,
  discountBasisPoints: 200,
  discountDays: 30,
};
const monthEnd: Terms = { text: 'NET 30 EOM', netDays: 30, endOfMonth: true, discountBasisPoints: 0, discountDays: 0 };

const agreed: { readonly [name in SiteName]: readonly [Terms, ...Terms[]] } = {
  US: [quick, net(90)],
  CA: [net(60)],
  EU: [quick, net(60)],
  JP: [monthEnd],
};

/** The terms of one vendor code; codes beyond the site's list share its first agreement. */
export function termsOf(account: SimulatedAccount, vendorCode: string): Terms {
  const list = agreed[account.site];
  return list[account.vendorCodes.indexOf(vendorCode)] ?? list[0];
}

/** Midnight, where the vendor is, of the day the invoice is due: a weekend stays a weekend. */
export function dueAt(account: SimulatedAccount, terms: Terms, issuedAt: Instant): Instant {
  const { timeZone } = sites[account.site];
  const issued = dayIn(timeZone, issuedAt);
  return atLocal(timeZone, (terms.endOfMonth ? endOfMonth(issued) : issued) + terms.netDays, 0);
}
