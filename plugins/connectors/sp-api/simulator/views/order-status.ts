// getPurchaseOrdersStatus: running totals per line, with what history Amazon keeps of them.
import type { SimulatedAccount } from '../accounts.ts';
import { isoInstant } from '../calendar.ts';
import type { Json } from '../json.ts';
import { type LineState, type OrderState, offered } from '../state.ts';
import { cost, countedQuantity, placeParty, quantity, sellingParty } from './parties.ts';

export type ConfirmationStatus = 'ACCEPTED' | 'PARTIALLY_ACCEPTED' | 'REJECTED' | 'UNCONFIRMED';
export type ReceiveStatus = 'NOT_RECEIVED' | 'PARTIALLY_RECEIVED' | 'RECEIVED';

/** The vendor's answer in one word. Backordered pieces count as accepted: this document has no other place for them. */
export function confirmationOf(line: LineState): ConfirmationStatus {
  const answer = line.answers.at(-1);
  if (!answer) return 'UNCONFIRMED';
  if (offered(line) === 0) return 'REJECTED';
  return answer.rejected > 0 ? 'PARTIALLY_ACCEPTED' : 'ACCEPTED';
}

/** RECEIVED once everything promised was counted. */
export function receiptOf(line: LineState): ReceiveStatus {
  if (line.received <= 0) return 'NOT_RECEIVED';
  const expected = line.answers.length > 0 ? Math.min(offered(line), line.ordered) : line.ordered;
  return line.received >= expected ? 'RECEIVED' : 'PARTIALLY_RECEIVED';
}

/** OPEN until Amazon expects nothing more. */
export const openOrClosed = (state: OrderState): 'OPEN' | 'CLOSED' => (state.state === 'Closed' ? 'CLOSED' : 'OPEN');

/** One order's status. @source vendorOrders.json, `OrderStatus` */
export function orderStatusView(account: SimulatedAccount, state: OrderState): Json {
  return {
    purchaseOrderNumber: state.order.number,
    purchaseOrderStatus: openOrClosed(state),
    purchaseOrderDate: isoInstant(state.order.placedAt),
    lastUpdatedDate: isoInstant(state.updatedAt),
    sellingParty: sellingParty(account, state.order.vendorCode),
    shipToParty: placeParty(state.shipTo),
    itemStatus: state.lines.map((line) => ({
      itemSequenceNumber: line.line.sequence,
      buyerProductIdentifier: line.line.product.asin,
      vendorProductIdentifier: line.line.product.barcode,
      netCost: cost(account, line.line, line.cost),
      listPrice: cost(account, line.line, line.line.product.listPrice),
      orderedQuantity: {
        orderedQuantity: quantity(line.line, line.ordered),
        orderedQuantityDetails: line.quantitySteps.map((step) =>
          step.eaches < 0
            ? { updatedDate: isoInstant(step.at), cancelledQuantity: quantity(line.line, -step.eaches) }
            : { updatedDate: isoInstant(step.at), orderedQuantity: quantity(line.line, step.eaches) },
        ),
      },
      acknowledgementStatus: acknowledgement(line),
      receivingStatus: {
        receiveStatus: receiptOf(line),
        receivedQuantity: countedQuantity(line.line, line.received),
        lastReceiveDate: line.lastReceivedAt === undefined ? undefined : isoInstant(line.lastReceivedAt),
      },
    })),
  };
}

function acknowledgement(line: LineState): Json {
  const newest = line.answers.at(-1);
  return {
    confirmationStatus: confirmationOf(line),
    acceptedQuantity: quantity(line.line, newest ? newest.accepted + newest.backordered : 0),
    rejectedQuantity: quantity(line.line, newest?.rejected ?? 0),
    acknowledgementStatusDetails: newest
      ? line.answers.map((answer) => ({
          acknowledgementDate: isoInstant(answer.at),
          acceptedQuantity: quantity(line.line, answer.accepted + answer.backordered),
          rejectedQuantity: quantity(line.line, answer.rejected),
        }))
      : undefined,
  };
}
