/** An entry of the change log, as the default selection brings it; kinds add members of their own. */
export interface FeedChange {
  readonly __typename: string;
  readonly id: string;
  /** Whose numbers `sequence` counts. */
  readonly accountId: string;
  /** 1, 2, 3, … within the account, as text: it may outgrow a number. */
  readonly sequence: string;
  readonly cursor: string;
  readonly kind: string;
  readonly severity: 'INFO' | 'NOTICE' | 'ALERT';
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actBy: string | null;
  readonly orderNumber: string | null;
  readonly lineNumber: string | null;
  readonly asin: string | null;
  readonly shipmentIdentifier: string | null;
  readonly invoiceNumber: string | null;
  readonly paymentNumber: string | null;
  readonly deductionNumber: string | null;
  readonly [member: string]: unknown;
}

/** What no feed can do without: a change's account and number, by which holes are seen. */
export type Numbered = Pick<FeedChange, 'accountId' | 'sequence' | 'cursor'>;

/** As `ChangeFilter` of the schema. Every member narrows; an absent one does not. */
export interface FeedFilter {
  readonly accounts?: readonly string[];
  readonly sites?: readonly string[];
  readonly kinds?: readonly string[];
  readonly severities?: readonly string[];
  readonly orderNumbers?: readonly string[];
  readonly invoiceNumbers?: readonly string[];
  readonly asins?: readonly string[];
}

/** Everything that every kind of change says of itself. */
export const wholeChange = `
  __typename id accountId sequence cursor kind severity occurredAt recordedAt actBy
  orderNumber lineNumber asin shipmentIdentifier invoiceNumber paymentNumber deductionNumber
  ... on PurchaseOrderPlaced { lineCount ordered }
  ... on QuantityChanged { quantityBefore quantityAfter }
  ... on StatusChanged { statusBefore statusAfter }
  ... on PurchaseOrderTypeChanged { typeBefore typeAfter }
  ... on WindowChanged { windowBefore { from to } windowAfter { from to } }
  ... on ShipToChanged { shipToBefore shipToAfter }
  ... on FreightTermChanged { freightTermBefore freightTermAfter }
  ... on CostChanged { costBefore { cost currency } costAfter { cost currency } }
  ... on LineAcknowledged {
    answerBefore { accepted backordered rejected } answerAfter { accepted backordered rejected }
  }
  ... on GoodsReceived { received runningTotal }
  ... on ShipmentAnnounced { shipped }
  ... on ShipmentCancelled { shipped }
  ... on InvoiceIssued { document total { amount currency } }
  ... on DueDateChanged { dueOnBefore dueOnAfter }
  ... on PaymentReceived { amount { amount currency } }
  ... on PaymentReversed { amount { amount currency } }
  ... on DiscountTaken { discountBefore { amount currency } discountAfter { amount currency } }
  ... on DeductionTaken { amount { amount currency } reason }
  ... on DeductionChanged { deductedBefore { amount currency } deductedAfter { amount currency } reason }
  ... on DeductionReversed { amount { amount currency } reason }
  ... on Amended { members }`;

/** The subscription, with a selection of the caller's own on each change or the whole of it. */
export const feedOperation = (select: string = wholeChange): string =>
  `subscription Follow($after: Cursor, $filter: ChangeFilter, $maxBatch: Int!) {
  changes(after: $after, filter: $filter, maxBatch: $maxBatch) {
    changes { accountId sequence cursor ${select} } cursor caughtUp dense
  }
}`;
