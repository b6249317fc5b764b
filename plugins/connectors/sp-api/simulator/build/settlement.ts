// Amazon compares an invoice with what it counted, queues the rest, and pays it in a weekly run.
import { addBusinessDays, atLocal, type DayNumber, dayIn, dayLength, hour, minute, nextWeekday } from '../calendar.ts';
import type { Instant } from '../clock.ts';
import type { InvoiceLine, Variance } from '../life.ts';
import { extend, type Minor, share } from '../money.ts';
import { digits, Random } from '../random.ts';
import { termsOf } from '../terms.ts';
import { totalOf } from './invoices.ts';
import { soFar } from './orders.ts';
import { arrange, type InvoiceDraft, lastOf, later, type Scene } from './scene.ts';

/**
 * The remittance of a payment run: all invoices of one payee paid on one day share it. `apart` names a
 * payment outside the weekly run, which has a number of its own.
 */
export function remittanceOf(scene: Scene, payee: string, day: DayNumber, apart = ''): string {
  return new Random(scene.seed, scene.account.name, 'remittance', payee, day, apart).text(digits, 9).replace(/^0/, '9');
}

/** The weekly run on or after `at`, `runs` runs later. */
export function payRun(scene: Scene, at: Instant, runs = 0): DayNumber {
  return nextWeekday(dayIn(scene.site.timeZone, at), scene.site.payWeekday) + 7 * runs;
}

/** Two in the afternoon of that day: when a run shows. */
export const paidOn = (scene: Scene, day: DayNumber): Instant => atLocal(scene.site.timeZone, day, 14 * 60);

export interface MatchWish {
  readonly at?: Instant;
  /** Instead of comparing with what was received and ordered. */
  readonly variances?: readonly Variance[];
  /** The cause Amazon gives for missing goods; drawn otherwise. */
  readonly quantityDefect?: string;
  readonly priceDefect?: string;
}

/** Amazon's three-way match, some days after the goods and the invoice are both there. */
export function match(scene: Scene, invoice: InvoiceDraft, wish: MatchWish = {}): readonly Variance[] {
  const arrived = Math.max(
    invoice.createdAt,
    ...invoice.orders.map((order) =>
      lastOf(
        order.events.filter((event) => event.kind === 'received' && event.at < invoice.createdAt + 40 * dayLength),
        order.placedAt,
      ),
    ),
  );
  const at = wish.at ?? later(scene, arrived, 1, 4);
  const variances = wish.variances ?? invoice.lines.flatMap((line) => compare(scene, line, at, wish));
  invoice.events.push({ at, kind: 'matched', variances });
  return variances;
}

function compare(scene: Scene, line: InvoiceLine, at: Instant, wish: MatchWish): Variance[] {
  const placed = line.line;
  const order = scene.orders.find((candidate) => candidate === line.order);
  if (!placed || !order) return [];
  const now = soFar(order).lines.find((candidate) => candidate.line.sequence === placed.sequence);
  const key = `${order.number} ${placed.sequence}`;
  const counted = order.events.reduce(
    (sum, event) =>
      event.kind === 'received' && event.sequence === placed.sequence && event.at <= at ? sum + event.eaches : sum,
    0,
  );
  const perEach = placed.product.weight?.perEach ?? 1;
  const free = Math.max(0, counted - (scene.matched.get(key) ?? 0));
  const matched = Math.min(line.quantity / perEach, free);
  scene.matched.set(key, (scene.matched.get(key) ?? 0) + matched);

  const missing = line.quantity / perEach - matched;
  const agreed = now?.cost ?? placed.cost;
  const tooDear = line.cost > agreed ? line.cost - agreed : 0n;
  if (missing === 0 && tooDear === 0n) return [];
  const { minorDigits } = scene.account;
  const short = extend(line.cost, missing * perEach, minorDigits);
  const dear = extend(tooDear, matched * perEach, minorDigits);
  const taxed = (net: Minor) => net + (line.tax === 0n ? 0n : share(net, scene.site.taxBasisPoints));
  return [
    {
      lineId: line.id,
      quantity: missing,
      // All of a line withheld is the line's own amount, whatever rounding says.
      quantityAmount: matched === 0 ? line.net + line.tax : taxed(short),
      priceAmount: taxed(dear),
      defects: [
        ...(missing > 0
          ? [{ type: 'PQV' as const, code: wish.quantityDefect ?? scene.random.pick(quantityDefects) }]
          : []),
        ...(tooDear > 0n ? [{ type: 'PPV' as const, code: wish.priceDefect ?? scene.random.pick(priceDefects) }] : []),
      ],
    },
  ];
}

const quantityDefects = ['SHORTAGES_IN_TRANSIT', 'OVERBILLING', 'NO_APPOINTMENT', 'FEED_DEFECTS'];
const priceDefects = [
  'PRODUCT_COST_NOT_ACTIVE',
  'PRODUCT_COST_NOT_REGISTERED',
  'REJECTED_PRICE_INCREASE_ON_PO',
  'ROUNDING_ISSUES',
];

/** What stays to be paid of an invoice after its newest match. */
export function payable(invoice: InvoiceDraft): Minor {
  arrange(invoice);
  let withheld = 0n;
  for (const event of invoice.events) {
    if (event.kind === 'matched')
      withheld = event.variances.reduce((sum, v) => sum + v.quantityAmount + v.priceAmount, 0n);
  }
  return totalOf(invoice) - withheld;
}

export interface PayWish {
  readonly amount?: Minor;
  readonly discount?: Minor;
  readonly withheld?: Minor;
  readonly day?: DayNumber;
  /** A payment outside the weekly run, by a word of its own. */
  readonly apart?: string;
  /** Runs missed after the due date; drawn otherwise, mostly none. */
  readonly runsLate?: number;
}

/** Queue an invoice and pay it; without wishes all of it, with quick pay where the terms allow. */
export function pay(
  scene: Scene,
  invoice: InvoiceDraft,
  wish: PayWish = {},
): { readonly day: DayNumber; readonly at: Instant; readonly remittance: string } {
  const open = payable(invoice);
  const matchedAt = lastOf(invoice.events, invoice.createdAt);
  const quick =
    wish.day === undefined && wish.runsLate === undefined && wish.discount === undefined
      ? quickRun(scene, invoice, matchedAt)
      : undefined;
  const runsLate =
    wish.runsLate ??
    scene.random.weighted([
      [78, 0],
      [15, 1],
      [5, 2],
      [2, 4],
    ]);
  const run =
    wish.day ?? quick?.day ?? Math.max(payRun(scene, invoice.dueAt, runsLate), payRun(scene, matchedAt + dayLength));
  const at = Math.max(paidOn(scene, run), matchedAt + 2 * hour);
  const day = dayIn(scene.site.timeZone, at);
  const discount = wish.discount ?? quick?.discount ?? 0n;
  const withheld = wish.withheld ?? 0n;
  const amount = wish.amount ?? open - discount - withheld;
  const remittance = remittanceOf(scene, invoice.payeeCode, day, wish.apart);
  if (amount > 0n) {
    invoice.events.push({
      at: Math.max(matchedAt + 30 * minute, at - scene.random.int(2, 6) * dayLength),
      kind: 'queued',
      amount,
    });
  }
  invoice.events.push({ at, kind: 'paid', amount, discount, withheld, remittance });
  return { day, at, remittance };
}

/** Where the terms give a discount for early payment, Amazon takes it six times in ten. */
function quickRun(
  scene: Scene,
  invoice: InvoiceDraft,
  matchedAt: Instant,
): { day: DayNumber; discount: Minor } | undefined {
  const terms = termsOf(scene.account, invoice.vendorCode);
  if (terms.discountBasisPoints === 0 || terms.text !== invoice.terms || !scene.random.chance(60)) return undefined;
  const last = dayIn(scene.site.timeZone, invoice.issuedAt) + terms.discountDays;
  const day = nextWeekday(last - 6, scene.site.payWeekday);
  if (paidOn(scene, day) < matchedAt + 2 * dayLength) return undefined;
  return { day, discount: share(payable(invoice), terms.discountBasisPoints) };
}

/** Take a receivable out of the run on or after `at`. */
export function deduct(
  scene: Scene,
  document: InvoiceDraft,
  wish: { readonly at?: Instant; readonly amount?: Minor; readonly day?: DayNumber; readonly apart?: string } = {},
): string {
  const day = wish.day ?? payRun(scene, later(scene, wish.at ?? document.createdAt, 2));
  const remittance = remittanceOf(scene, document.payeeCode, day, wish.apart);
  document.events.push({
    at: paidOn(scene, day),
    kind: 'deducted',
    amount: wish.amount ?? totalOf(document),
    remittance,
  });
  return remittance;
}

/** The business day `days` after `at`, for wishes of `day`. */
export const dayAfter = (scene: Scene, at: Instant, days: number): DayNumber =>
  addBusinessDays(dayIn(scene.site.timeZone, at), days);
