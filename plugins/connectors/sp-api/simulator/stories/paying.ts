// Money that moves together, apart, twice, back, or too late.
import {
  acknowledge,
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
import type { InvoiceWish } from '../build/invoices.ts';
import { atLocal, dayIn, dayLength, endOfMonth, weekday } from '../calendar.ts';
import { share } from '../money.ts';
import type { Terms } from '../terms.ts';
import { order, type Story } from './story.ts';

const all = { answer: (line: { ordered: number }) => ({ accepted: line.ordered }) };

/** An order that went well up to a matched invoice; how it is paid is the story's. */
function matchedInvoice(scene: Scene, wish: InvoiceWish = {}): InvoiceDraft {
  const placed = order(scene, { lines: 2 });
  acknowledge(scene, placed, all);
  const shipment = ship(scene, [placed]);
  receive(scene, shipment);
  close(scene, placed);
  const bill = invoice(scene, [shipment], wish);
  match(scene, bill);
  return bill;
}

/** The weekly run about `days` after the invoice date. */
const runAfter = (scene: Scene, bill: InvoiceDraft, days: number): number =>
  payRun(scene, bill.issuedAt + days * dayLength);

export const payingStories: readonly Story[] = [
  {
    edgeCase: 31,
    title: 'One payment for three invoices',
    tell(scene) {
      const bills = [matchedInvoice(scene), matchedInvoice(scene), matchedInvoice(scene)];
      const day = Math.max(...bills.map((bill) => runAfter(scene, bill, 35)));
      for (const bill of bills) pay(scene, bill, { day });
    },
  },
  {
    edgeCase: 32,
    title: 'One invoice over three payments',
    tell(scene) {
      const bill = matchedInvoice(scene);
      const open = payable(bill);
      const first = open / 2n;
      const second = open / 3n;
      const day = runAfter(scene, bill, 28);
      [first, second, open - first - second].forEach((amount, i) => {
        pay(scene, bill, { amount, day: day + 7 * i, discount: 0n });
      });
    },
  },
  {
    edgeCase: 33,
    title: 'A payment net of a claim on another invoice',
    tell(scene) {
      const bill = matchedInvoice(scene);
      const other = matchedInvoice(scene);
      const day = Math.max(runAfter(scene, bill, 35), runAfter(scene, other, 35));
      pay(scene, bill, { day });
      pay(scene, other, { day });
      const claim = receivable(scene, {
        number: `${other.number}VCBSINV`,
        claim: 'chargeback',
        amount: share(totalOf(other), 300),
        at: later(scene, paidOn(scene, day - 6), 0),
        description: 'Carton content accuracy',
        orders: other.orders,
        parent: other.number,
      });
      deduct(scene, claim, { day });
    },
  },
  {
    edgeCase: 34,
    title: 'Claims exceed a payment; the rest is carried to the next run',
    tell(scene) {
      const bill = matchedInvoice(scene);
      const day = runAfter(scene, bill, 30);
      const owed = totalOf(bill) + share(totalOf(bill), 4000);
      const claim = receivable(scene, {
        number: `RTV${bill.number}`,
        claim: 'return',
        amount: owed,
        at: later(scene, bill.createdAt, 4),
        description: 'Overstock return',
        returnIds: [`RET${bill.number}`],
      });
      // Both meet in a payment of their own, which comes to zero.
      pay(scene, bill, { day, apart: 'carried' });
      deduct(scene, claim, { day, apart: 'carried', amount: payable(bill) });
      deduct(scene, claim, { day: day + 7, amount: owed - payable(bill) });
    },
  },
  {
    edgeCase: 35,
    title: 'Payment voided and made again',
    tell(scene) {
      const bill = matchedInvoice(scene);
      const day = runAfter(scene, bill, 30);
      const { at, remittance } = pay(scene, bill, { day, apart: 'bounced', discount: 0n });
      bill.events.push({ at: at + 3 * dayLength, kind: 'payment-voided', remittance });
      pay(scene, bill, { day: day + 14, discount: 0n });
    },
  },
  {
    edgeCase: 37,
    title: 'Quick-pay discount taken two weeks too late',
    sites: ['US', 'EU'],
    tell(scene) {
      const bill = matchedInvoice(scene);
      pay(scene, bill, { day: runAfter(scene, bill, 44), discount: share(payable(bill), 200) });
    },
  },
  {
    edgeCase: 38,
    title: 'Discount taken from the net amount on one invoice, from the gross on another',
    sites: ['EU', 'CA', 'JP'],
    tell(scene) {
      const terms: Terms = {
        text: '2% 30 NET 60',
        netDays: 60,
        endOfMonth: false,
        discountBasisPoints: 200,
        discountDays: 30,
      };
      const onNet = matchedInvoice(scene, { terms });
      const onGross = matchedInvoice(scene, { terms });
      const net = onNet.lines.reduce((sum, line) => sum + line.net, 0n);
      pay(scene, onNet, { day: runAfter(scene, onNet, 22), discount: share(net, 200) });
      pay(scene, onGross, { day: runAfter(scene, onGross, 22), discount: share(totalOf(onGross), 200) });
    },
  },
  {
    edgeCase: 40,
    title: 'Provision for receivables and its reversal',
    tell(scene) {
      const bill = matchedInvoice(scene);
      const amount = share(totalOf(bill), 1500);
      const at = later(scene, bill.createdAt, 6);
      const provision = receivable(scene, {
        number: `${bill.number}-PROVISION FOR RECEIVABLES`,
        claim: 'provision',
        amount,
        at,
        description: 'Provision for aged receivable',
      });
      deduct(scene, provision);
      const reversal = receivable(scene, {
        number: `${bill.number}-PROVISION FOR RECEIVABLESR`,
        claim: 'provision',
        amount: -amount,
        at: later(scene, at, 15),
        description: 'Reversal of provision for aged receivable',
        parent: provision.number,
      });
      deduct(scene, reversal);
      pay(scene, bill);
    },
  },
  {
    edgeCase: 46,
    title: 'Tax withheld from a payment',
    tell(scene) {
      const bill = matchedInvoice(scene);
      const withheld = share(
        bill.lines.reduce((sum, line) => sum + line.net, 0n),
        1000,
      );
      pay(scene, bill, { day: runAfter(scene, bill, 40), discount: 0n, withheld });
    },
  },
  {
    edgeCase: 49,
    title: 'Month-end terms on the 31st, due on a weekend or a bank day as it falls',
    tell(scene) {
      const terms: Terms = {
        text: 'NET 30 EOM',
        netDays: 30,
        endOfMonth: true,
        discountBasisPoints: 0,
        discountDays: 0,
      };
      const { timeZone } = scene.site;
      let day = dayIn(timeZone, scene.startsAt) + 14;
      while (endOfMonth(day) !== day || new Date(day * dayLength).getUTCDate() !== 31) day += 1;
      // Late in the evening: by the clock in London it is often another month already.
      pay(scene, matchedInvoice(scene, { terms, at: atLocal(timeZone, day, 22 * 60 + 30) }), { runsLate: 0 });
    },
  },
  {
    edgeCase: 49,
    title: 'Due on a Sunday and paid five runs late',
    tell(scene) {
      const terms: Terms = { text: 'NET30', netDays: 30, endOfMonth: false, discountBasisPoints: 0, discountDays: 0 };
      const { timeZone } = scene.site;
      let day = dayIn(timeZone, scene.startsAt) + 12;
      while (weekday(day + terms.netDays) !== 0) day += 1;
      pay(scene, matchedInvoice(scene, { terms, at: atLocal(timeZone, day, 9 * 60) }), { runsLate: 5 });
    },
  },
];
