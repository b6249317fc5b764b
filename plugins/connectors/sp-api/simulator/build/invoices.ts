// The vendor asks for money: payables; and Amazon asks for some of it back: receivables.
import { atLocal, dayIn } from '../calendar.ts';
import type { Instant } from '../clock.ts';
import type { InvoiceLife, InvoiceLine, LinePlaced, OrderLife } from '../life.ts';
import { extend, type Minor, share, type UnitCost } from '../money.ts';
import { dueAt, type Terms, termsOf } from '../terms.ts';
import { soFar } from './orders.ts';
import { type InvoiceDraft, later, type OrderDraft, type Scene, type ShipmentDraft, serial } from './scene.ts';
import { shippedAt } from './shipments.ts';

export interface BilledLine {
  readonly order: OrderDraft;
  readonly line: LinePlaced;
  readonly eaches: number;
  readonly cost: UnitCost;
}

export interface InvoiceWish {
  readonly at?: Instant;
  readonly number?: string;
  readonly payeeCode?: string;
  readonly terms?: Terms;
  /** What to bill of each line instead of all that was shipped; eaches 0 leaves it out. */
  readonly bill?: (line: BilledLine, index: number) => { readonly eaches?: number; readonly cost?: UnitCost };
  /** Charges and allowances of the header, tax included. */
  readonly miscCharges?: Minor;
}

/** Bill what the shipments carried, at the cost the order has when it is billed. */
export function invoice(scene: Scene, shipments: readonly ShipmentDraft[], wish: InvoiceWish = {}): InvoiceDraft {
  const billed = billable(scene, shipments);
  const lines = billed.flatMap((line, i): BilledLine[] => {
    const changed = { ...line, ...wish.bill?.(line, i) };
    return changed.eaches === 0 ? [] : [changed];
  });
  const departed = Math.max(...shipments.map(shippedAt));
  return writeInvoice(scene, lines, { ...wish, at: wish.at ?? later(scene, departed, 0, 1) }, shipments);
}

/** Bill lines that no shipment stands behind, such as consigned stock that sold. */
export function writeInvoice(
  scene: Scene,
  billed: readonly BilledLine[],
  wish: InvoiceWish & { readonly at: Instant },
  shipments: readonly ShipmentDraft[] = [],
): InvoiceDraft {
  const { account } = scene;
  const first = billed[0];
  if (!first) throw new Error('an invoice needs a line');
  const orders = [...new Set(billed.map((line) => line.order))];
  const terms = wish.terms ?? termsOf(account, first.order.vendorCode);
  return addInvoice(scene, {
    number: wish.number ?? `${prefix[account.site]}${serial(scene, scene.invoices.length)}`,
    payeeCode: wish.payeeCode ?? account.payeeCode,
    vendorCode: first.order.vendorCode,
    kind: 'payable',
    issuedAt: startOfDay(scene, wish.at),
    createdAt: wish.at,
    dueAt: dueAt(account, terms, wish.at),
    terms: terms.text,
    lines: billed.map((line, i) => invoiceLine(scene, line, String(i + 1))),
    miscCharges: wish.miscCharges ?? 0n,
    orders,
    // A shipment Amazon never heard of has no notice to name.
    shipments: shipments
      .filter((shipment) => scene.shipments.includes(shipment))
      .map((shipment) => shipment.identifier),
    warehouse: soFar(first.order).shipTo.code,
  });
}

const prefix = { US: '', CA: 'C', EU: 'RE', JP: 'H' } as const;

type InvoiceParts = Pick<
  InvoiceLife,
  'number' | 'payeeCode' | 'vendorCode' | 'kind' | 'issuedAt' | 'createdAt' | 'dueAt' | 'terms' | 'lines'
> &
  Partial<Omit<InvoiceLife, 'events'>>;

/** Put an invoice into the scene; what is not given is empty. */
export function addInvoice(scene: Scene, parts: InvoiceParts): InvoiceDraft {
  const draft: InvoiceDraft = {
    identifier: `${parts.number}~${parts.payeeCode}`,
    claim: undefined,
    parent: undefined,
    miscCharges: 0n,
    orders: [],
    shipments: [],
    returnIds: [],
    agreementIds: [],
    warehouse: undefined,
    billing: undefined,
    ...parts,
    events: [],
  };
  scene.invoices.push(draft);
  return draft;
}

export interface ReceivableWish {
  readonly number: string;
  readonly claim: NonNullable<InvoiceLife['claim']>;
  /** Tax included; negative for a reversal. */
  readonly amount: Minor;
  readonly at: Instant;
  readonly description: string;
  readonly service?: InvoiceLine['service'];
  readonly orders?: readonly OrderLife[];
  readonly parent?: string;
  readonly returnIds?: readonly string[];
  readonly agreementIds?: readonly string[];
  readonly billing?: InvoiceLife['billing'];
}

/** A document of what the vendor owes Amazon: co-op, returns, chargebacks, provisions, shortage claims. */
export function receivable(scene: Scene, wish: ReceivableWish): InvoiceDraft {
  const { account } = scene;
  return addInvoice(scene, {
    number: wish.number,
    payeeCode: account.payeeCode,
    vendorCode: wish.orders?.[0]?.vendorCode ?? account.vendorCodes[0],
    kind: 'receivable',
    claim: wish.claim,
    parent: wish.parent,
    issuedAt: startOfDay(scene, wish.at),
    createdAt: wish.at,
    dueAt: startOfDay(scene, wish.at),
    terms: 'DUE ON RECEIPT',
    lines: [chargeLine(scene, wish.description, wish.amount, wish.service)],
    orders: wish.orders ?? [],
    returnIds: wish.returnIds ?? [],
    agreementIds: wish.agreementIds ?? [],
    billing: wish.billing,
  });
}

/** One line of a single amount without tax. */
export function chargeLine(
  scene: Scene,
  description: string,
  amount: Minor,
  service: InvoiceLine['service'] = 'OTHER',
): InvoiceLine {
  return {
    id: '1',
    description,
    order: undefined,
    line: undefined,
    quantity: 1,
    cost: amount * 10n ** BigInt(4 - scene.account.minorDigits),
    net: amount,
    tax: 0n,
    service,
  };
}

function billable(scene: Scene, shipments: readonly ShipmentDraft[]): BilledLine[] {
  const billed: BilledLine[] = [];
  for (const item of shipments.flatMap((shipment) => shipment.items)) {
    const order = scene.orders.find((candidate) => candidate === item.order);
    if (!order) continue;
    const same = billed.findIndex((line) => line.order === order && line.line.sequence === item.line.sequence);
    const before = billed[same];
    if (before) {
      billed[same] = { ...before, eaches: before.eaches + item.eaches };
    } else {
      const cost = soFar(order).lines.find((line) => line.line.sequence === item.line.sequence)?.cost ?? item.line.cost;
      billed.push({ order, line: item.line, eaches: item.eaches, cost });
    }
  }
  return billed;
}

function invoiceLine(scene: Scene, billed: BilledLine, id: string): InvoiceLine {
  const { product } = billed.line;
  const quantity = billed.eaches * (product.weight?.perEach ?? 1);
  const net = extend(billed.cost, quantity, scene.account.minorDigits);
  return {
    id,
    description: product.title,
    order: billed.order,
    line: billed.line,
    quantity,
    cost: billed.cost,
    net,
    tax: share(net, scene.site.taxBasisPoints),
    service: undefined,
  };
}

/** Everything the invoice asks for: lines, tax, charges. */
export const totalOf = (of: Pick<InvoiceLife, 'lines' | 'miscCharges'>): Minor =>
  of.lines.reduce((sum, line) => sum + line.net + line.tax, of.miscCharges);

/** Midnight of that day, where the vendor is: the clock of an issue date. */
export const startOfDay = (scene: Scene, at: Instant): Instant =>
  atLocal(scene.site.timeZone, dayIn(scene.site.timeZone, at), 0);
