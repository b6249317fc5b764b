// getPurchaseOrders and getPurchaseOrder: only the newest state, whatever it was before.
import type { SimulatedAccount } from '../accounts.ts';
import { isoInstant } from '../calendar.ts';
import type { Json } from '../json.ts';
import type { OrderState } from '../state.ts';
import { billToParty, cost, interval, placeParty, quantity, sellingParty } from './parties.ts';

/** One order with its details. @source vendorOrders.json, `Order` */
export function orderView(account: SimulatedAccount, state: OrderState): Json {
  const { order } = state;
  const terms = order.importTerms;
  // Prepaid freight is promised by delivery, collect freight by shipment; the other window stays out.
  const windows =
    state.freight === 'Prepaid' ? { deliveryWindow: interval(state.window) } : { shipWindow: interval(state.window) };
  return {
    purchaseOrderNumber: order.number,
    purchaseOrderState: state.state,
    orderDetails: {
      purchaseOrderDate: isoInstant(order.placedAt),
      purchaseOrderChangedDate: state.changedAt === undefined ? undefined : isoInstant(state.changedAt),
      purchaseOrderStateChangedDate: isoInstant(state.stateChangedAt),
      purchaseOrderType: state.type,
      importDetails: terms && {
        methodOfPayment: terms.methodOfPayment,
        internationalCommercialTerms: terms.commercialTerms,
        portOfDelivery: terms.portOfDelivery,
        importContainers: terms.containers,
        shippingInstructions: terms.instructions,
      },
      dealCode: order.dealCode,
      paymentMethod: order.paymentMethod,
      buyingParty: placeParty(state.shipTo),
      sellingParty: sellingParty(account, order.vendorCode),
      shipToParty: placeParty(state.shipTo),
      billToParty: billToParty(account),
      ...windows,
      items: state.lines.map((line) => ({
        itemSequenceNumber: line.line.sequence,
        amazonProductIdentifier: line.line.product.asin,
        vendorProductIdentifier: line.line.product.barcode,
        orderedQuantity: quantity(line.line, line.ordered),
        isBackOrderAllowed: line.line.backOrderAllowed,
        netCost: cost(account, line.line, line.cost),
        listPrice: cost(account, line.line, line.line.product.listPrice),
      })),
    },
  };
}

/** The same order when `includeDetails` is false. */
export const orderHeadView = (state: OrderState): Json => ({
  purchaseOrderNumber: state.order.number,
  purchaseOrderState: state.state,
});
