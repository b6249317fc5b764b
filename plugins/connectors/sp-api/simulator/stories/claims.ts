// What Amazon takes back, and what it gives back of that.
import {
  acknowledge,
  addInvoice,
  chargeLine,
  close,
  deduct,
  type InvoiceDraft,
  invoice,
  later,
  match,
  paidOn,
  pay,
  payable,
  payRun,
  receivable,
  receive,
  type Scene,
  ship,
  totalOf,
} from '../build/index.ts';
import { dayLength } from '../calendar.ts';
import type { Instant } from '../clock.ts';
import { type Minor, share } from '../money.ts';
import { order, runOn, type Story } from './story.ts';

const all = { answer: (line: { ordered: number }) => ({ accepted: line.ordered }) };

/** An invoice of which a quarter never arrived, paid short in the fourth week. */
function shortPaid(scene: Scene): { bill: InvoiceDraft; at: Instant; open: Minor } {
  const placed = order(scene, { lines: 2, ordered: 48, unit: 'Eaches' });
  acknowledge(scene, placed, all);
  const shipment = ship(scene, [placed]);
  receive(scene, shipment, { counted: (item, i) => (i === 0 ? item.eaches - 12 : item.eaches) });
  close(scene, placed);
  const bill = invoice(scene, [shipment]);
  match(scene, bill, { quantityDefect: 'SHORTAGES_IN_TRANSIT' });
  const { at } = pay(scene, bill, { day: payRun(scene, bill.issuedAt + 24 * dayLength), discount: 0n });
  return { bill, at, open: totalOf(bill) - payable(bill) };
}

/** The shortage claim on a short payment. It was taken by not paying, so no remittance carries it. */
function claim(scene: Scene, parent: InvoiceDraft, open: Minor, after: Instant): InvoiceDraft {
  const at = later(scene, after, 1);
  const document = receivable(scene, {
    number: `${parent.number}SC`,
    claim: 'shortage',
    amount: open,
    at,
    description: `Quantity shortage on ${parent.number}`,
    orders: parent.orders,
    parent: parent.number,
  });
  document.events.push({ at: at + 60_000, kind: 'withheld-from-parent', amount: open });
  parent.events.push({ at, kind: 'claimed', document: document.number });
  return document;
}

/**
 * The reversal: a payable of everything the parent left open, of which Amazon pays `paid`. Dates of issue
 * and payment stay those of the first invoice, as in Amazon's own lists.
 */
function reversal(scene: Scene, parent: InvoiceDraft, open: Minor, paid: Minor, after: Instant) {
  const createdAt = later(scene, after, 12);
  const document = addInvoice(scene, {
    number: `${parent.number}SCR`,
    payeeCode: parent.payeeCode,
    vendorCode: parent.vendorCode,
    kind: 'payable',
    claim: 'shortage',
    parent: parent.number,
    issuedAt: parent.issuedAt,
    createdAt,
    dueAt: parent.dueAt,
    terms: parent.terms,
    lines: [chargeLine(scene, `Quantity shortage reversal on ${parent.number}`, open)],
    orders: parent.orders,
  });
  const kept = open - paid;
  match(scene, document, {
    at: later(scene, createdAt, 1),
    variances:
      kept === 0n
        ? []
        : [
            {
              lineId: '1',
              quantity: 0,
              quantityAmount: kept,
              priceAmount: 0n,
              defects: [{ type: 'PQV', code: 'SHORTAGES_IN_TRANSIT' }],
            },
          ],
  });
  const { at } = pay(scene, document, { amount: paid, discount: 0n, day: payRun(scene, createdAt + 4 * dayLength) });
  return { document, at, open: kept };
}

export const claimStories: readonly Story[] = [
  {
    edgeCase: 41,
    title: 'Shortage claim, reversal, revised claim, second reversal',
    tell(scene) {
      const { bill, at, open } = shortPaid(scene);
      claim(scene, bill, open, at);
      const first = reversal(scene, bill, open, share(open, 2600), at);
      claim(scene, first.document, first.open, first.at);
      reversal(scene, first.document, first.open, first.open, first.at);
    },
  },
  {
    edgeCase: 42,
    title: 'Shortage claim reversed in part and left there',
    tell(scene) {
      const { bill, at, open } = shortPaid(scene);
      claim(scene, bill, open, at);
      const first = reversal(scene, bill, open, share(open, 6000), at);
      claim(scene, first.document, first.open, first.at);
    },
  },
  {
    edgeCase: 43,
    title: 'Chargeback that names no line',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      acknowledge(scene, placed, all);
      const { bill } = runOn(scene, [placed]);
      const chargeback = receivable(scene, {
        number: `${bill.number}VCBSINV`,
        claim: 'chargeback',
        amount: share(totalOf(bill), 150),
        at: later(scene, bill.createdAt, 10),
        description: 'ASN not on time',
      });
      deduct(scene, chargeback);
    },
  },
  {
    edgeCase: 44,
    title: 'Co-op accrual for a month of purchases',
    tell(scene) {
      const placed = order(scene, { lines: 3 });
      acknowledge(scene, placed, all);
      const { bill } = runOn(scene, [placed]);
      const agreement = String(scene.random.int(10_000_000, 99_999_999));
      const at = later(scene, bill.createdAt, 20);
      const coOp = receivable(scene, {
        number: `${scene.random.int(1000, 9999)}-${agreement}`,
        claim: 'co-op',
        amount: share(totalOf(bill), 500),
        at,
        description: 'Co-op merchandising accrual',
        agreementIds: [agreement],
        billing: { from: at - 30 * dayLength, until: at },
      });
      deduct(scene, coOp);
    },
  },
  {
    edgeCase: 44,
    title: 'Price protection and damage allowance',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      acknowledge(scene, placed, all);
      const { bill } = runOn(scene, [placed]);
      const at = later(scene, bill.createdAt, 14);
      const protection = receivable(scene, {
        number: `IPAP${scene.account.site}${bill.number.slice(-7)}`,
        claim: 'price-protection',
        amount: share(totalOf(bill), 220),
        at,
        description: 'Price protection agreement',
        service: 'PRICE_PROTECTION',
        orders: bill.orders,
      });
      deduct(scene, protection);
      const damage = receivable(scene, {
        number: `DMG${bill.number}`,
        claim: 'co-op',
        amount: share(totalOf(bill), 80),
        at: later(scene, at, 2),
        description: 'Damage allowance',
        service: 'DAMAGE_ALLOWANCE',
      });
      deduct(scene, damage);
    },
  },
  {
    edgeCase: 45,
    title: 'Return deducted months after its line was paid',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      acknowledge(scene, placed, all);
      const shipment = ship(scene, [placed]);
      receive(scene, shipment);
      close(scene, placed);
      const bill = invoice(scene, [shipment]);
      match(scene, bill);
      const { day } = pay(scene, bill, { day: payRun(scene, bill.issuedAt + 28 * dayLength), discount: 0n });
      const returned = receivable(scene, {
        number: `RTV${bill.number}`,
        claim: 'return',
        amount: share(totalOf(bill), 1200),
        at: later(scene, paidOn(scene, day), 40),
        description: 'Overstock return',
        orders: bill.orders,
        returnIds: [`RET${bill.number}`],
      });
      deduct(scene, returned);
    },
  },
];
