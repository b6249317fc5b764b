import { type CalendarDate, day } from '../../../src/base/calendar-date.ts';
import type { Currency } from '../../../src/base/currency.ts';
import { decimal } from '../../../src/base/decimal.ts';
import { eaches } from '../../../src/base/eaches.ts';
import type {
  Asin,
  InvoiceNumber,
  LineNumber,
  PaymentNumber,
  PurchaseOrderNumber,
  ShipmentIdentifier,
} from '../../../src/base/ids.ts';
import { addMillis, type Instant, instant } from '../../../src/base/instant.ts';
import { extend, type Money, money, sum, zero } from '../../../src/base/money.ts';
import type { Fact, Party } from '../../../src/domain/facts.ts';

/** The life of one order, told by its documents. Valid unless you say otherwise; steps left out never happened. */
export interface Story {
  readonly number: string;
  readonly currency?: string;
  readonly orderedAt?: string;
  readonly lines?: number;
  readonly ordered?: number;
  readonly unitCost?: string;
  readonly asins?: readonly string[];
  /** How far it came. */
  readonly until?: 'ordered' | 'acknowledged' | 'shipped' | 'received' | 'invoiced' | 'paid';
  readonly shipped?: number;
  readonly received?: number;
  /** When given, Amazon states the invoice, though it may not have paid it. */
  readonly dueOn?: string;
  /** Where Amazon wants it, who is billed, and where it leaves from. */
  readonly shipTo?: Party;
  readonly billTo?: Party;
  readonly shipFrom?: Party;
  /** Payment terms as Amazon writes them; given, Amazon says too that it has the invoice since the day after it. */
  readonly terms?: string;
  /** Amazon changes its mind once: this many of the first line, from this other window. */
  readonly changedTo?: number;
}

const hour = 3_600_000;
const steps = ['ordered', 'acknowledged', 'shipped', 'received', 'invoiced', 'paid'] as const;

/** The facts that the documents of a story state, in the order they came. */
export function aStory(story: Story): Fact[] {
  const {
    number,
    lines: count = 2,
    ordered = 10,
    unitCost = '12.345',
    until = 'paid',
    shipped = ordered,
    received = shipped,
    dueOn = '2026-12-01',
  } = story;
  const currency = (story.currency ?? 'USD') as Currency;
  const orderNumber = number as PurchaseOrderNumber;
  const at = instant(story.orderedAt ?? '2026-09-01T10:00:00Z');
  const after = (hours: number): Instant => addMillis(at, hours * hour);
  const came = (step: (typeof steps)[number]): boolean => steps.indexOf(step) <= steps.indexOf(until);
  const cost = { cost: decimal(unitCost), currency };
  const lines = Array.from({ length: count }, (_, index) => ({
    lineNumber: String(index + 1) as LineNumber,
    asin: (story.asins?.[index] ?? `B0000000${String(index + 1).padStart(2, '0')}`) as Asin,
    vendorSku: `SKU-${index + 1}`,
  }));
  const stated = (asOf: Instant, state: string, first: number): Fact => ({
    kind: 'purchase-order-stated',
    orderNumber,
    asOf,
    state,
    orderedAt: at,
    type: 'RegularOrder',
    vendorCode: 'LARK1',
    shipTo: story.shipTo ?? { id: 'PHX6', city: 'Phoenix' },
    ...(story.billTo !== undefined && { billTo: story.billTo }),
    shipWindow: { from: after(48), to: after(first === ordered ? 96 : 120) },
    currency,
    lines: lines.map((line, index) => ({
      ...line,
      ordered: eaches(index === 0 ? first : ordered),
      countedIn: 'EACHES',
      caseSize: 1,
      unitCost: cost,
      costPer: 'EACH',
    })),
  });
  const invoiceNumber = `INV-${number}` as InvoiceNumber;
  const net = extend(eaches(shipped), cost);
  const total = sum(
    lines.map(() => net),
    currency,
  );
  const short: Money = money(
    lines.length === 0 ? 0n : extend(eaches(shipped - received), cost).minor * BigInt(count),
    currency,
  );
  const paid = money(total.minor - short.minor, currency);

  const facts: Fact[] = [stated(at, 'New', ordered)];
  if (story.changedTo !== undefined) facts.push(stated(after(1), 'New', story.changedTo));
  if (came('acknowledged')) {
    facts.push({
      kind: 'lines-acknowledged',
      orderNumber,
      asOf: after(2),
      lines: lines.map((line, index) => ({
        ...line,
        entries: [{ code: 'Accepted', quantity: eaches(index === 0 ? (story.changedTo ?? ordered) : ordered) }],
      })),
    });
  }
  if (came('shipped')) {
    facts.push({
      kind: 'shipment-stated',
      shipmentIdentifier: `ASN-${number}` as ShipmentIdentifier,
      asOf: after(50),
      via: 'ASN',
      transaction: 'Original',
      status: 'Shipped',
      vendorCode: 'LARK1',
      ...(story.shipFrom !== undefined && { shipFrom: story.shipFrom }),
      shippedAt: after(50),
      estimatedDeliveryAt: after(90),
      cartonCount: 1,
      lines: lines.map((line) => ({ ...line, orderNumber, shipped: eaches(shipped) })),
      containers: [
        { kind: 'PALLET', sequence: '1', identifiers: [], contains: ['2'], items: [] },
        {
          kind: 'CARTON',
          sequence: '2',
          sscc: '003456789012345678',
          identifiers: [{ type: 'SSCC', value: '003456789012345678' }],
          items: lines.map((line) => ({ ...line, orderNumber, packed: eaches(shipped), expiresOn: day('2028-02-29') })),
        },
      ],
    });
  }
  if (came('received')) {
    facts.push({
      kind: 'order-progress-stated',
      orderNumber,
      asOf: after(120),
      status: 'CLOSED',
      lines: lines.map((line) => ({
        ...line,
        countedIn: 'EACHES',
        caseSize: 1,
        costPer: 'EACH',
        received: eaches(received),
        lastReceivedAt: after(110),
      })),
    });
  }
  if (came('invoiced')) {
    facts.push({
      kind: 'invoice-submitted',
      invoiceNumber,
      asOf: after(130),
      document: 'INVOICE',
      issuedOn: after(130).slice(0, 10) as CalendarDate,
      currency,
      vendorCode: 'LARK1',
      total,
      taxes: [],
      charges: [],
      lines: lines.map((line) => ({
        ...line,
        orderNumber,
        invoiced: eaches(shipped),
        countedIn: 'EACHES',
        caseSize: 1,
        unitCost: cost,
        costPer: 'EACH',
        net,
        taxes: [],
        charges: [],
      })),
    });
  }
  if (came('paid') || (came('invoiced') && story.dueOn !== undefined)) {
    const nothing = zero(currency);
    const settled = came('paid');
    facts.push({
      kind: 'invoice-stated',
      invoiceNumber,
      asOf: after(24 * 60),
      status: settled ? (short.minor === 0n ? 'PAID' : 'PARTIALLY_PAID') : 'IN_PROGRESS',
      type: 'INVOICE',
      issuedOn: after(130).slice(0, 10) as CalendarDate,
      dueOn: day(dueOn),
      ...(story.terms === undefined ? {} : { terms: { text: story.terms }, receivedAt: after(154) }),
      currency,
      total,
      settlement: {
        paid: settled ? paid : nothing,
        queued: settled ? nothing : paid,
        discount: nothing,
        quantityVariance: settled ? short : nothing,
        priceVariance: nothing,
        other: nothing,
      },
      paymentNumbers: settled ? [`PAY-${number}` as PaymentNumber] : [],
      orderNumbers: [orderNumber],
      shipmentIdentifiers: [],
      shortageNumbers: [],
    });
  }
  return facts;
}
