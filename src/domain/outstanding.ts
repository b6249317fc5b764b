/** What the count of outstanding goods needs of a line or an order, in eaches. */
export interface Awaited {
  readonly ordered: number;
  readonly rejected: number;
  readonly received: number;
  /** Whether more may still arrive: Amazon has not closed it. */
  readonly awaited: boolean;
}

/** Ordered, not refused by the vendor and not yet counted in; none once Amazon no longer waits. Eaches. */
export const outstanding = ({ ordered, rejected, received, awaited }: Awaited): number =>
  awaited ? Math.max(ordered - rejected - received, 0) : 0;
