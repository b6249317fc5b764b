// What happens to an order: plain dated events. Nothing here depends on the present.
import type { Product } from './catalogue.ts';
import type { Instant } from './clock.ts';
import type { Minor, UnitCost } from './money.ts';
import type { Address, Carrier, Place } from './sites.ts';

/** A closed interval of instants: Amazon's ship or delivery window. */
export interface Window {
  readonly from: Instant;
  readonly until: Instant;
}

/** Pieces. Always eaches; `unitSize` of the line says how many make a case. */
export type Eaches = number;

export interface LinePlaced {
  /** `itemSequenceNumber`: "1", "2", … in one order, never reused. */
  readonly sequence: string;
  readonly product: Product;
  readonly ordered: Eaches;
  /** 1 when ordered in eaches, the case size when ordered in cases. */
  readonly unitSize: number;
  readonly unit: 'Eaches' | 'Cases';
  /** True when the order counts cases but the warehouse counts pieces. */
  readonly receivedInEaches: boolean;
  readonly cost: UnitCost;
  readonly backOrderAllowed: boolean;
}

export interface AcknowledgedLine {
  readonly sequence: string;
  readonly accepted: Eaches;
  readonly backordered: Eaches;
  readonly rejected: Eaches;
}

/** One thing Amazon changed on an order after placing it. */
export type OrderChange =
  | { readonly field: 'quantity'; readonly sequence: string; readonly ordered: Eaches }
  | { readonly field: 'cost'; readonly sequence: string; readonly cost: UnitCost }
  | { readonly field: 'window'; readonly window: Window }
  | { readonly field: 'ship-to'; readonly place: Place }
  | { readonly field: 'line-added'; readonly line: LinePlaced }
  | { readonly field: 'line-removed'; readonly sequence: string }
  | { readonly field: 'type'; readonly type: OrderType }
  | { readonly field: 'freight'; readonly freight: Freight }
  | { readonly field: 'cancelled' }
  | { readonly field: 'uncancelled' };

export type OrderEvent =
  | { readonly at: Instant; readonly kind: 'changed'; readonly changes: readonly OrderChange[] }
  | { readonly at: Instant; readonly kind: 'acknowledged'; readonly lines: readonly AcknowledgedLine[] }
  /** Signed: a correction of an earlier count is negative. `at` another place than the order says, if given. */
  | {
      readonly at: Instant;
      readonly kind: 'received';
      readonly sequence: string;
      readonly eaches: Eaches;
      readonly place?: string;
    }
  | { readonly at: Instant; readonly kind: 'closed' };

export type Freight = 'Collect' | 'Prepaid';
export type OrderType = 'RegularOrder' | 'ConsignedOrder' | 'NewProductIntroduction' | 'RushOrder';

export interface ImportTerms {
  readonly methodOfPayment: string;
  readonly commercialTerms: string;
  readonly portOfDelivery: string;
  readonly containers: string;
  readonly instructions: string;
}

export interface OrderLife {
  /** Eight characters, unique. */
  readonly number: string;
  readonly vendorCode: string;
  readonly placedAt: Instant;
  readonly type: OrderType;
  readonly paymentMethod: 'Invoice' | 'Consignment';
  readonly dealCode: string | undefined;
  readonly importTerms: ImportTerms | undefined;
  readonly freight: Freight;
  readonly shipTo: Place;
  readonly window: Window;
  readonly lines: readonly LinePlaced[];
  /** In order of time. */
  readonly events: readonly OrderEvent[];
}

export interface ShippedItem {
  readonly order: OrderLife;
  readonly line: LinePlaced;
  readonly eaches: Eaches;
}

export interface Carton {
  readonly sscc: string;
  readonly tracking: string | undefined;
  readonly item: ShippedItem;
  readonly eaches: Eaches;
  readonly lot: string | undefined;
  readonly expiresAt: Instant | undefined;
}

export type ShipmentEvent =
  | { readonly at: Instant; readonly kind: 'status'; readonly status: ShipmentStatus }
  | {
      readonly at: Instant;
      readonly kind: 'replaced';
      readonly items: readonly ShippedItem[];
      readonly cartons: readonly Carton[];
    }
  | { readonly at: Instant; readonly kind: 'delivered' }
  | { readonly at: Instant; readonly kind: 'cancelled' };

export type ShipmentStatus = 'Created' | 'TransportationRequested' | 'CarrierAssigned' | 'Shipped';

export interface ShipmentLife {
  readonly identifier: string;
  readonly vendorCode: string;
  readonly createdAt: Instant;
  readonly freight: Freight;
  /** Amazon's reference number of a collect shipment. */
  readonly referenceNumber: string | undefined;
  readonly billOfLading: string;
  readonly mode: 'TruckLoad' | 'LessThanTruckLoad' | 'SmallParcel';
  readonly carrier: Carrier;
  readonly proNumber: string;
  readonly from: Place;
  readonly to: Place;
  readonly estimatedDeliveryAt: Instant;
  readonly ocean: { readonly seal: string; readonly port: string; readonly container: string } | undefined;
  readonly items: readonly ShippedItem[];
  readonly cartons: readonly Carton[];
  readonly pallets: readonly string[];
  readonly events: readonly ShipmentEvent[];
}

/** Cause codes of Amazon's matching: PQV is quantity, PPV is price. */
export interface Variance {
  readonly lineId: string;
  /** Eaches invoiced but not matched. */
  readonly quantity: Eaches;
  /** Withheld for quantity, tax included. */
  readonly quantityAmount: Minor;
  /** Withheld for price, tax included. */
  readonly priceAmount: Minor;
  readonly defects: readonly { readonly type: 'PQV' | 'PPV'; readonly code: string }[];
}

export interface InvoiceLine {
  readonly id: string;
  readonly description: string;
  readonly order: OrderLife | undefined;
  readonly line: LinePlaced | undefined;
  /** Eaches, or weight units for a product priced by weight; 1 for a charge. Negative on a credit. */
  readonly quantity: number;
  readonly cost: UnitCost;
  readonly net: Minor;
  readonly tax: Minor;
  readonly service: 'DAMAGE_ALLOWANCE' | 'PRICE_PROTECTION' | 'OTHER' | undefined;
}

export type InvoiceEvent =
  | { readonly at: Instant; readonly kind: 'rejected'; readonly defect: string }
  | { readonly at: Instant; readonly kind: 'matched'; readonly variances: readonly Variance[] }
  | { readonly at: Instant; readonly kind: 'queued'; readonly amount: Minor }
  /** `discount` is what quick pay kept, `withheld` what tax kept; both besides `amount`. */
  | {
      readonly at: Instant;
      readonly kind: 'paid';
      readonly amount: Minor;
      readonly discount: Minor;
      readonly withheld: Minor;
      readonly remittance: string;
    }
  | { readonly at: Instant; readonly kind: 'payment-voided'; readonly remittance: string }
  /** A receivable taken out of a payment. */
  | { readonly at: Instant; readonly kind: 'deducted'; readonly amount: Minor; readonly remittance: string }
  /** A receivable that was taken by not paying the parent invoice, so in no remittance of its own. */
  | { readonly at: Instant; readonly kind: 'withheld-from-parent'; readonly amount: Minor }
  | { readonly at: Instant; readonly kind: 'claimed'; readonly document: string };

export interface InvoiceLife {
  readonly number: string;
  /** `number~payee`: unique. */
  readonly identifier: string;
  readonly payeeCode: string;
  readonly vendorCode: string;
  /** A payable is the vendor's claim on Amazon; a receivable is Amazon's on the vendor. */
  readonly kind: 'payable' | 'receivable';
  /** What a receivable is for. */
  readonly claim: 'shortage' | 'co-op' | 'return' | 'chargeback' | 'provision' | 'price-protection' | undefined;
  /** The invoice this one continues, in a claim chain. */
  readonly parent: string | undefined;
  readonly issuedAt: Instant;
  readonly createdAt: Instant;
  readonly dueAt: Instant;
  readonly terms: string;
  readonly lines: readonly InvoiceLine[];
  /** Header charges and allowances, tax included; signed. */
  readonly miscCharges: Minor;
  readonly orders: readonly OrderLife[];
  readonly shipments: readonly string[];
  readonly returnIds: readonly string[];
  readonly agreementIds: readonly string[];
  readonly warehouse: string | undefined;
  readonly billing: Window | undefined;
  readonly events: readonly InvoiceEvent[];
}

/** Orders that share shipments or invoices, and everything that ever happens to them. */
export interface Life {
  readonly id: string;
  readonly orders: readonly OrderLife[];
  readonly shipments: readonly ShipmentLife[];
  readonly invoices: readonly InvoiceLife[];
  /** Numbers of the edge cases it shows on purpose; empty for a normal life. */
  readonly edgeCases: readonly number[];
}

export type { Address };
