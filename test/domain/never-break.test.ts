import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '../../src/base/calendar-date.ts';
import type { Currency } from '../../src/base/currency.ts';
import { decimal } from '../../src/base/decimal.ts';
import type { Eaches } from '../../src/base/eaches.ts';
import { fromMillis, type Instant } from '../../src/base/instant.ts';
import { add, money, prorate, subtract, sum } from '../../src/base/money.ts';
import type {
  Fact,
  InvoiceStated,
  LineProgress,
  OrderProgressStated,
  PurchaseOrderStated,
} from '../../src/domain/facts.ts';
import { foldInvoice } from '../../src/domain/invoice.ts';
import { invoiceChanges } from '../../src/domain/invoice-changes.ts';
import { shareOut } from '../../src/domain/invoice-line-shares.ts';
import { type LineTally, lineState, openMinor } from '../../src/domain/line-state.ts';
import { factId, type PlacedFact } from '../../src/domain/order.ts';
import { foldPurchaseOrder, type PurchaseOrderFact } from '../../src/domain/purchase-order.ts';
import { purchaseOrderChanges } from '../../src/domain/purchase-order-changes.ts';
import { tallyOrder } from '../../src/domain/tally.ts';

// The numbers are those of src/domain/INVARIANTS.md.

const currency = 'USD' as Currency;
const eaches = (max = 500) => fc.integer({ min: 0, max }) as fc.Arbitrary<Eaches>;
const instants = fc.integer({ min: 0, max: 40 }).map((days) => fromMillis(Date.UTC(2026, 4, 1) + days * 86_400_000));
const amounts = (max = 10_000_00n) => fc.bigInt({ min: 0n, max }).map((minor) => money(minor, currency));

const placed = <F extends Fact>(fact: F, receivedAt: Instant): PlacedFact<F> => ({
  id: factId(fact),
  fact,
  receivedAt,
});

const orderLine = fc.record({
  n: fc.integer({ min: 1, max: 4 }),
  ordered: eaches(),
  cents: fc.integer({ min: 1, max: 99_999 }),
});

const orderStated = fc
  .record({
    asOf: instants,
    state: fc.constantFrom('New', 'Acknowledged', 'Closed'),
    lines: fc.uniqueArray(orderLine, { selector: (l) => l.n, minLength: 1, maxLength: 4 }),
    shipTo: fc.constantFrom('PHX6', 'ONT8'),
  })
  .map(
    ({ asOf, state, lines, shipTo }) =>
      ({
        kind: 'purchase-order-stated',
        orderNumber: '2JK3S9VC',
        asOf,
        state,
        currency,
        shipTo: { id: shipTo },
        lines: lines.map(({ n, ordered, cents }) => ({
          lineNumber: String(n),
          asin: `B0ACORN00${n}`,
          ordered,
          countedIn: 'EACHES',
          caseSize: 1,
          costPer: 'EACH',
          unitCost: { cost: decimal(String(cents / 100)), currency },
        })),
      }) as unknown as PurchaseOrderStated,
  );

const progressStated = fc
  .record({
    asOf: instants,
    lines: fc.uniqueArray(
      fc.record({ n: fc.integer({ min: 1, max: 5 }), accepted: eaches(), rejected: eaches(50), received: eaches() }),
      { selector: (l) => l.n, minLength: 1, maxLength: 5 },
    ),
  })
  .map(
    ({ asOf, lines }) =>
      ({
        kind: 'order-progress-stated',
        orderNumber: '2JK3S9VC',
        asOf,
        status: 'OPEN',
        lines: lines.map(
          ({ n, ...totals }) =>
            ({
              lineNumber: String(n),
              countedIn: 'EACHES',
              caseSize: 1,
              costPer: 'EACH',
              ...totals,
            }) as unknown as LineProgress,
        ),
      }) as unknown as OrderProgressStated,
  );

const orderFacts: fc.Arbitrary<PlacedFact<PurchaseOrderFact>[]> = fc.array(
  fc.tuple(fc.oneof(orderStated, progressStated), instants).map(([fact, at]) => placed<PurchaseOrderFact>(fact, at)),
  { minLength: 1, maxLength: 8 },
);

const settlementParts = fc.record({
  paid: amounts(),
  queued: amounts(),
  discount: amounts(),
  quantityVariance: amounts(),
  priceVariance: amounts(),
  other: amounts(),
});
const invoiceStated = fc
  .record({
    asOf: instants,
    total: amounts(50_000_00n),
    settlement: settlementParts,
    lines: fc.array(amounts(), { maxLength: 5 }),
    payments: fc.uniqueArray(fc.constantFrom('R1', 'R2', 'R3'), { maxLength: 3 }),
  })
  .map(
    ({ asOf, total, settlement, lines, payments }) =>
      ({
        kind: 'invoice-stated',
        invoiceNumber: 'NW-100451',
        asOf,
        status: 'PARTIALLY_PAID',
        type: 'AP_INVENTORY',
        issuedOn: '2026-05-02' as CalendarDate,
        currency,
        total,
        settlement,
        paymentNumbers: payments,
        lines: lines.map((net, i) => ({
          lineNumber: String(i + 1),
          total: net,
          taxRateCodes: [],
          reasons: [],
          invoiced: 1,
          orderNumber: '2JK3S9VC',
        })),
      }) as unknown as InvoiceStated,
  );
const invoiceFacts = fc.array(
  fc.tuple(invoiceStated, instants).map(([fact, at]) => placed(fact, at)),
  { minLength: 1, maxLength: 6 },
);

describe('I1 · quantities and their splits', () => {
  test('receipts sum to the running total, whatever the totals did', () => {
    fc.assert(
      fc.property(orderFacts, (facts) => {
        for (const line of foldPurchaseOrder(facts)?.lines ?? []) {
          expect(line.receipts.reduce((total, r) => total + r.quantity, 0)).toBe(line.received);
          expect(
            Math.min(line.ordered, line.accepted, line.backordered, line.rejected, line.received),
          ).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
  test('prorating loses nothing: the parts always sum to the whole', () => {
    fc.assert(
      fc.property(
        fc.bigInt(),
        fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { minLength: 1, maxLength: 12 }),
        (minor, weights) => {
          const parts = prorate(money(minor, 'JPY'), weights);
          expect(sum(parts, 'JPY' as Currency)).toEqual(money(minor, 'JPY'));
        },
      ),
    );
  });
});

describe('I2 · paid + deducted + discount + credited + open = total, for the invoice and for each line', () => {
  test('of a folded invoice', () => {
    fc.assert(
      fc.property(invoiceFacts, fc.option(amounts(1_000_00n), { nil: undefined }), (facts, credited) => {
        const invoice = foldInvoice(facts, credited);
        expect(invoice).toBeDefined();
        if (invoice === undefined) return;
        for (const part of [invoice, ...invoice.lines]) {
          expect([part.paid, part.deducted, part.discount, part.credited, part.open].reduce(add)).toEqual(part.total);
        }
        if (invoice.lines.length === 0) return;
        for (const of of ['total', 'paid', 'deducted', 'discount', 'credited', 'open'] as const) {
          expect(
            sum(
              invoice.lines.map((line) => line[of]),
              currency,
            ),
          ).toEqual(invoice[of]);
        }
      }),
    );
  });
  test('an invoice settled in full leaves every line at zero', () => {
    fc.assert(
      fc.property(
        fc.array(amounts(), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 100 }),
        (lines, share) => {
          const total = sum(lines, currency);
          const deducted = money((total.minor * BigInt(share)) / 100n, currency);
          const shares = shareOut(
            {
              total,
              deducted,
              paid: subtract(total, deducted),
              discount: money(0n, currency),
              credited: money(0n, currency),
            },
            lines,
            lines.map(() => money(0n, currency)),
            currency,
          );
          expect(shares.map(({ open }) => open.minor).every((minor) => minor === 0n)).toBe(true);
        },
      ),
    );
  });
});

test('I3 · allocations of an invoice sum to what it was paid', () => {
  fc.assert(
    fc.property(invoiceFacts, (facts) => {
      const invoice = foldInvoice(facts);
      if (invoice === undefined) return;
      expect(
        sum(
          invoice.allocations.map((a) => a.amount),
          currency,
        ),
      ).toEqual(invoice.paid);
    }),
  );
});

describe('I4 · the same facts in any order, any number of times, make the same state', () => {
  test('of an order', () => {
    fc.assert(
      fc.property(orderFacts, fc.array(fc.nat()), (facts, picks) => {
        expect(foldPurchaseOrder(shuffled(facts, picks))).toEqual(foldPurchaseOrder(facts));
      }),
    );
  });
  test('of an invoice', () => {
    fc.assert(
      fc.property(invoiceFacts, fc.array(fc.nat()), (facts, picks) => {
        expect(foldInvoice(shuffled(facts, picks))).toEqual(foldInvoice(facts));
      }),
    );
  });
});

describe('I5 · no state changes without a change, and no change without its state', () => {
  test('of an order', () => {
    fc.assert(
      fc.property(orderFacts, orderFacts, (some, more) => {
        const [before, after] = [foldPurchaseOrder(some), foldPurchaseOrder([...some, ...more])];
        if (before === undefined || after === undefined) return;
        const same = JSON.stringify(before) === JSON.stringify(after);
        expect(purchaseOrderChanges(before, after, after.changedAt).length === 0).toBe(same);
      }),
    );
  });
  test('of an invoice', () => {
    fc.assert(
      fc.property(invoiceFacts, invoiceFacts, (some, more) => {
        const [before, after] = [foldInvoice(some), foldInvoice([...some, ...more])];
        if (before === undefined || after === undefined) return;
        const text = (value: unknown) => JSON.stringify(value, (_k, v) => (typeof v === 'bigint' ? `${v}n` : v));
        expect(invoiceChanges(before, after, '2026-06-01T00:00:00.000Z' as Instant).length === 0).toBe(
          text(before) === text(after),
        );
      }),
    );
  });
});

describe('I6 · the shown state is a pure function of the tally', () => {
  const tally: fc.Arbitrary<LineTally> = fc.record({
    ordered: eaches(20),
    accepted: eaches(20),
    backordered: eaches(20),
    rejected: eaches(20),
    shipped: eaches(20),
    received: eaches(20),
    invoiced: eaches(20),
    invoicedMinor: fc.bigInt({ min: 0n, max: 500n }),
    paidMinor: fc.bigInt({ min: 0n, max: 500n }),
    deductedMinor: fc.bigInt({ min: 0n, max: 50n }),
    discountMinor: fc.bigInt({ min: 0n, max: 50n }),
    creditedMinor: fc.bigInt({ min: 0n, max: 50n }),
    acknowledged: fc.boolean(),
    cancelled: fc.boolean(),
    closed: fc.boolean(),
  });
  test('it follows the table', () => {
    fc.assert(
      fc.property(tally, (t) => {
        const state = lineState(t);
        expect(lineState({ ...t })).toBe(state);
        if (state === 'PAID') expect(openMinor(t)).toBe(0n);
        if (state === 'SHORT') expect(t.closed && t.received < t.shipped).toBe(true);
        if (state === 'NEW') expect(t.acknowledged).toBe(false);
        if (state === 'OVERPAID') expect(openMinor(t)).toBeLessThan(0n);
        if (state === 'REJECTED') expect(t.accepted + t.backordered).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});

test('I7 · an order is the sum of its lines: no part is lost or counted twice', () => {
  const hint = fc.record({
    lineNumber: fc.constantFrom('1', '2', '9'),
    asin: fc.constantFrom('B01', 'B02', 'B99', null),
    vendorSku: fc.constantFrom('S1', null),
  });
  fc.assert(
    fc.property(
      fc.array(
        fc
          .tuple(hint, eaches(), fc.boolean())
          .map(([h, shipped, cancelled]) => ({ ...h, shipped, cancelled, status: null })),
        { maxLength: 8 },
      ),
      (parts) => {
        const line = (lineNumber: string, asin: string) => ({
          lineNumber,
          asin,
          vendorSku: 'S1',
          ordered: 10 as Eaches,
          accepted: 0 as Eaches,
          backordered: 0 as Eaches,
          rejected: 0 as Eaches,
          received: 0 as Eaches,
          acknowledged: false,
          cancelled: false,
          closed: false,
        });
        const tallied = tallyOrder([line('1', 'B01'), line('2', 'B02')], parts, []);
        const matched = parts.reduce(
          (total, part, i) => total + (tallied.shippedTo[i] === undefined || part.cancelled ? 0 : part.shipped),
          0,
        );
        expect(tallied.shipped).toBe(matched);
        expect(tallied.lines.reduce((total, l) => total + l.shipped, 0)).toBe(matched);
      },
    ),
  );
});

/** Some permutation with repeats, driven by `picks`, in which every fact occurs. */
function shuffled<T>(items: readonly T[], picks: readonly number[]): T[] {
  const repeated = [...items, ...picks.flatMap((pick) => items.slice(pick % items.length, (pick % items.length) + 1))];
  return repeated
    .map((item, i) => ({
      item,
      key: ((picks[i % Math.max(1, picks.length)] ?? 7) * (i + 13) * 2_654_435_761) % 1_000_003,
    }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
