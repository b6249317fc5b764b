import { type Eaches, minus, none } from '../base/eaches.ts';
import type { Instant } from '../base/instant.ts';
import type { LineProgress } from './facts.ts';

/** Goods counted in, as an event: Amazon tells running totals only, so an event is the difference of two. */
export interface ReceiptEvent {
  /** Negative when the count was corrected downward. */
  readonly quantity: Eaches;
  readonly runningTotal: Eaches;
  readonly correction: boolean;
  /** The last receive date Amazon gave, or else the date of the totals. */
  readonly receivedAt: Instant;
}

/**
 * The receipts behind a line's running totals, oldest first. Totals 5, 12, 10 are receipts of +5, +7 and -2.
 * A total that repeats is no event; a document that says no total says nothing.
 */
export function foldReceipts(
  totals: readonly { readonly asOf: Instant; readonly line: LineProgress }[],
): ReceiptEvent[] {
  const receipts: ReceiptEvent[] = [];
  let before = none;
  for (const { asOf, line } of totals) {
    if (line.received === undefined || line.received === before) continue;
    const quantity = minus(line.received, before);
    receipts.push({
      quantity,
      runningTotal: line.received,
      correction: quantity < 0,
      receivedAt: line.lastReceivedAt ?? asOf,
    });
    before = line.received;
  }
  return receipts;
}
