import type { PurchaseOrderStated, StatedOrderLine } from 'acorn/plugin';
import { costPer, unitCost } from '../read/amounts.ts';
import { asQuantity } from '../read/counts.ts';
import { asin, needLineNumber, needOrderNumber, vendorSku } from '../read/identifiers.ts';
import type { Part } from '../read/part.ts';
import { party, partyId } from '../read/parties.ts';
import { stated } from '../read/stated.ts';
import { instant, latest, needInstant, window } from '../read/times.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { word } from '../read/words.ts';
import type { Received } from './received.ts';

/** A page of orders, each in its newest state. @source Vendor Orders API v1, getPurchaseOrders */
export function getPurchaseOrders(body: Part, received: Received): void {
  for (const order of body.needList('orders')) tellOrder(order, received);
}

/** One order by its number. @source Vendor Orders API v1, getPurchaseOrder */
export function getPurchaseOrder(body: Part, received: Received): void {
  tellOrder(body.member('order') ?? body, received);
}

/** An order of which one line cannot be read is parked whole: an order that lacks a line would be another order. */
function tellOrder(order: Part, received: Received): void {
  const fact = order.notes.park(() => readOrder(order, received));
  if (fact !== undefined) order.notes.tell(fact, order.at);
}

function readOrder(order: Part, received: Received): PurchaseOrderStated {
  const orderNumber = needOrderNumber(order);
  const state = word(order, 'purchaseOrderState', vocabulary.purchaseOrderState);
  if (state === undefined) order.notes.warn('MISSING_MEMBER', `${order.path}/purchaseOrderState`, 'nothing');
  const details = order.member('orderDetails');
  if (details === undefined) {
    // Asked without details, Amazon shows no date at all: the state is true when the answer came.
    order.notes.warn('MISSING_MEMBER', `${order.path}/orderDetails`, 'nothing');
    return stated<PurchaseOrderStated>({
      kind: 'purchase-order-stated',
      orderNumber,
      asOf: received.receivedAt,
      state,
    });
  }
  const orderedAt = needInstant(details, 'purchaseOrderDate');
  const lines = details.needList('items').map(readLine);
  return stated<PurchaseOrderStated>({
    kind: 'purchase-order-stated',
    orderNumber,
    asOf:
      latest(
        orderedAt,
        instant(details, 'purchaseOrderChangedDate'),
        instant(details, 'purchaseOrderStateChangedDate'),
      ) ?? orderedAt,
    state,
    orderedAt,
    type: word(details, 'purchaseOrderType', vocabulary.purchaseOrderType),
    paymentMethod: word(details, 'paymentMethod', vocabulary.paymentMethod),
    dealCode: details.text('dealCode'),
    vendorCode: partyId(details, 'sellingParty'),
    buyer: party(details, 'buyingParty'),
    shipTo: party(details, 'shipToParty'),
    billTo: party(details, 'billToParty'),
    shipWindow: window(details, 'shipWindow'),
    deliveryWindow: window(details, 'deliveryWindow'),
    importTerms: readImportTerms(details),
    currency: lines.find((line) => line.unitCost !== undefined)?.unitCost?.currency,
    lines,
  });
}

function readLine(line: Part): StatedOrderLine {
  const ordered = asQuantity(line.need('orderedQuantity'));
  return stated<StatedOrderLine>({
    lineNumber: needLineNumber(line, 'itemSequenceNumber'),
    asin: asin(line),
    vendorSku: vendorSku(line),
    ordered: ordered.eaches,
    countedIn: ordered.countedIn,
    caseSize: ordered.caseSize,
    unitCost: unitCost(line, 'netCost'),
    costPer: costPer(line, 'netCost'),
    listPrice: unitCost(line, 'listPrice'),
    backorderAllowed: line.flag('isBackOrderAllowed'),
  });
}

function readImportTerms(details: Part): PurchaseOrderStated['importTerms'] {
  const terms = details.member('importDetails');
  return (
    terms &&
    stated<NonNullable<PurchaseOrderStated['importTerms']>>({
      methodOfPayment: word(terms, 'methodOfPayment', vocabulary.methodOfPayment),
      incoterm: word(terms, 'internationalCommercialTerms', vocabulary.incoterm),
      portOfDelivery: terms.text('portOfDelivery'),
      containers: terms.text('importContainers'),
      instructions: terms.text('shippingInstructions'),
    })
  );
}
