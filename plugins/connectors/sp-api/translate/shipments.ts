import type { Container, Instant, PackedItem, ShipmentStated, ShippedLine } from 'acorn/plugin';
import { asQuantity, whole } from '../read/counts.ts';
import { asin, lineNumber, needShipment, orderNumber, vendorSku } from '../read/identifiers.ts';
import type { Part } from '../read/part.ts';
import { party, partyId } from '../read/parties.ts';
import { stated } from '../read/stated.ts';
import { instant, latest, needInstant } from '../read/times.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { needWord, word } from '../read/words.ts';
import { lotOf, readLabels, sequenceOf } from './containers.ts';

/** A page of shipments as Amazon's transport sees them. @source Vendor Shipments API v1, GetShipmentDetails */
export function getShipmentDetails(body: Part): void {
  for (const shipment of body.needList('shipments')) {
    const fact = shipment.notes.park(() => readShipment(shipment));
    if (fact !== undefined) shipment.notes.tell(fact, shipment.at);
  }
}

/** Transport requests as they were sent: the same shape. @source Vendor Shipments API v1, SubmitShipments */
export const submitShipments = getShipmentDetails;

function readShipment(shipment: Part): ShipmentStated {
  const transport = shipment.member('transportationDetails');
  const measures = shipment.member('shipmentMeasurements');
  return stated<ShipmentStated>({
    kind: 'shipment-stated',
    shipmentIdentifier: needShipment(shipment, 'vendorShipmentIdentifier'),
    asOf: readAsOf(shipment),
    via: 'TRANSPORT',
    transaction: needWord(shipment, 'transactionType', vocabulary.transportType),
    status: word(shipment, 'currentShipmentStatus', vocabulary.shipmentStatus),
    vendorCode: partyId(shipment, 'sellingParty'),
    amazonReferenceNumber: shipment.text('buyerReferenceNumber'),
    freightTerm: word(shipment, 'shipmentFreightTerm', vocabulary.freightTerm),
    shipFrom: party(shipment, 'shipFromParty'),
    shipTo: party(shipment, 'shipToParty'),
    createdAt: instant(shipment, 'shipmentCreateDate'),
    shippedAt: instant(transport, 'shippedDate'),
    estimatedDeliveryAt: instant(transport, 'estimatedDeliveryDate'),
    deliveredAt: instant(transport, 'shipmentDeliveryDate'),
    ...readCarrier(transport),
    mode: transport && (word(transport, 'shipMode', vocabulary.shipMode) ?? readTransportMode(transport)),
    cartonCount: whole(measures, 'totalCartonCount'),
    palletCount: readPalletCount(measures),
    lines: shipment.list('purchaseOrders').flatMap(readOrder),
    containers: shipment.list('containers').map(readContainer),
  });
}

/** The latest date at which something happened. Dates of what is to come, such as the delivery, do not count. */
function readAsOf(shipment: Part): Instant {
  const requestedAt = needInstant(shipment, 'transactionDate');
  const dates = ['currentshipmentStatusDate', 'shipmentCreateDate', 'shipmentConfirmDate', 'packageLabelCreateDate'];
  const steps = shipment.list('shipmentStatusDetails').map((step) => instant(step, 'shipmentStatusDate'));
  return latest(requestedAt, ...dates.map((name) => instant(shipment, name)), ...steps) ?? requestedAt;
}

/** `carrierDetails.code` by the model; `carrierScac`, as on an ASN, in Amazon's samples. */
function readCarrier(
  transport: Part | undefined,
): Pick<ShipmentStated, 'carrierScac' | 'carrierName' | 'billOfLading' | 'proNumber'> {
  const carrier = transport?.member('carrierDetails');
  const misplaced = carrier === undefined ? transport?.member('carrierScac') : undefined;
  misplaced?.warn('UNEXPECTED_SHAPE', 'carrierScac where carrierDetails belongs');
  return stated<ReturnType<typeof readCarrier>>({
    carrierScac: carrier?.text('code') ?? misplaced?.asText(),
    carrierName: carrier?.text('name'),
    billOfLading: transport?.text('billOfLadingNumber'),
    proNumber: carrier?.text('shipmentReferenceNumber') ?? transport?.text('carrierShipmentReferenceNumber'),
  });
}

const readTransportMode = (transport: Part): string | undefined =>
  word(transport, 'transportationMode', vocabulary.transportationMode);

/** Amazon counts pallets that may be stacked apart from those that may not. */
function readPalletCount(measures: Part | undefined): number | undefined {
  const counts = ['totalPalletStackable', 'totalPalletNonStackable'].flatMap((name) => whole(measures, name) ?? []);
  return counts.length === 0 ? undefined : counts.reduce((a, b) => a + b, 0);
}

function readOrder(order: Part): ShippedLine[] {
  const number = orderNumber(order);
  return order.list('items').map((line) =>
    stated<ShippedLine>({
      orderNumber: number,
      lineNumber: lineNumber(line, 'itemSequenceNumber'),
      asin: asin(line),
      vendorSku: vendorSku(line),
      shipped: asQuantity(line.need('shippedQuantity')).eaches,
    }),
  );
}

function readContainer(container: Part, index: number): Container {
  const inner = container.member('innerContainersDetails')?.list('containerSequenceNumbers');
  return stated<Container>({
    kind: needWord(container, 'containerType', vocabulary.containerType) === 'pallet' ? 'PALLET' : 'CARTON',
    sequence: sequenceOf(container, 'containerSequenceNumber', index),
    ...readLabels(container, 'containerIdentifiers'),
    trackingNumber: container.text('trackingNumber'),
    contains: inner?.map((one) => one.needText('containerSequenceNumber')),
    items: container.list('packedItems').map(readItem),
  });
}

const readItem = (item: Part): PackedItem =>
  stated<PackedItem>({
    orderNumber: orderNumber(item.member('itemDetails')),
    lineNumber: lineNumber(item, 'itemSequenceNumber'),
    asin: asin(item),
    vendorSku: vendorSku(item),
    packed: asQuantity(item.need('packedQuantity')).eaches,
    ...lotOf(item),
  });
