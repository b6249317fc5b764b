import type { Container, PackedItem, ShipmentStated, ShippedLine } from 'acorn/plugin';
import { asQuantity, whole } from '../read/counts.ts';
import { asin, asLineNumber, lineNumber, needShipment, orderNumber, vendorSku } from '../read/identifiers.ts';
import type { Part } from '../read/part.ts';
import { party, partyId } from '../read/parties.ts';
import { stated } from '../read/stated.ts';
import { instant, needInstant } from '../read/times.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { needWord, word } from '../read/words.ts';
import { lotOf, readLabels, sequenceOf } from './containers.ts';

/** The ASNs as they were sent. @source Vendor Shipments API v1, SubmitShipmentConfirmations */
export function submitShipmentConfirmations(body: Part): void {
  for (const asn of body.needList('shipmentConfirmations')) {
    const fact = asn.notes.park(() => readAsn(asn));
    if (fact !== undefined) asn.notes.tell(fact, asn.at);
  }
}

function readAsn(asn: Part): ShipmentStated {
  const transport = asn.member('transportationDetails');
  const measures = asn.member('shipmentMeasurements');
  const lines = asn.needList('shippedItems').map(readLine);
  return stated<ShipmentStated>({
    kind: 'shipment-stated',
    shipmentIdentifier: needShipment(asn, 'shipmentIdentifier'),
    asOf: needInstant(asn, 'shipmentConfirmationDate'),
    via: 'ASN',
    transaction: needWord(asn, 'shipmentConfirmationType', vocabulary.confirmationType),
    vendorCode: partyId(asn, 'sellingParty'),
    amazonReferenceNumber: asn.text('amazonReferenceNumber'),
    shipFrom: party(asn, 'shipFromParty'),
    shipTo: party(asn, 'shipToParty'),
    shippedAt: instant(asn, 'shippedDate'),
    estimatedDeliveryAt: instant(asn, 'estimatedDeliveryDate'),
    carrierScac: transport?.text('carrierScac'),
    billOfLading: transport?.text('billOfLadingNumber'),
    proNumber: transport?.text('carrierShipmentReferenceNumber'),
    mode:
      word(asn, 'shipmentType', vocabulary.shipMode) ??
      (transport && word(transport, 'transportationMode', vocabulary.transportationMode)),
    cartonCount: whole(measures, 'cartonCount'),
    palletCount: whole(measures, 'palletCount'),
    lines,
    containers: [
      ...asn.list('cartons').map((carton, index) => readCarton(carton, index, lines)),
      ...asn.list('pallets').map((pallet, index) => readPallet(pallet, index, lines)),
    ],
  });
}

const readLine = (line: Part): ShippedLine =>
  stated<ShippedLine>({
    orderNumber: orderNumber(line.member('itemDetails')),
    lineNumber: lineNumber(line, 'itemSequenceNumber'),
    asin: asin(line),
    vendorSku: vendorSku(line),
    shipped: asQuantity(line.need('shippedQuantity')).eaches,
    ...lotOf(line),
  });

const readCarton = (carton: Part, index: number, lines: readonly ShippedLine[]): Container =>
  stated<Container>({
    kind: 'CARTON',
    sequence: sequenceOf(carton, 'cartonSequenceNumber', index),
    ...readLabels(carton, 'cartonIdentifiers'),
    trackingNumber: carton.text('trackingNumber'),
    items: carton.list('items').map((item) => readItem(item, lines)),
  });

/** Pallets carry no number of their own: `P1` is the first, so that it cannot be mistaken for a carton. */
function readPallet(pallet: Part, index: number, lines: readonly ShippedLine[]): Container {
  const cartons = pallet.member('cartonReferenceDetails')?.list('cartonReferenceNumbers');
  return stated<Container>({
    kind: 'PALLET',
    sequence: `P${index + 1}`,
    ...readLabels(pallet, 'palletIdentifiers'),
    contains: cartons?.map((carton) => carton.asText()),
    items: pallet.list('items').map((item) => readItem(item, lines)),
  });
}

/** An item in a container refers to a shipped line; what it leaves out, that line says. */
function readItem(item: Part, lines: readonly ShippedLine[]): PackedItem {
  const reference = asLineNumber(item.needText('itemReference'));
  const line = lines.find((candidate) => candidate.lineNumber === reference);
  if (line === undefined) item.need('itemReference').warn('UNKNOWN_VALUE', 'a reference to no shipped line');
  const { shipped: _shipped, ...said } = line ?? { lineNumber: reference, shipped: 0 };
  return stated<PackedItem>({
    ...said,
    ...(item.member('itemDetails')?.text('purchaseOrderNumber') && {
      orderNumber: orderNumber(item.member('itemDetails')),
    }),
    packed: asQuantity(item.need('shippedQuantity')).eaches,
    ...lotOf(item),
  });
}
