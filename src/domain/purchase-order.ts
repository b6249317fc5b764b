import { sameJson } from '../base/canonical-json.ts';
import type { Currency } from '../base/currency.ts';
import { type Eaches, none } from '../base/eaches.ts';
import type { Asin, LineNumber, PurchaseOrderNumber } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { UnitCost } from '../base/money.ts';
import { type AcknowledgementEvent, foldAcknowledgement } from './acknowledgement.ts';
import type { FreightTerm } from './changes.ts';
import type {
  CostPer,
  CountedIn,
  ImportTerms,
  LineProgress,
  LinesAcknowledged,
  OrderProgressStated,
  Party,
  PurchaseOrderStated,
  StatedOrderLine,
  Window,
} from './facts.ts';
import { inOrder, type PlacedFact } from './order.ts';
import { type PlacedDifference, termDifferences } from './order-differences.ts';
import { foldReceipts, type ReceiptEvent } from './receipt.ts';
import { freightTermOf } from './window.ts';

export type PurchaseOrderFact = PurchaseOrderStated | OrderProgressStated | LinesAcknowledged;

/** What an order asks for: the part a version is made of. */
export interface OrderTerms {
  readonly type?: string;
  readonly paymentMethod?: string;
  readonly dealCode?: string;
  readonly vendorCode?: string;
  readonly freightTerm?: FreightTerm;
  readonly shipWindow?: Window;
  readonly deliveryWindow?: Window;
  readonly buyer?: Party;
  readonly shipTo?: Party;
  readonly billTo?: Party;
  readonly importTerms?: ImportTerms;
  readonly lines: readonly StatedOrderLine[];
}

export interface OrderVersion {
  /** 1 for the first. */
  readonly version: number;
  readonly changedAt: Instant;
  readonly terms: OrderTerms;
  /** From the version before; empty for the first. */
  readonly differences: readonly PlacedDifference[];
}

/** A line as the order, its acknowledgements and its running totals state it. What shipments and invoices add is tallied elsewhere. */
export interface OrderLineState {
  readonly lineNumber: LineNumber;
  readonly asin?: Asin;
  readonly vendorSku?: string;
  /** In an earlier version, and not in the newest. */
  readonly removed: boolean;
  readonly ordered: Eaches;
  readonly countedIn: CountedIn;
  readonly caseSize: number;
  readonly costPer: CostPer;
  readonly unitCost?: UnitCost;
  readonly listPrice?: UnitCost;
  readonly backorderAllowed?: boolean;
  readonly acknowledged: boolean;
  readonly accepted: Eaches;
  readonly backordered: Eaches;
  readonly rejected: Eaches;
  readonly acknowledgements: readonly AcknowledgementEvent[];
  readonly received: Eaches;
  readonly receipts: readonly ReceiptEvent[];
}

export interface PurchaseOrderState {
  readonly number: PurchaseOrderNumber;
  readonly amazonState?: string;
  readonly amazonStatus?: string;
  readonly orderedAt?: Instant;
  /** When the newest version was made; of an order known by its totals only, when it was ordered. */
  readonly changedAt: Instant;
  readonly currency?: Currency;
  /** Amazon has closed it: nothing more will arrive. */
  readonly closed: boolean;
  /** The newest version's terms; empty while only totals are known. */
  readonly terms: OrderTerms;
  readonly versions: readonly OrderVersion[];
  readonly lines: readonly OrderLineState[];
}

/** An order from everything said of it, in any order of arrival; `undefined` from nothing. */
export function foldPurchaseOrder(facts: readonly PlacedFact<PurchaseOrderFact>[]): PurchaseOrderState | undefined {
  const ordered = inOrder(facts).map(({ fact }) => fact);
  const first = ordered[0];
  if (first === undefined) return undefined;

  const stated = ordered.filter((fact) => fact.kind === 'purchase-order-stated');
  const progress = ordered.filter((fact) => fact.kind === 'order-progress-stated');
  const acknowledged = ordered.filter((fact) => fact.kind === 'lines-acknowledged');

  const versions = foldVersions(stated);
  const newest = versions.at(-1);
  const amazonState = stated.findLast((fact) => fact.state)?.state;
  const amazonStatus = progress.at(-1)?.status;
  const orderedAt = stated.findLast((f) => f.orderedAt)?.orderedAt ?? progress.findLast((f) => f.orderedAt)?.orderedAt;
  const currency = stated.findLast((f) => f.currency)?.currency ?? progress.findLast((f) => f.currency)?.currency;
  const terms = newest?.terms ?? termsFromProgress(progress.at(-1), acknowledged.at(-1));

  return {
    number: first.orderNumber,
    ...(amazonState !== undefined && { amazonState }),
    ...(amazonStatus !== undefined && { amazonStatus }),
    ...(orderedAt !== undefined && { orderedAt }),
    changedAt: newest?.changedAt ?? orderedAt ?? first.asOf,
    ...(currency !== undefined && { currency }),
    closed: amazonState?.toUpperCase() === 'CLOSED' || amazonStatus?.toUpperCase() === 'CLOSED',
    terms,
    versions,
    lines: lineNumbers(ordered).map((lineNumber) => foldLine(lineNumber, ordered, versions, progress, acknowledged)),
  };
}

/** Each different statement of the terms is a version. A statement without details changes the state only. */
function foldVersions(stated: readonly PurchaseOrderStated[]): OrderVersion[] {
  const versions: OrderVersion[] = [];
  for (const fact of stated) {
    if (fact.lines === undefined) continue;
    const terms = termsOf(fact, fact.lines);
    const before = versions.at(-1)?.terms;
    if (sameJson(before, terms)) continue;
    versions.push({
      version: versions.length + 1,
      changedAt: fact.asOf,
      terms,
      differences: before === undefined ? [] : termDifferences(before, terms),
    });
  }
  return versions;
}

function termsOf(fact: PurchaseOrderStated, lines: readonly StatedOrderLine[]): OrderTerms {
  const freightTerm = freightTermOf(fact);
  const { type, paymentMethod, dealCode, vendorCode, shipWindow, deliveryWindow, buyer, shipTo, billTo, importTerms } =
    fact;
  return {
    ...(type !== undefined && { type }),
    ...(paymentMethod !== undefined && { paymentMethod }),
    ...(dealCode !== undefined && { dealCode }),
    ...(vendorCode !== undefined && { vendorCode }),
    ...(freightTerm !== undefined && { freightTerm }),
    ...(shipWindow !== undefined && { shipWindow }),
    ...(deliveryWindow !== undefined && { deliveryWindow }),
    ...(buyer !== undefined && { buyer }),
    ...(shipTo !== undefined && { shipTo }),
    ...(billTo !== undefined && { billTo }),
    ...(importTerms !== undefined && { importTerms }),
    lines: [...lines].sort((a, b) => byLineNumber(a.lineNumber, b.lineNumber)),
  };
}

function termsFromProgress(progress?: OrderProgressStated, acknowledged?: LinesAcknowledged): OrderTerms {
  const vendorCode = progress?.vendorCode ?? acknowledged?.vendorCode;
  return {
    ...(vendorCode !== undefined && { vendorCode }),
    ...(progress?.shipTo !== undefined && { shipTo: progress.shipTo }),
    lines: [],
  };
}

/** Every line any document has named, in the order's own numbering. */
function lineNumbers(facts: readonly PurchaseOrderFact[]): LineNumber[] {
  const known = new Set<LineNumber>();
  for (const fact of facts) {
    if (fact.kind === 'lines-acknowledged') continue;
    for (const line of fact.lines ?? []) known.add(line.lineNumber);
  }
  return [...known].sort(byLineNumber);
}

function foldLine(
  lineNumber: LineNumber,
  facts: readonly PurchaseOrderFact[],
  versions: readonly OrderVersion[],
  progress: readonly OrderProgressStated[],
  acknowledged: readonly LinesAcknowledged[],
): OrderLineState {
  const stated = versions.findLast(({ terms }) => lineOf(terms, lineNumber))?.terms;
  const statedLine = stated && lineOf(stated, lineNumber);
  const removed = statedLine !== undefined && stated !== versions.at(-1)?.terms;
  const steps = progress.flatMap((fact) => {
    const line = fact.lines.find((candidate) => candidate.lineNumber === lineNumber);
    return line === undefined ? [] : [{ asOf: fact.asOf, line }];
  });
  const latest = steps.at(-1)?.line;
  const described = statedLine ?? latest;
  const ordered = removed ? none : newestOrdered(lineNumber, facts);
  const asin = described?.asin ?? latest?.asin;
  const vendorSku = described?.vendorSku ?? latest?.vendorSku;
  const unitCost = described?.unitCost ?? latest?.unitCost;
  const listPrice = described?.listPrice ?? latest?.listPrice;
  const receipts = foldReceipts(steps);

  return {
    lineNumber,
    ...(asin !== undefined && { asin }),
    ...(vendorSku !== undefined && { vendorSku }),
    removed,
    ordered,
    countedIn: described?.countedIn ?? 'EACHES',
    caseSize: described?.caseSize ?? 1,
    costPer: described?.costPer ?? 'EACH',
    ...(unitCost !== undefined && { unitCost }),
    ...(listPrice !== undefined && { listPrice }),
    ...(statedLine?.backorderAllowed !== undefined && { backorderAllowed: statedLine.backorderAllowed }),
    ...foldAcknowledgement({ lineNumber, asin, vendorSku, ordered }, steps, acknowledged),
    received: receipts.at(-1)?.runningTotal ?? none,
    receipts,
  };
}

const lineOf = (terms: OrderTerms, lineNumber: LineNumber): StatedOrderLine | undefined =>
  terms.lines.find((line) => line.lineNumber === lineNumber);

/** Orders and totals both say how much is ordered; the newest of either counts. */
function newestOrdered(lineNumber: LineNumber, facts: readonly PurchaseOrderFact[]): Eaches {
  for (const fact of facts.toReversed()) {
    if (fact.kind === 'lines-acknowledged') continue;
    const line: StatedOrderLine | LineProgress | undefined = fact.lines?.find((l) => l.lineNumber === lineNumber);
    if (line?.ordered !== undefined) return line.ordered;
  }
  return none;
}

/** Numeric where both are numbers, else as text. */
export function byLineNumber(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isInteger(x) && Number.isInteger(y) && x !== y) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}
