// Ways in which real answers have departed from Amazon's own schema. Each was seen in a sample or an issue.
import { type Json, toJson } from './json.ts';
import { Random } from './random.ts';

type Loose = { [key: string]: unknown };

export type DocumentKind = 'order' | 'status' | 'shipment';

/** The document as it is, or, for one document in three, bent in one way. The same document bends alike. */
export function depart(kind: DocumentKind, id: string, view: Json): Json {
  const random = new Random('departure', kind, id);
  if (!random.chance(34)) return view;
  const document = JSON.parse(toJson(view)) as Loose;
  random.pick(bends[kind])(document);
  return document as Json;
}

const bends: { readonly [kind in DocumentKind]: readonly ((document: Loose) => void)[] } = {
  order: [quantitiesAsText, blankBeforeIds, unknownType, countryInThreeLetters, unitInCapitals],
  status: [flatOrderedQuantity, quantitiesAsText, countryInThreeLetters],
  shipment: [flatCarrier, statusWithBlanks, countryInThreeLetters],
};

function quantitiesAsText(document: Loose): void {
  walk(document, (node) => {
    if (typeof node.amount === 'number') node.amount = String(node.amount);
  });
}

function blankBeforeIds(document: Loose): void {
  if (typeof document.purchaseOrderNumber === 'string')
    document.purchaseOrderNumber = ` ${document.purchaseOrderNumber}`;
  walk(document, (node) => {
    if (typeof node.amazonProductIdentifier === 'string')
      node.amazonProductIdentifier = ` ${node.amazonProductIdentifier}`;
  });
}

function unknownType(document: Loose): void {
  walk(document, (node) => {
    if ('purchaseOrderType' in node) node.purchaseOrderType = 'SeasonalOrder';
  });
}

function countryInThreeLetters(document: Loose): void {
  const long: { readonly [code: string]: string } = {
    US: 'USA',
    CA: 'CAN',
    DE: 'DEU',
    PL: 'POL',
    LU: 'LUX',
    JP: 'JPN',
  };
  walk(document, (node) => {
    if (typeof node.countryCode === 'string') node.countryCode = long[node.countryCode] ?? node.countryCode;
  });
}

function unitInCapitals(document: Loose): void {
  walk(document, (node) => {
    if (node.unitOfMeasure === 'Cases' || node.unitOfMeasure === 'Eaches')
      node.unitOfMeasure = node.unitOfMeasure.toUpperCase();
  });
}

function flatOrderedQuantity(document: Loose): void {
  walk(document, (node) => {
    const nested = node.orderedQuantity as Loose | undefined;
    const acknowledged = node.acknowledgementStatus as Loose | undefined;
    if (!nested?.orderedQuantity || !acknowledged) return;
    node.orderedQuantity = nested.orderedQuantity;
    node.acknowledgementStatus = { acknowledgedQuantity: acknowledged.acceptedQuantity };
  });
}

function flatCarrier(document: Loose): void {
  walk(document, (node) => {
    const carrier = node.carrierDetails as Loose | undefined;
    if (!carrier) return;
    node.carrierScac = carrier.code;
    node.carrierShipmentReferenceNumber = carrier.shipmentReferenceNumber;
    delete node.carrierDetails;
  });
}

function statusWithBlanks(document: Loose): void {
  const spoken: { readonly [status: string]: string } = {
    TransportationRequested: 'Transportation requested',
    CarrierAssigned: 'Carrier assigned',
  };
  walk(document, (node) => {
    for (const name of ['currentShipmentStatus', 'shipmentStatus']) {
      const status = node[name];
      if (typeof status === 'string') node[name] = spoken[status] ?? status;
    }
  });
}

function walk(value: unknown, visit: (node: Loose) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (typeof value === 'object' && value !== null) {
    const node = value as Loose;
    visit(node);
    for (const member of Object.values(node)) walk(member, visit);
  }
}
