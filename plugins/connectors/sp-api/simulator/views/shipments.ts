// GetShipmentDetails: transport status, orders and cartons of a shipment.
import type { SimulatedAccount } from '../accounts.ts';
import { hour, isoInstant } from '../calendar.ts';
import type { Instant } from '../clock.ts';
import type { Json } from '../json.ts';
import type { LinePlaced, ShippedItem } from '../life.ts';
import { reached, type ShipmentState } from '../shipment-state.ts';
import { sites } from '../sites.ts';
import { interval, placeParty, quantity, sellingParty } from './parties.ts';

/** One shipment. @source vendorShipments.json, `Shipment` */
export function shipmentView(account: SimulatedAccount, state: ShipmentState): Json {
  const { shipment } = state;
  const site = sites[account.site];
  const shippedAt = reached(state, 'Shipped');
  const weight = weightOf(state.items, site.weightUnit);
  return {
    vendorShipmentIdentifier: shipment.identifier,
    transactionType: state.cancelledAt === undefined ? 'New' : 'Cancel',
    buyerReferenceNumber: shipment.referenceNumber,
    transactionDate: isoInstant(state.updatedAt),
    currentShipmentStatus: state.status,
    currentshipmentStatusDate: isoInstant(state.history.at(-1)?.at ?? shipment.createdAt),
    shipmentStatusDetails: state.history.map((step) => ({
      shipmentStatus: step.status,
      shipmentStatusDate: isoInstant(step.at),
    })),
    shipmentCreateDate: isoInstant(shipment.createdAt),
    shipmentConfirmDate: when(shippedAt),
    packageLabelCreateDate: shipment.mode === 'SmallParcel' ? when(shippedAt && shippedAt - hour) : undefined,
    shipmentFreightTerm: shipment.freight,
    sellingParty: sellingParty(account, shipment.vendorCode),
    shipFromParty: placeParty(shipment.from),
    shipToParty: placeParty(shipment.to),
    shipmentMeasurements: {
      totalCartonCount: state.cartons.length,
      totalPalletStackable: shipment.pallets.length,
      totalPalletNonStackable: 0,
      shipmentWeight: { unitOfMeasure: site.weightUnit, value: weight },
    },
    collectFreightPickupDetails: shipment.freight === 'Collect' ? pickup(state) : undefined,
    purchaseOrders: purchaseOrders(state.items),
    importDetails: shipment.ocean && {
      methodOfPayment: 'FOBPortOfCall',
      sealNumber: shipment.ocean.seal,
      importContainers: shipment.ocean.container,
      route: {
        stops: [
          {
            functionCode: 'PortOfDischarge',
            locationIdentification: { type: 'port', locationCode: shipment.ocean.port, countryCode: site.country },
            arrivalTime: isoInstant(shipment.estimatedDeliveryAt),
          },
        ],
      },
    },
    containers: containers(state, site.weightUnit),
    transportationDetails: {
      shipMode: shipment.mode,
      transportationMode: shipment.ocean ? 'Ocean' : 'Road',
      shippedDate: when(shippedAt),
      estimatedDeliveryDate: isoInstant(shipment.estimatedDeliveryAt),
      shipmentDeliveryDate: when(state.deliveredAt),
      carrierDetails:
        reached(state, 'CarrierAssigned') === undefined && shippedAt === undefined
          ? undefined
          : { name: shipment.carrier.name, code: shipment.carrier.code, shipmentReferenceNumber: shipment.proNumber },
      billOfLadingNumber: shipment.billOfLading,
    },
  };
}

const when = (at: Instant | undefined): string | undefined => (at === undefined ? undefined : isoInstant(at));

function pickup(state: ShipmentState): Json {
  const assigned = reached(state, 'CarrierAssigned');
  return {
    requestedPickUp: isoInstant(state.shipment.createdAt + 24 * hour),
    scheduledPickUp: assigned === undefined ? undefined : isoInstant(assigned + 20 * hour),
    carrierAssignmentDate: when(assigned),
  };
}

function purchaseOrders(items: readonly ShippedItem[]): Json {
  return [...new Set(items.map((item) => item.order))].map((order) => ({
    purchaseOrderNumber: order.number,
    purchaseOrderDate: isoInstant(order.placedAt),
    shipWindow: interval(order.window),
    items: items
      .filter((item) => item.order === order)
      .map((item) => ({
        itemSequenceNumber: sequence(item.line),
        buyerProductIdentifier: item.line.product.asin,
        vendorProductIdentifier: item.line.product.barcode,
        shippedQuantity: shippedQuantity(item.line, item.eaches),
      })),
  }));
}

function containers(state: ShipmentState, unit: string): Json {
  const { shipment, cartons } = state;
  const pallets = shipment.pallets.map((sscc, i) => {
    const inside = cartons.map((_, at) => at).filter((at) => at % shipment.pallets.length === i);
    return {
      containerType: 'pallet',
      containerSequenceNumber: String(cartons.length + i + 1),
      containerIdentifiers: [{ containerIdentificationType: 'SSCC', containerIdentificationNumber: sscc }],
      innerContainersDetails: {
        containerCount: inside.length,
        containerSequenceNumbers: inside.map((at) => ({ containerSequenceNumber: String(at + 1) })),
      },
    };
  });
  return [
    ...cartons.map((carton, i) => ({
      containerType: 'carton',
      containerSequenceNumber: String(i + 1),
      containerIdentifiers: [{ containerIdentificationType: 'SSCC', containerIdentificationNumber: carton.sscc }],
      trackingNumber: carton.tracking,
      weight: { unitOfMeasure: unit, value: weightOf([{ ...carton.item, eaches: carton.eaches }], unit) },
      packedItems: [
        {
          itemSequenceNumber: sequence(carton.item.line),
          buyerProductIdentifier: carton.item.line.product.asin,
          vendorProductIdentifier: carton.item.line.product.barcode,
          packedQuantity: { amount: carton.eaches, unitOfMeasure: 'Eaches', unitSize: 1 },
          itemDetails: {
            purchaseOrderNumber: carton.item.order.number,
            lotNumber: carton.lot,
            expiry: carton.expiresAt === undefined ? undefined : { expiryDate: isoInstant(carton.expiresAt) },
          },
        },
      ],
    })),
    ...pallets,
  ];
}

/** "001": shipments number their lines with three digits where orders write "1". */
const sequence = (line: LinePlaced): string => line.sequence.padStart(3, '0');

function shippedQuantity(line: LinePlaced, eaches: number): Json {
  const { weight } = line.product;
  const broken = eaches % line.unitSize !== 0;
  return {
    ...(broken ? { amount: eaches, unitOfMeasure: 'Eaches', unitSize: 1 } : (quantity(line, eaches) as object)),
    totalWeight: weight && { unitOfMeasure: weight.unit, amount: String(eaches * weight.perEach) },
  };
}

/** Pounds or kilograms with one digit, as text, from whole grams. */
function weightOf(items: readonly Pick<ShippedItem, 'line' | 'eaches'>[], unit: string): string {
  const grams = items.reduce((sum, item) => sum + item.line.product.grams * item.eaches, 0);
  const tenths = Math.max(1, Math.round((grams * 10) / (unit === 'Lb' ? 454 : 1000)));
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}
