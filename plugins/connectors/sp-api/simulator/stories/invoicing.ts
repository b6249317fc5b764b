// Bills that do not stand one to one beside orders, and bills that are wrong.
import {
  acknowledge,
  addInvoice,
  type BilledLine,
  chargeLine,
  close,
  type InvoiceDraft,
  invoice,
  later,
  match,
  type OrderDraft,
  pay,
  payable,
  receive,
  type Scene,
  type ShipmentDraft,
  ship,
  startOfDay,
  totalOf,
  writeInvoice,
} from '../build/index.ts';
import type { OrderWish } from '../build/orders.ts';
import { hour } from '../calendar.ts';
import { order, type Story } from './story.ts';

const all = { answer: (line: { ordered: number }) => ({ accepted: line.ordered }) };

/** An order that is placed, accepted, shipped, counted and closed; the bill is the story's. */
function delivered(scene: Scene, wish: OrderWish = {}): { placed: OrderDraft; shipment: ShipmentDraft } {
  const placed = order(scene, wish);
  acknowledge(scene, placed, all);
  const shipment = ship(scene, [placed]);
  receive(scene, shipment);
  close(scene, placed);
  return { placed, shipment };
}

function settle(scene: Scene, bill: InvoiceDraft): void {
  match(scene, bill);
  pay(scene, bill);
}

export const invoicingStories: readonly Story[] = [
  {
    edgeCase: 22,
    title: 'One invoice for three orders',
    tell(scene) {
      const shipments = [1, 2, 3].map(() => delivered(scene, { lines: 2 }).shipment);
      settle(scene, invoice(scene, shipments));
    },
  },
  {
    edgeCase: 22,
    title: 'One invoice of 660 lines over six orders',
    tell(scene) {
      const products = scene.catalogue.filter((one) => !one.weight).slice(0, 110);
      const shipments = Array.from(
        { length: 6 },
        () => delivered(scene, { products, ordered: 4, unit: 'Eaches' }).shipment,
      );
      settle(scene, invoice(scene, shipments));
    },
  },
  {
    edgeCase: 23,
    title: 'Two invoices for one line',
    tell(scene) {
      const placed = order(scene, { lines: 1, ordered: 60, unit: 'Eaches' });
      const answered = acknowledge(scene, placed, all);
      const shipments = [1, 4].map((days) =>
        ship(scene, [placed], { createdAt: later(scene, answered, days), quantity: () => 30 }),
      );
      for (const shipment of shipments) receive(scene, shipment);
      close(scene, placed);
      for (const shipment of shipments) settle(scene, invoice(scene, [shipment]));
    },
  },
  {
    edgeCase: 24,
    title: 'The same invoice number sent twice',
    tell(scene) {
      const { shipment } = delivered(scene, { lines: 2 });
      const bill = invoice(scene, [shipment]);
      settle(scene, bill);
      // The number comes again under the vendor code instead of the payee, so it is a document of its own.
      const again = invoice(scene, [shipment], {
        number: bill.number,
        payeeCode: bill.vendorCode,
        at: later(scene, bill.createdAt, 3),
      });
      again.events.push({ at: again.createdAt + 6 * hour, kind: 'rejected', defect: 'DUPLICATE_INVOICE_DEFECT' });
    },
  },
  {
    edgeCase: 25,
    title: 'Billed before anything was shipped: rejected, then sent under a new number',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      const answered = acknowledge(scene, placed, all);
      const early = writeInvoice(scene, billedLines(placed), { at: answered + 2 * hour });
      early.events.push({ at: early.createdAt + 5 * hour, kind: 'rejected', defect: 'NO_APPOINTMENT' });
      const shipment = ship(scene, [placed]);
      receive(scene, shipment);
      close(scene, placed);
      settle(scene, invoice(scene, [shipment]));
    },
  },
  {
    edgeCase: 26,
    title: 'Billed above the cost of the order',
    tell(scene) {
      const { shipment } = delivered(scene, { lines: 2 });
      const coin = 10n ** BigInt(4 - scene.account.minorDigits);
      const bill = invoice(scene, [shipment], {
        bill: (line, i) => (i === 0 ? { cost: ((line.cost * 106n) / 100n / coin + 1n) * coin } : {}),
      });
      match(scene, bill, { priceDefect: 'REJECTED_PRICE_INCREASE_ON_PO' });
      pay(scene, bill);
    },
  },
  {
    edgeCase: 27,
    title: 'Credit note that names its invoice',
    sites: ['EU'],
    tell(scene) {
      const { placed, shipment } = delivered(scene, { lines: 2 });
      const bill = invoice(scene, [shipment]);
      settle(scene, bill);
      credit(scene, bill, [placed], later(scene, bill.createdAt, 12));
    },
  },
  {
    edgeCase: 28,
    title: 'Credit note for a return, without any invoice',
    sites: ['EU'],
    tell(scene) {
      const { shipment } = delivered(scene, { lines: 2 });
      const bill = invoice(scene, [shipment]);
      settle(scene, bill);
      credit(scene, bill, [], later(scene, bill.createdAt, 15));
    },
  },
  {
    edgeCase: 29,
    title: 'A negative line on one invoice, a total of zero on the next',
    tell(scene) {
      const { placed, shipment } = delivered(scene, { lines: 2, ordered: 24, unit: 'Eaches' });
      const lines = billedLines(placed);
      const [first] = lines;
      if (!first) return;
      const at = later(scene, shipment.createdAt, 3);
      settle(scene, writeInvoice(scene, [...lines, { ...first, eaches: -2 }], { at }, [shipment]));
      const zero = writeInvoice(
        scene,
        [
          { ...first, eaches: 2 },
          { ...first, eaches: -2 },
        ],
        { at: at + 2 * hour },
      );
      zero.events.push({ at: zero.createdAt + 4 * hour, kind: 'rejected', defect: 'OTHER' });
    },
  },
  {
    edgeCase: 30,
    title: 'Freight charge and allowance in the header',
    tell(scene) {
      const { shipment } = delivered(scene, { lines: 3 });
      // A charge of 25.00 less an allowance of 7.33; whole yen in Japan.
      const miscCharges = scene.account.minorDigits === 0 ? 1767n : 2500n - 733n;
      settle(scene, invoice(scene, [shipment], { miscCharges }));
    },
  },
];

const billedLines = (placed: OrderDraft): BilledLine[] =>
  placed.lines.map((line) => ({ order: placed, line, eaches: line.ordered, cost: line.cost }));

/** A tenth of the invoice back, as a payable below zero that the next run takes off. */
function credit(scene: Scene, bill: InvoiceDraft, orders: readonly OrderDraft[], at: number): void {
  const amount = -(payable(bill) / 10n);
  const note = addInvoice(scene, {
    number: `GS${bill.number}`,
    payeeCode: bill.payeeCode,
    vendorCode: bill.vendorCode,
    kind: 'payable',
    parent: orders.length > 0 ? bill.number : undefined,
    issuedAt: startOfDay(scene, at),
    createdAt: at,
    dueAt: startOfDay(scene, at),
    terms: bill.terms,
    lines: [chargeLine(scene, orders.length > 0 ? `Gutschrift zu ${bill.number}` : 'Gutschrift Rücksendung', amount)],
    orders,
    returnIds: orders.length > 0 ? [] : [`RET${bill.number}`],
  });
  match(scene, note, { at: later(scene, at, 1), variances: [] });
  pay(scene, note, { amount: totalOf(note), discount: 0n, runsLate: 0 });
}
