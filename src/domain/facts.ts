import type { CalendarDate } from '../base/calendar-date.ts';
import type { Currency } from '../base/currency.ts';
import type { Decimal } from '../base/decimal.ts';
import type { Eaches } from '../base/eaches.ts';
import type {
  Asin,
  InvoiceNumber,
  LineNumber,
  PaymentNumber,
  PurchaseOrderNumber,
  Sha256,
  ShipmentIdentifier,
} from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Money, UnitCost } from '../base/money.ts';

/**
 * Everything a document can tell us. A fact is never changed: a later one, by `asOf`, says something else.
 * State is what you get by folding all facts of one subject in order of `asOf` (see `order.ts`), so the order in which
 * they arrive, and how often, makes no difference.
 *
 * Absent members mean "this document does not say"; an empty list means "it says: none".
 */
export type Fact =
  | PurchaseOrderStated
  | OrderProgressStated
  | LinesAcknowledged
  | ShipmentStated
  | InvoiceSubmitted
  | InvoiceStated
  | DeductionStated;

/** What the facts are about: each is folded by itself. */
export type SubjectKind = 'purchase-order' | 'shipment' | 'invoice' | 'deduction';
export interface Subject {
  readonly kind: SubjectKind;
  readonly key: string;
}

/** Carried by every fact, so any number can be walked back to the line that said it. */
export interface Source {
  /** Which connector brought it, such as `sp-api`. */
  readonly connector: string;
  /** The raw document, by the hash of its bytes. */
  readonly documentId: Sha256;
  /** Where in the document: a JSON pointer such as `/payload/orders/3`, or a segment position. */
  readonly at: string;
  /** When that document first reached us. Decides between facts of the same `asOf`. */
  readonly receivedAt: Instant;
}

export interface Party {
  /** Amazon's code: a fulfilment centre, a vendor code. */
  readonly id: string;
  readonly name?: string;
  readonly addressLines?: readonly string[];
  readonly city?: string;
  readonly region?: string;
  readonly postalCode?: string;
  /** ISO 3166 alpha-2 where the document kept to it, else verbatim. */
  readonly countryCode?: string;
  readonly taxId?: string;
}

/** From, inclusive, to, inclusive. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** How a document counted. Everything else here counts eaches; this remembers what was written. */
export type CountedIn = 'EACHES' | 'CASES';

/** A cost per weight instead of per each; the unit is Amazon's: POUNDS, OUNCES, GRAMS, KILOGRAMS. */
export type CostPer = 'EACH' | (string & {});

export interface ImportTerms {
  readonly methodOfPayment?: string;
  readonly incoterm?: string;
  readonly portOfDelivery?: string;
  readonly containers?: string;
  readonly instructions?: string;
}

export interface StatedOrderLine {
  readonly lineNumber: LineNumber;
  readonly asin?: Asin;
  readonly vendorSku?: string;
  readonly ordered: Eaches;
  readonly countedIn: CountedIn;
  /** Eaches per case. 1 when ordered in eaches. */
  readonly caseSize: number;
  readonly unitCost?: UnitCost;
  readonly costPer: CostPer;
  readonly listPrice?: UnitCost;
  readonly backorderAllowed?: boolean;
}

/** The newest state of an order as Amazon shows it. Each different one is a version. @source getPurchaseOrders */
export interface PurchaseOrderStated {
  readonly kind: 'purchase-order-stated';
  readonly orderNumber: PurchaseOrderNumber;
  /** When Amazon last changed it. */
  readonly asOf: Instant;
  /** `New`, `Acknowledged` or `Closed`, verbatim. */
  readonly state?: string;
  readonly orderedAt?: Instant;
  readonly type?: string;
  readonly paymentMethod?: string;
  readonly dealCode?: string;
  readonly vendorCode?: string;
  readonly buyer?: Party;
  readonly shipTo?: Party;
  readonly billTo?: Party;
  readonly shipWindow?: Window;
  readonly deliveryWindow?: Window;
  readonly importTerms?: ImportTerms;
  readonly currency?: Currency;
  readonly lines?: readonly StatedOrderLine[];
}

export interface LineProgress {
  readonly lineNumber: LineNumber;
  readonly asin?: Asin;
  readonly vendorSku?: string;
  readonly ordered?: Eaches;
  /** Taken back by Amazon, total so far. */
  readonly cancelled?: Eaches;
  readonly countedIn: CountedIn;
  readonly caseSize: number;
  readonly unitCost?: UnitCost;
  readonly costPer: CostPer;
  readonly listPrice?: UnitCost;
  /** ACCEPTED, PARTIALLY_ACCEPTED, REJECTED or UNCONFIRMED, verbatim. */
  readonly confirmation?: string;
  readonly accepted?: Eaches;
  readonly rejected?: Eaches;
  readonly acknowledgements?: readonly { readonly at: Instant; readonly accepted: Eaches; readonly rejected: Eaches }[];
  /** NOT_RECEIVED, PARTIALLY_RECEIVED or RECEIVED, verbatim. */
  readonly receiveStatus?: string;
  /** Running total, not an event. */
  readonly received?: Eaches;
  readonly lastReceivedAt?: Instant;
}

/** Running totals of an order's lines. @source getPurchaseOrdersStatus */
export interface OrderProgressStated {
  readonly kind: 'order-progress-stated';
  readonly orderNumber: PurchaseOrderNumber;
  readonly asOf: Instant;
  /** OPEN or CLOSED, verbatim. */
  readonly status: string;
  readonly orderedAt?: Instant;
  readonly vendorCode?: string;
  readonly shipTo?: Party;
  readonly currency?: Currency;
  readonly lines: readonly LineProgress[];
}

/** One entry of an acknowledgement: several may stand for one line. */
export interface AcknowledgementEntry {
  /** Accepted, Backordered or Rejected, verbatim. */
  readonly code: string;
  readonly quantity: Eaches;
  readonly rejectionReason?: string;
  readonly scheduledShipAt?: Instant;
  readonly scheduledDeliveryAt?: Instant;
}

export interface AcknowledgedLine {
  readonly lineNumber?: LineNumber;
  readonly asin?: Asin;
  readonly vendorSku?: string;
  readonly ordered?: Eaches;
  readonly unitCost?: UnitCost;
  readonly entries: readonly AcknowledgementEntry[];
}

/** The vendor's answer per line; a later one replaces an earlier one of the same line. @source submitAcknowledgement */
export interface LinesAcknowledged {
  readonly kind: 'lines-acknowledged';
  readonly orderNumber: PurchaseOrderNumber;
  /** The acknowledgement's date. */
  readonly asOf: Instant;
  readonly vendorCode?: string;
  readonly lines: readonly AcknowledgedLine[];
}

export interface ShippedLine {
  /** The order it fills; a shipment may fill many. Absent when only the cartons say. */
  readonly orderNumber?: PurchaseOrderNumber;
  /** The shipment's own numbering, to which its cartons refer: not the order's. */
  readonly lineNumber?: LineNumber;
  readonly asin?: Asin;
  readonly vendorSku?: string;
  readonly shipped: Eaches;
  readonly lotNumber?: string;
  readonly expiresOn?: CalendarDate;
  readonly manufacturedOn?: CalendarDate;
}

export interface PackedItem {
  readonly orderNumber?: PurchaseOrderNumber;
  readonly lineNumber?: LineNumber;
  readonly asin?: Asin;
  readonly vendorSku?: string;
  readonly packed: Eaches;
  readonly lotNumber?: string;
  readonly expiresOn?: CalendarDate;
  readonly manufacturedOn?: CalendarDate;
}

export interface Container {
  readonly kind: 'CARTON' | 'PALLET';
  /** Its own number within the shipment. */
  readonly sequence: string;
  /** SSCC without blanks, where it has one. */
  readonly sscc?: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  readonly trackingNumber?: string;
  /** Sequences of the containers inside. */
  readonly contains?: readonly string[];
  readonly items: readonly PackedItem[];
}

/** A shipment as the ASN or the transport API describes it. @source SubmitShipmentConfirmations, GetShipmentDetails */
export interface ShipmentStated {
  readonly kind: 'shipment-stated';
  readonly shipmentIdentifier: ShipmentIdentifier;
  readonly asOf: Instant;
  /** The message that says so: the ASN itself, or Amazon's view of the transport. */
  readonly via: 'ASN' | 'TRANSPORT';
  /** Original or Replace on an ASN, New or Cancel on a transport, verbatim. */
  readonly transaction: string;
  /** Created, TransportationRequested, CarrierAssigned, Shipped, verbatim. */
  readonly status?: string;
  readonly vendorCode?: string;
  readonly amazonReferenceNumber?: string;
  readonly freightTerm?: string;
  readonly shipFrom?: Party;
  readonly shipTo?: Party;
  readonly createdAt?: Instant;
  readonly shippedAt?: Instant;
  readonly estimatedDeliveryAt?: Instant;
  readonly deliveredAt?: Instant;
  readonly carrierScac?: string;
  readonly carrierName?: string;
  readonly billOfLading?: string;
  readonly proNumber?: string;
  readonly mode?: string;
  readonly cartonCount?: number;
  readonly palletCount?: number;
  readonly lines: readonly ShippedLine[];
  readonly containers: readonly Container[];
}

export interface StatedTax {
  /** As the document named it: VAT, GST, MwSt. … */
  readonly type: string;
  readonly rate?: Decimal;
  readonly taxable?: Money;
  readonly tax: Money;
}

export interface SubmittedInvoiceLine {
  readonly lineNumber: LineNumber;
  readonly orderNumber?: PurchaseOrderNumber;
  readonly asin?: Asin;
  readonly vendorSku?: string;
  readonly invoiced: Eaches;
  readonly countedIn: CountedIn;
  /** Eaches per case. 1 when invoiced in eaches. */
  readonly caseSize: number;
  readonly unitCost: UnitCost;
  /** `CASE` where the invoice's own total shows that it charges by the case. */
  readonly costPer: CostPer;
  readonly net: Money;
  readonly taxes: readonly StatedTax[];
  /** Allowances (minus) and charges (plus) of this line alone; not part of `net`. */
  readonly charges: readonly HeaderCharge[];
  /** On a credit note: the invoice it reduces. */
  readonly referencedInvoiceNumber?: InvoiceNumber;
}

/** An allowance (minus) or charge (plus). */
export interface HeaderCharge {
  readonly type: string;
  readonly description?: string;
  readonly amount: Money;
}

export interface StatedTerms {
  /** Basic, EndOfMonth, Proximo …, or the text Amazon shows such as NET30, verbatim. */
  readonly text: string;
  readonly discountPercent?: Decimal;
  readonly discountDueDays?: number;
  readonly netDueDays?: number;
}

/** The vendor's own claim for money, or its reduction. @source submitInvoices */
export interface InvoiceSubmitted {
  readonly kind: 'invoice-submitted';
  readonly invoiceNumber: InvoiceNumber;
  readonly asOf: Instant;
  readonly document: 'INVOICE' | 'CREDIT_NOTE';
  readonly issuedOn: CalendarDate;
  readonly currency: Currency;
  readonly vendorCode?: string;
  readonly billTo?: Party;
  readonly shipTo?: Party;
  readonly terms?: StatedTerms;
  readonly total: Money;
  readonly taxes: readonly StatedTax[];
  readonly charges: readonly HeaderCharge[];
  readonly lines: readonly SubmittedInvoiceLine[];
}

export interface MatchedLine {
  readonly lineNumber: LineNumber;
  readonly orderNumber?: PurchaseOrderNumber;
  readonly asin?: Asin;
  readonly vendorSku?: string;
  readonly description?: string;
  /** GOODS, SERVICES or OTHERS, verbatim. */
  readonly lineType?: string;
  readonly invoiced?: Eaches;
  readonly unitCost?: UnitCost;
  readonly net?: Money;
  readonly tax?: Money;
  readonly total: Money;
  readonly taxRateCodes: readonly string[];
  readonly matched?: Eaches;
  readonly matchedAmount?: Money;
  /** Invoiced but not found on receipt. */
  readonly quantityVariance?: Eaches;
  /** Invoiced above the agreed cost. */
  readonly priceVariance?: Money;
  readonly paidQuantity?: Eaches;
  readonly paid?: Money;
  readonly reasons: readonly { readonly variance: string; readonly defects: readonly string[] }[];
}

/** What Amazon says it did with the money of one invoice, so far. Amounts are totals, not events. */
export interface StatedSettlement {
  readonly paid: Money;
  readonly queued: Money;
  readonly discount: Money;
  readonly quantityVariance: Money;
  readonly priceVariance: Money;
  /** Anything named otherwise, summed. */
  readonly other: Money;
}

/** An invoice as Amazon sees it: status, settlement, matching. @source Invoices API 2026-06-25, getInvoiceHeaders and getInvoice */
export interface InvoiceStated {
  readonly kind: 'invoice-stated';
  readonly invoiceNumber: InvoiceNumber;
  readonly asOf: Instant;
  /** IN_PROGRESS, REJECTED, PARTIALLY_PAID, PAID, verbatim. */
  readonly status: string;
  readonly type: string;
  readonly issuedOn: CalendarDate;
  /** Since when Amazon has it. */
  readonly receivedAt?: Instant;
  readonly dueOn?: CalendarDate;
  readonly terms?: StatedTerms;
  readonly currency: Currency;
  readonly payeeCode?: string;
  readonly vendorCode?: string;
  readonly total: Money;
  readonly net?: Money;
  readonly tax?: Money;
  /** Absent when the document shows no settlement at all. */
  readonly settlement?: StatedSettlement;
  /** Remittances that touched this invoice, in Amazon's order. A detail may leave out what its header told. */
  readonly paymentNumbers?: readonly PaymentNumber[];
  readonly orderNumbers?: readonly PurchaseOrderNumber[];
  readonly shipmentIdentifiers?: readonly ShipmentIdentifier[];
  /** Documents Amazon opened against this invoice. */
  readonly shortageNumbers?: readonly string[];
  /** Absent on a header. The lines of one page on a detail: join those of equal `asOf`, by line number. */
  readonly lines?: readonly MatchedLine[];
  /** Further lines stand on another page. Of equal `asOf`, the whole is there once one page lacks this. */
  readonly moreLines?: true;
}

/** A document by which Amazon takes money back: what the vendor owes. @source Invoices API, receivable documents */
export interface DeductionStated {
  readonly kind: 'deduction-stated';
  readonly deductionNumber: string;
  readonly asOf: Instant;
  /** PARTIALLY_DEDUCTED, DEDUCTED, …, verbatim. */
  readonly status: string;
  readonly issuedOn: CalendarDate;
  readonly dueOn?: CalendarDate;
  readonly currency: Currency;
  /** Positive: what Amazon takes. Negative: what it gives back, as a reversal does. */
  readonly amount: Money;
  /** Taken so far. */
  readonly deducted: Money;
  readonly payeeCode?: string;
  readonly vendorCode?: string;
  readonly paymentNumbers?: readonly PaymentNumber[];
  readonly orderNumbers?: readonly PurchaseOrderNumber[];
  readonly shipmentIdentifiers?: readonly ShipmentIdentifier[];
  /** Service charge types and defects of its lines, verbatim. Absent on a header; those of one page on a detail. */
  readonly reasons?: readonly string[];
}

/** The subject whose state a fact belongs to. */
export function subjectOf(fact: Fact): Subject {
  switch (fact.kind) {
    case 'purchase-order-stated':
    case 'order-progress-stated':
    case 'lines-acknowledged':
      return { kind: 'purchase-order', key: fact.orderNumber };
    case 'shipment-stated':
      return { kind: 'shipment', key: fact.shipmentIdentifier };
    case 'invoice-submitted':
    case 'invoice-stated':
      return { kind: 'invoice', key: fact.invoiceNumber };
    case 'deduction-stated':
      return { kind: 'deduction', key: fact.deductionNumber };
  }
}
