import { type Eaches, none, plus } from '../base/eaches.ts';
import { type LineState, type LineTally, lineState, openMinor } from './line-state.ts';

/** What tells the lines of one order apart. */
export interface LineHint {
  readonly lineNumber: string | null;
  readonly asin: string | null;
  readonly vendorSku: string | null;
}

/** A line as the order's own documents state it. */
export interface StatedTally extends LineHint, Omit<LineTally, 'shipped' | 'invoiced' | TalliedMoney> {
  readonly lineNumber: string;
}

type TalliedMoney = 'invoicedMinor' | 'paidMinor' | 'deductedMinor' | 'discountMinor' | 'creditedMinor';
type Amounts = Readonly<Record<TalliedMoney, bigint>>;

export interface ShippedPart extends LineHint {
  readonly shipped: Eaches;
  readonly cancelled: boolean;
  /** The shipment's status in Amazon's words; `null` when only the ASN speaks. */
  readonly status: string | null;
}

export interface InvoicedPart extends LineHint {
  readonly invoiced: Eaches;
  readonly creditNote: boolean;
  /** On a credit note: whether it reduces an invoice, whose own lines then show it. */
  readonly referenced: boolean;
  readonly totalMinor: bigint;
  readonly paidMinor: bigint;
  readonly deductedMinor: bigint;
  readonly discountMinor: bigint;
  readonly creditedMinor: bigint;
}

export interface TalliedLine extends Amounts {
  readonly lineNumber: string;
  readonly state: LineState;
  readonly shipped: Eaches;
  readonly invoiced: Eaches;
  readonly openMinor: bigint;
}

export interface OrderTally extends Omit<TalliedLine, 'lineNumber'> {
  readonly lines: readonly TalliedLine[];
  /** For each part, in the order given, the order line it belongs to. */
  readonly shippedTo: readonly (string | undefined)[];
  readonly invoicedTo: readonly (string | undefined)[];
}

/**
 * The line a shipment or invoice line means. Its product decides, since documents number their lines as they like; among
 * lines of one product, the number. Without a product, the number alone; `undefined` when nothing fits.
 */
export function matchLine<Line extends LineHint & { readonly lineNumber: string }>(
  lines: readonly Line[],
  hint: LineHint,
): Line | undefined {
  const sameProduct = lines.filter((line) =>
    hint.asin !== null && line.asin !== null
      ? hint.asin === line.asin
      : hint.vendorSku !== null && hint.vendorSku === line.vendorSku,
  );
  const candidates = hint.asin === null && hint.vendorSku === null ? lines : sameProduct;
  const sameNumber = candidates.find((line) => line.lineNumber === hint.lineNumber);
  return sameNumber ?? (candidates === lines ? undefined : candidates[0]);
}

/** Everything that happened to an order's lines, line by line and for the whole, in eaches and minor units of one currency. */
export function tallyOrder(
  lines: readonly StatedTally[],
  shipped: readonly ShippedPart[],
  invoiced: readonly InvoicedPart[],
): OrderTally {
  const shippedTo = shipped.map((part) => matchLine(lines, part)?.lineNumber);
  const invoicedTo = invoiced.map((part) => matchLine(lines, part)?.lineNumber);

  const tallies = lines.map((line) => ({
    ...line,
    shipped: shipped.reduce(
      (sum, part, i) => (shippedTo[i] === line.lineNumber && hasLeft(part) ? plus(sum, part.shipped) : sum),
      none,
    ),
    ...invoiced.filter((_, i) => invoicedTo[i] === line.lineNumber).reduce(addInvoiced, nothingInvoiced),
  }));
  const whole = tallies.reduce(addTally, emptyTally);
  return {
    lines: tallies.map((tally) => ({
      ...talliedOf(tally),
      lineNumber: tally.lineNumber,
      state: lineState(tally),
      openMinor: openMinor(tally),
    })),
    ...talliedOf(whole),
    state: lineState(whole),
    openMinor: openMinor(whole),
    shippedTo,
    invoicedTo,
  };
}

/** Goods count as shipped once they have left: an ASN says they have, a transport says so by its status. */
const hasLeft = ({ cancelled, status }: ShippedPart): boolean =>
  !cancelled && (status === null || status.toUpperCase() === 'SHIPPED');

interface Invoiced extends Amounts {
  readonly invoiced: Eaches;
}

const nothingInvoiced: Invoiced = {
  invoiced: none,
  invoicedMinor: 0n,
  paidMinor: 0n,
  deductedMinor: 0n,
  discountMinor: 0n,
  creditedMinor: 0n,
};

/** A credit note is no claim: what it takes off shows as credited, once, on the invoice it reduces or on the line itself. */
function addInvoiced(sum: Invoiced, part: InvoicedPart): Invoiced {
  if (part.creditNote) return part.referenced ? sum : { ...sum, creditedMinor: sum.creditedMinor - part.totalMinor };
  return {
    invoiced: plus(sum.invoiced, part.invoiced),
    invoicedMinor: sum.invoicedMinor + part.totalMinor,
    paidMinor: sum.paidMinor + part.paidMinor,
    deductedMinor: sum.deductedMinor + part.deductedMinor,
    discountMinor: sum.discountMinor + part.discountMinor,
    creditedMinor: sum.creditedMinor + part.creditedMinor,
  };
}

const talliedOf = ({
  shipped,
  invoiced,
  invoicedMinor,
  paidMinor,
  deductedMinor,
  discountMinor,
  creditedMinor,
}: LineTally) => ({
  shipped,
  invoiced,
  invoicedMinor,
  paidMinor,
  deductedMinor,
  discountMinor,
  creditedMinor,
});

const emptyTally: LineTally = {
  ordered: none,
  accepted: none,
  backordered: none,
  rejected: none,
  shipped: none,
  received: none,
  invoiced: none,
  invoicedMinor: 0n,
  paidMinor: 0n,
  deductedMinor: 0n,
  discountMinor: 0n,
  creditedMinor: 0n,
  acknowledged: false,
  cancelled: true,
  closed: false,
};

/** An order is as far as one line that is all its lines; it is cancelled only when every line is. */
function addTally(sum: LineTally, line: LineTally): LineTally {
  return {
    ordered: plus(sum.ordered, line.ordered),
    accepted: plus(sum.accepted, line.accepted),
    backordered: plus(sum.backordered, line.backordered),
    rejected: plus(sum.rejected, line.rejected),
    shipped: plus(sum.shipped, line.shipped),
    received: plus(sum.received, line.received),
    invoiced: plus(sum.invoiced, line.invoiced),
    invoicedMinor: sum.invoicedMinor + line.invoicedMinor,
    paidMinor: sum.paidMinor + line.paidMinor,
    deductedMinor: sum.deductedMinor + line.deductedMinor,
    discountMinor: sum.discountMinor + line.discountMinor,
    creditedMinor: sum.creditedMinor + line.creditedMinor,
    acknowledged: sum.acknowledged || line.acknowledged,
    cancelled: sum.cancelled && line.cancelled,
    closed: sum.closed || line.closed,
  };
}
