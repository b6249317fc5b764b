import { eaches, type Instant, type LineProgress, type OrderProgressStated } from 'acorn/plugin';
import { costPer, unitCost } from '../read/amounts.ts';
import { asQuantity, type Quantity, quantity } from '../read/counts.ts';
import { asin, needLineNumber, needOrderNumber, vendorSku } from '../read/identifiers.ts';
import type { Part } from '../read/part.ts';
import { party, partyId } from '../read/parties.ts';
import { stated } from '../read/stated.ts';
import { instant, latest, needInstant } from '../read/times.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { needWord, word } from '../read/words.ts';

/** A page of running totals: confirmed and received so far. @source Vendor Orders API v1, getPurchaseOrdersStatus */
export function getPurchaseOrdersStatus(body: Part): void {
  for (const order of body.needList('ordersStatus')) {
    const fact = order.notes.park(() => readStatus(order));
    if (fact !== undefined) order.notes.tell(fact, order.at);
  }
}

function readStatus(order: Part): OrderProgressStated {
  const orderedAt = needInstant(order, 'purchaseOrderDate');
  const updatedAt = instant(order, 'lastUpdatedDate');
  if (updatedAt === undefined) order.notes.warn('MISSING_MEMBER', `${order.path}/lastUpdatedDate`, 'nothing');
  // Each line stands alone: one that cannot be read leaves the totals of the others true.
  const lines = order.needList('itemStatus').flatMap((line) => order.notes.park(() => readLine(line)) ?? []);
  return stated<OrderProgressStated>({
    kind: 'order-progress-stated',
    orderNumber: needOrderNumber(order),
    asOf: latest(orderedAt, updatedAt, ...lines.flatMap(({ dates }) => dates)) ?? orderedAt,
    status: needWord(order, 'purchaseOrderStatus', vocabulary.purchaseOrderStatus),
    orderedAt,
    vendorCode: partyId(order, 'sellingParty'),
    shipTo: party(order, 'shipToParty'),
    currency: lines.find(({ progress }) => progress.unitCost !== undefined)?.progress.unitCost?.currency,
    lines: lines.map(({ progress }) => progress),
  });
}

/** A line and the dates it mentions; a view of Amazon's is never older than those. */
interface ReadLine {
  readonly progress: LineProgress;
  readonly dates: readonly (Instant | undefined)[];
}

function readLine(line: Part): ReadLine {
  const orderedPart = line.member('orderedQuantity');
  const { ordered, changes } = readOrdered(orderedPart);
  const answer = answerOf(line);
  const details = answer?.list('acknowledgementStatusDetails') ?? [];
  const acknowledgements = details.map((detail) => ({
    at: needInstant(detail, 'acknowledgementDate'),
    accepted: quantity(detail, 'acceptedQuantity', ordered)?.eaches ?? eaches(0),
    rejected: quantity(detail, 'rejectedQuantity', ordered)?.eaches ?? eaches(0),
  }));
  const receiving = line.member('receivingStatus');
  const lastReceivedAt = instant(receiving, 'lastReceiveDate');
  const progress = stated<LineProgress>({
    lineNumber: needLineNumber(line, 'itemSequenceNumber'),
    asin: asin(line),
    vendorSku: vendorSku(line),
    ordered: ordered?.eaches,
    cancelled: cancelled(changes, ordered),
    countedIn: ordered?.countedIn ?? 'EACHES',
    caseSize: ordered?.caseSize ?? 1,
    unitCost: unitCost(line, 'netCost'),
    costPer: costPer(line, 'netCost'),
    listPrice: unitCost(line, 'listPrice'),
    confirmation: answer && word(answer, 'confirmationStatus', vocabulary.confirmationStatus),
    accepted: (quantity(answer, 'acceptedQuantity', ordered) ?? misnamedAccepted(answer, ordered))?.eaches,
    rejected: quantity(answer, 'rejectedQuantity', ordered)?.eaches,
    acknowledgements: details.length === 0 ? undefined : acknowledgements,
    receiveStatus: receiving && word(receiving, 'receiveStatus', vocabulary.receiveStatus),
    received: quantity(receiving, 'receivedQuantity', ordered)?.eaches,
    lastReceivedAt,
  });
  const changedAt = changes.map((change) => instant(change, 'updatedDate'));
  return { progress, dates: [lastReceivedAt, ...changedAt, ...acknowledgements.map(({ at }) => at)] };
}

/** Nested by the model; in Amazon's samples the quantity stands there itself. */
function readOrdered(part: Part | undefined): { ordered: Quantity | undefined; changes: Part[] } {
  if (part === undefined) return { ordered: undefined, changes: [] };
  if (part.member('amount') === undefined) {
    return { ordered: quantity(part, 'orderedQuantity'), changes: part.list('orderedQuantityDetails') };
  }
  part.warn('UNEXPECTED_SHAPE', 'a quantity where its history belongs');
  return { ordered: asQuantity(part), changes: [] };
}

/** `acknowledgementStatus` by the model; `acknowledgedQuantity`, without a status, in Amazon's samples. */
function answerOf(line: Part): Part | undefined {
  const answer = line.member('acknowledgementStatus');
  if (answer !== undefined) return answer;
  const sample = line.member('acknowledgedQuantity');
  sample?.warn('UNEXPECTED_SHAPE', 'acknowledgedQuantity where acknowledgementStatus belongs');
  return sample;
}

/** The one quantity of an answer, under the name of the whole. */
function misnamedAccepted(answer: Part | undefined, ordered: Quantity | undefined): Quantity | undefined {
  const misnamed = answer?.member('acknowledgedQuantity');
  misnamed?.warn('UNEXPECTED_SHAPE', 'acknowledgedQuantity where acceptedQuantity belongs');
  return misnamed && asQuantity(misnamed, ordered);
}

/** Each change of the quantity may take some back; the total is their sum. Absent when no change speaks of it. */
function cancelled(changes: readonly Part[], ordered: Quantity | undefined): LineProgress['cancelled'] {
  const taken = changes.flatMap((change) => quantity(change, 'cancelledQuantity', ordered) ?? []);
  return taken.length === 0 ? undefined : eaches(taken.reduce((total, { eaches: each }) => total + each, 0));
}
