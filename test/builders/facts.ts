import type { CalendarDate } from '../../src/base/calendar-date.ts';
import type { Currency } from '../../src/base/currency.ts';
import { decimal } from '../../src/base/decimal.ts';
import { type Eaches, eaches } from '../../src/base/eaches.ts';
import type {
  Asin,
  InvoiceNumber,
  LineNumber,
  PaymentNumber,
  PurchaseOrderNumber,
  Sha256,
} from '../../src/base/ids.ts';
import { instant } from '../../src/base/instant.ts';
import { money } from '../../src/base/money.ts';
import type {
  Fact,
  InvoiceStated,
  LineProgress,
  OrderProgressStated,
  PurchaseOrderStated,
  StatedOrderLine,
} from '../../src/domain/facts.ts';
import { factId, type PlacedFact } from '../../src/domain/order.ts';
import type { SourcedFact } from '../../src/store/facts.ts';

const usd = 'USD' as Currency;

/** A line of an order: 100 of a thing at 12.50, unless you say otherwise. */
export const aLine = (said: Partial<StatedOrderLine> & { readonly number?: string } = {}): StatedOrderLine => {
  const { number = '1', ...rest } = said;
  return {
    lineNumber: number as LineNumber,
    asin: `B0ACORN00${number}` as Asin,
    vendorSku: `NW-${number}`,
    ordered: eaches(100),
    countedIn: 'EACHES',
    caseSize: 1,
    costPer: 'EACH',
    unitCost: { cost: decimal('12.50'), currency: usd },
    backorderAllowed: true,
    ...rest,
  };
};

/** An order of one line, placed on 1 September 2026. */
export const anOrder = (said: Partial<PurchaseOrderStated> = {}): PurchaseOrderStated => ({
  kind: 'purchase-order-stated',
  orderNumber: '2JK3S9VC' as PurchaseOrderNumber,
  asOf: instant('2026-09-01T09:00:00Z'),
  state: 'New',
  orderedAt: instant('2026-09-01T09:00:00Z'),
  type: 'RegularOrder',
  vendorCode: 'NRTHW',
  currency: usd,
  shipTo: { id: 'PHX6' },
  deliveryWindow: { from: instant('2026-09-10T07:00:00Z'), to: instant('2026-09-17T07:00:00Z') },
  lines: [aLine()],
  ...said,
});

export const aProgress = (
  lines: readonly (Partial<Omit<LineProgress, 'received' | 'accepted' | 'rejected'>> & {
    number?: string;
    received?: number;
    accepted?: number;
    rejected?: number;
  })[],
  asOf = '2026-09-12T12:00:00Z',
): OrderProgressStated => ({
  kind: 'order-progress-stated',
  orderNumber: '2JK3S9VC' as PurchaseOrderNumber,
  asOf: instant(asOf),
  status: 'OPEN',
  lines: lines.map(({ number = '1', received, accepted, rejected, ...rest }) => ({
    lineNumber: number as LineNumber,
    countedIn: 'EACHES' as const,
    caseSize: 1,
    costPer: 'EACH',
    ...(received !== undefined && { received: received as Eaches }),
    ...(accepted !== undefined && { accepted: accepted as Eaches }),
    ...(rejected !== undefined && { rejected: rejected as Eaches }),
    ...rest,
  })),
});

/** An invoice of 1,250.00 for the order above, not paid yet. Amounts in cents. */
export const anInvoice = (
  said: Partial<Omit<InvoiceStated, 'settlement'>> & {
    readonly paid?: bigint;
    readonly short?: bigint;
    readonly discount?: bigint;
    readonly payments?: readonly string[];
  } = {},
): InvoiceStated => {
  const { paid, short, discount, payments, ...rest } = said;
  const cents = (minor = 0n) => money(minor, usd);
  return {
    kind: 'invoice-stated',
    invoiceNumber: 'NW-100451' as InvoiceNumber,
    asOf: instant('2026-09-13T08:00:00Z'),
    status: 'IN_PROGRESS',
    type: 'AP_INVENTORY',
    issuedOn: '2026-09-13' as CalendarDate,
    dueOn: '2026-11-12' as CalendarDate,
    currency: usd,
    total: cents(125_000n),
    settlement: {
      paid: cents(paid),
      queued: cents(),
      discount: cents(discount),
      quantityVariance: cents(short),
      priceVariance: cents(),
      other: cents(),
    },
    ...(payments !== undefined && { paymentNumbers: payments as readonly PaymentNumber[] }),
    lines: [
      {
        lineNumber: '1' as LineNumber,
        orderNumber: '2JK3S9VC' as PurchaseOrderNumber,
        asin: 'B0ACORN001' as Asin,
        invoiced: eaches(100),
        unitCost: { cost: decimal('12.50'), currency: usd },
        total: cents(125_000n),
        taxRateCodes: [],
        reasons: [],
      },
    ],
    ...rest,
  };
};

const documentId = 'a'.repeat(64) as Sha256;

/** A fact as some document said it. The document itself must exist where a database checks; see `aDocument`. */
export const said = (fact: Fact, receivedAt = '2026-10-01T00:00:00Z'): SourcedFact => ({
  fact,
  source: { connector: 'sp-api', documentId, at: '/payload', receivedAt: instant(receivedAt) },
});

export const placed = <F extends Fact>(fact: F, receivedAt = '2026-10-01T00:00:00Z'): PlacedFact<F> => ({
  id: factId(fact),
  fact,
  receivedAt: instant(receivedAt),
});
