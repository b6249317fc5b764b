import type { Eaches } from '../base/eaches.ts';

/** Running quantities of a line in eaches, and its money in minor units of one currency. */
export interface LineTally {
  readonly ordered: Eaches;
  readonly accepted: Eaches;
  readonly backordered: Eaches;
  readonly rejected: Eaches;
  readonly shipped: Eaches;
  readonly received: Eaches;
  readonly invoiced: Eaches;
  readonly invoicedMinor: bigint;
  readonly paidMinor: bigint;
  readonly deductedMinor: bigint;
  readonly discountMinor: bigint;
  readonly creditedMinor: bigint;
  /** Whether the vendor has answered at all. */
  readonly acknowledged: boolean;
  /** Whether Amazon took the quantity back. */
  readonly cancelled: boolean;
  /** Whether Amazon closed the order or the line: nothing more will arrive. */
  readonly closed: boolean;
}

/** The furthest a line has come, as shown to a person. Ordered from the dock to the bank. */
export type LineState =
  | 'NEW'
  | 'CANCELLED'
  | 'REJECTED'
  | 'PARTIALLY_ACKNOWLEDGED'
  | 'BACKORDERED'
  | 'ACKNOWLEDGED'
  | 'PARTIALLY_SHIPPED'
  | 'SHIPPED'
  | 'PARTIALLY_RECEIVED'
  | 'SHORT'
  | 'RECEIVED'
  | 'OVER_RECEIVED'
  | 'PARTIALLY_INVOICED'
  | 'INVOICED'
  | 'OVER_INVOICED'
  | 'PARTIALLY_PAID'
  | 'PAID'
  | 'OVERPAID'
  | 'CLOSED';

export const lineStates: readonly LineState[] = [
  'NEW',
  'CANCELLED',
  'REJECTED',
  'PARTIALLY_ACKNOWLEDGED',
  'BACKORDERED',
  'ACKNOWLEDGED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'PARTIALLY_RECEIVED',
  'SHORT',
  'RECEIVED',
  'OVER_RECEIVED',
  'PARTIALLY_INVOICED',
  'INVOICED',
  'OVER_INVOICED',
  'PARTIALLY_PAID',
  'PAID',
  'OVERPAID',
  'CLOSED',
];

/**
 * The state shown for a line: a pure function of its tally, the furthest stage first.
 * Short is said only once Amazon has closed the line: before that, missing goods may still be on the road.
 */
export function lineState(t: LineTally): LineState {
  return money(t) ?? invoicing(t) ?? receiving(t) ?? shipping(t) ?? acknowledging(t);
}

/** What is still owed of what was invoiced; negative when more came than was claimed. */
export const openMinor = (
  t: Pick<LineTally, 'invoicedMinor' | 'paidMinor' | 'deductedMinor' | 'discountMinor' | 'creditedMinor'>,
): bigint => t.invoicedMinor - t.paidMinor - t.deductedMinor - t.discountMinor - t.creditedMinor;

function money(t: LineTally): LineState | undefined {
  if (t.invoicedMinor <= 0n) return undefined;
  const open = openMinor(t);
  if (open < 0n) return 'OVERPAID';
  if (open === 0n) return t.deductedMinor === 0n && t.creditedMinor === 0n ? 'PAID' : 'CLOSED';
  return t.paidMinor > 0n ? 'PARTIALLY_PAID' : undefined;
}

function invoicing(t: LineTally): LineState | undefined {
  if (t.invoiced <= 0) return undefined;
  const owed = Math.max(t.received, t.shipped);
  if (t.invoiced > Math.max(t.ordered, owed)) return 'OVER_INVOICED';
  return t.invoiced < owed ? 'PARTIALLY_INVOICED' : 'INVOICED';
}

function receiving(t: LineTally): LineState | undefined {
  // Goods may be counted without any shipment we heard of; then the order is the measure.
  const expected = t.shipped > 0 ? t.shipped : t.accepted > 0 ? t.accepted : t.ordered;
  if (t.closed && t.shipped > 0 && t.received < t.shipped) return 'SHORT';
  if (t.received <= 0) return undefined;
  if (t.received > expected) return 'OVER_RECEIVED';
  return t.received < expected ? 'PARTIALLY_RECEIVED' : 'RECEIVED';
}

function shipping(t: LineTally): LineState | undefined {
  if (t.shipped <= 0) return undefined;
  return t.shipped < (t.accepted > 0 ? t.accepted : t.ordered) ? 'PARTIALLY_SHIPPED' : 'SHIPPED';
}

function acknowledging(t: LineTally): LineState {
  if (t.cancelled) return 'CANCELLED';
  if (!t.acknowledged) return 'NEW';
  if (t.accepted + t.backordered === 0) return 'REJECTED';
  if (t.backordered > 0) return 'BACKORDERED';
  return t.accepted < t.ordered ? 'PARTIALLY_ACKNOWLEDGED' : 'ACKNOWLEDGED';
}
