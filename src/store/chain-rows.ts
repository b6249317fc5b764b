import { plainJson } from '../base/canonical-json.ts';
import type { Currency } from '../base/currency.ts';
import type { AccountId } from '../base/ids.ts';
import { extend } from '../base/money.ts';
import type { DeductionState } from '../domain/deduction.ts';
import type { InvoiceState } from '../domain/invoice.ts';
import type { PurchaseOrderState } from '../domain/purchase-order.ts';
import type { ShipmentState } from '../domain/shipment.ts';
import type { Row, Table } from './write-rows.ts';

/** The rows of one subject, table by table, parents before children. */
export type SubjectRows = readonly (readonly [Table, readonly Row[]])[];

/** What a row of these tables starts with until the tally has run; see `tally.ts`. */
export const talliedColumns = {
  PurchaseOrder: [
    'state',
    'shipped',
    'invoiced',
    'invoicedMinor',
    'paidMinor',
    'deductedMinor',
    'discountMinor',
    'creditedMinor',
    'openMinor',
  ],
  OrderLine: [
    'state',
    'shipped',
    'invoiced',
    'invoicedMinor',
    'paidMinor',
    'deductedMinor',
    'discountMinor',
    'creditedMinor',
    'openMinor',
  ],
} as const satisfies Partial<Record<Table, readonly string[]>>;

const untallied = {
  state: 'NEW',
  shipped: 0,
  invoiced: 0,
  invoicedMinor: 0n,
  paidMinor: 0n,
  deductedMinor: 0n,
  discountMinor: 0n,
  creditedMinor: 0n,
  openMinor: 0n,
};

/** Plain JSON of a domain value: amounts as text, absent members left out. */
const plain = plainJson;
const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** @param currency the account's, for an order whose documents name none */
export function purchaseOrderRows(accountId: AccountId, order: PurchaseOrderState, currency: Currency): SubjectRows {
  const { terms } = order;
  const inCurrency = order.currency ?? currency;
  const total = (of: 'ordered' | 'accepted' | 'backordered' | 'rejected' | 'received'): number =>
    order.lines.reduce((sum, line) => sum + line[of], 0);
  const lines = order.lines.map((line, i) => ({
    accountId,
    orderNumber: order.number,
    lineNumber: line.lineNumber,
    position: i + 1,
    asin: orNull(line.asin),
    vendorSku: orNull(line.vendorSku),
    removed: line.removed,
    cancelled: line.ordered === 0,
    closed: order.closed,
    countedIn: line.countedIn,
    caseSize: line.caseSize,
    costPer: line.costPer,
    backorderAllowed: orNull(line.backorderAllowed),
    currency: line.unitCost?.currency ?? inCurrency,
    unitCost: orNull(line.unitCost?.cost),
    listPrice: orNull(line.listPrice?.cost),
    acknowledged: line.acknowledged,
    ordered: line.ordered,
    accepted: line.accepted,
    backordered: line.backordered,
    rejected: line.rejected,
    received: line.received,
    lastReceivedAt: orNull(line.receipts.at(-1)?.receivedAt),
    orderedMinor:
      line.unitCost === undefined || line.costPer !== 'EACH' ? 0n : extend(line.ordered, line.unitCost).minor,
    ...untallied,
  }));
  const header = {
    accountId,
    number: order.number,
    version: order.versions.length,
    amazonState: orNull(order.amazonState),
    amazonStatus: orNull(order.amazonStatus),
    type: orNull(terms.type),
    paymentMethod: orNull(terms.paymentMethod),
    dealCode: orNull(terms.dealCode),
    vendorCode: orNull(terms.vendorCode),
    freightTerm: orNull(terms.freightTerm),
    orderedAt: orNull(order.orderedAt),
    changedAt: order.changedAt,
    shipWindowFrom: orNull(terms.shipWindow?.from),
    shipWindowTo: orNull(terms.shipWindow?.to),
    deliveryWindowFrom: orNull(terms.deliveryWindow?.from),
    deliveryWindowTo: orNull(terms.deliveryWindow?.to),
    shipToId: orNull(terms.shipTo?.id),
    shipTo: plain(terms.shipTo),
    billTo: plain(terms.billTo),
    buyer: plain(terms.buyer),
    importTerms: plain(terms.importTerms),
    currency: inCurrency,
    lineCount: order.lines.filter((line) => !line.removed).length,
    ordered: total('ordered'),
    accepted: total('accepted'),
    backordered: total('backordered'),
    rejected: total('rejected'),
    received: total('received'),
    orderedMinor: lines
      .filter((line) => line.currency === inCurrency)
      .reduce((sum, line) => sum + line.orderedMinor, 0n),
    ...untallied,
  };
  const line = { accountId, orderNumber: order.number };
  return [
    ['PurchaseOrder', [header]],
    [
      'PurchaseOrderVersion',
      order.versions.map((v) => ({
        ...line,
        version: v.version,
        changedAt: v.changedAt,
        terms: plain(v.terms),
        differences: plain(v.differences),
      })),
    ],
    ['OrderLine', lines],
    [
      'Acknowledgement',
      order.lines.flatMap(({ lineNumber, acknowledgements }) =>
        acknowledgements.map((a, i) => ({
          ...line,
          lineNumber,
          position: i + 1,
          at: a.at,
          code: a.code,
          quantity: a.quantity,
          rejectionReason: orNull(a.rejectionReason),
          scheduledShipAt: orNull(a.scheduledShipAt),
          scheduledDeliveryAt: orNull(a.scheduledDeliveryAt),
          standing: a.standing,
        })),
      ),
    ],
    [
      'Receipt',
      order.lines.flatMap(({ lineNumber, receipts }) =>
        receipts.map((r, i) => ({
          ...line,
          lineNumber,
          position: i + 1,
          quantity: r.quantity,
          runningTotal: r.runningTotal,
          correction: r.correction,
          receivedAt: r.receivedAt,
        })),
      ),
    ],
  ];
}

export function shipmentRows(accountId: AccountId, shipment: ShipmentState): SubjectRows {
  const child = { accountId, shipmentIdentifier: shipment.identifier };
  const parents = new Map(shipment.containers.flatMap((c) => (c.contains ?? []).map((inner) => [inner, c.sequence])));
  return [
    [
      'Shipment',
      [
        {
          accountId,
          identifier: shipment.identifier,
          status: orNull(shipment.status),
          cancelled: shipment.cancelled,
          vendorCode: orNull(shipment.vendorCode),
          amazonReferenceNumber: orNull(shipment.amazonReferenceNumber),
          freightTerm: orNull(shipment.freightTerm),
          shipFromId: orNull(shipment.shipFrom?.id),
          shipFrom: plain(shipment.shipFrom),
          shipToId: orNull(shipment.shipTo?.id),
          shipTo: plain(shipment.shipTo),
          createdAt: orNull(shipment.createdAt),
          shippedAt: orNull(shipment.shippedAt),
          estimatedDeliveryAt: orNull(shipment.estimatedDeliveryAt),
          deliveredAt: orNull(shipment.deliveredAt),
          carrierScac: orNull(shipment.carrierScac),
          carrierName: orNull(shipment.carrierName),
          billOfLading: orNull(shipment.billOfLading),
          proNumber: orNull(shipment.proNumber),
          mode: orNull(shipment.mode),
          cartonCount: orNull(shipment.cartonCount),
          palletCount: orNull(shipment.palletCount),
          shipped: shipment.lines.reduce((sum, l) => sum + l.shipped, 0),
        },
      ],
    ],
    [
      'ShipmentLine',
      shipment.lines.map((l, i) => ({
        ...child,
        position: i + 1,
        orderNumber: orNull(l.orderNumber),
        statedLineNumber: orNull(l.lineNumber),
        asin: orNull(l.asin),
        vendorSku: orNull(l.vendorSku),
        shipped: l.shipped,
      })),
    ],
    [
      'Container',
      shipment.containers.map((c) => ({
        ...child,
        sequence: c.sequence,
        kind: c.kind,
        sscc: orNull(c.sscc),
        identifiers: plain(c.identifiers),
        trackingNumber: orNull(c.trackingNumber),
        parentSequence: orNull(parents.get(c.sequence)),
      })),
    ],
    [
      'PackedItem',
      shipment.containers.flatMap((c) =>
        c.items.map((item, i) => ({
          ...child,
          containerSequence: c.sequence,
          position: i + 1,
          orderNumber: orNull(item.orderNumber),
          statedLineNumber: orNull(item.lineNumber),
          asin: orNull(item.asin),
          vendorSku: orNull(item.vendorSku),
          packed: item.packed,
          lotNumber: orNull(item.lotNumber),
          expiresOn: orNull(item.expiresOn),
          manufacturedOn: orNull(item.manufacturedOn),
        })),
      ),
    ],
  ];
}

export function invoiceRows(accountId: AccountId, invoice: InvoiceState): SubjectRows {
  const child = { accountId, invoiceNumber: invoice.number };
  const { currency } = invoice;
  const references = invoice.lines.flatMap((l) =>
    l.referencedInvoiceNumber === undefined ? [] : [l.referencedInvoiceNumber],
  );
  return [
    [
      'Invoice',
      [
        {
          accountId,
          number: invoice.number,
          document: invoice.document,
          status: orNull(invoice.status),
          issuedOn: invoice.issuedOn,
          receivedAt: orNull(invoice.receivedAt),
          dueOn: orNull(invoice.dueOn),
          terms: orNull(invoice.terms?.text),
          discountPercent: orNull(invoice.terms?.discountPercent),
          discountDueDays: orNull(invoice.terms?.discountDueDays),
          netDueDays: orNull(invoice.terms?.netDueDays),
          vendorCode: orNull(invoice.vendorCode),
          payeeCode: orNull(invoice.payeeCode),
          currency,
          netMinor: orNull(invoice.net?.minor),
          taxMinor: orNull(invoice.tax?.minor),
          totalMinor: invoice.total.minor,
          paidMinor: invoice.paid.minor,
          queuedMinor: invoice.queued.minor,
          discountMinor: invoice.discount.minor,
          deductedMinor: invoice.deducted.minor,
          creditedMinor: invoice.credited.minor,
          openMinor: invoice.open.minor,
          referencedInvoiceNumbers: [...new Set(references)].sort(),
          shortageNumbers: invoice.shortageNumbers,
        },
      ],
    ],
    [
      'InvoiceLine',
      invoice.lines.map((l, i) => ({
        ...child,
        lineNumber: l.lineNumber,
        position: i + 1,
        orderNumber: orNull(l.orderNumber),
        asin: orNull(l.asin),
        vendorSku: orNull(l.vendorSku),
        description: orNull(l.description),
        currency,
        invoiced: l.invoiced,
        unitCost: orNull(l.unitCost?.cost),
        netMinor: orNull(l.net?.minor),
        taxMinor: orNull(l.tax?.minor),
        totalMinor: l.total.minor,
        paidMinor: l.paid.minor,
        discountMinor: l.discount.minor,
        deductedMinor: l.deducted.minor,
        creditedMinor: l.credited.minor,
        openMinor: l.open.minor,
        matched: orNull(l.matched),
        quantityVariance: orNull(l.quantityVariance),
        priceVarianceMinor: orNull(l.priceVariance?.minor),
        reasons: l.reasons,
        referencedInvoiceNumber: orNull(l.referencedInvoiceNumber),
      })),
    ],
    [
      'InvoiceTax',
      invoice.taxes.map(({ lineNumber, tax }, i) => ({
        ...child,
        position: i + 1,
        lineNumber: orNull(lineNumber),
        type: tax.type,
        rate: orNull(tax.rate),
        taxableMinor: orNull(tax.taxable?.minor),
        taxMinor: tax.tax.minor,
        currency,
      })),
    ],
    [
      'Allocation',
      invoice.allocations.map((a, i) => ({
        ...child,
        position: i + 1,
        paymentNumber: orNull(a.paymentNumber),
        currency,
        amountMinor: a.amount.minor,
        seenAt: a.seenAt,
      })),
    ],
    [
      'Deduction',
      invoice.withheld.map((w) => ({
        accountId,
        number: w.number,
        kind: w.kind,
        source: 'SETTLEMENT',
        status: orNull(invoice.status) ?? 'WITHHELD',
        currency,
        amountMinor: w.amount.minor,
        deductedMinor: w.amount.minor,
        reasons: w.reasons,
        statedInvoiceNumber: invoice.number,
        invoiceNumber: invoice.number,
        issuedOn: invoice.issuedOn,
        dueOn: orNull(invoice.dueOn),
        paymentNumbers: [],
      })),
    ],
  ];
}

export function deductionRows(accountId: AccountId, deduction: DeductionState): SubjectRows {
  return [
    [
      'Deduction',
      [
        {
          accountId,
          number: deduction.number,
          kind: deduction.kind,
          source: 'DOCUMENT',
          status: deduction.status,
          currency: deduction.currency,
          amountMinor: deduction.amount.minor,
          deductedMinor: deduction.deducted.minor,
          reasons: deduction.reasons,
          statedInvoiceNumber: orNull(deduction.statedInvoiceNumber),
          issuedOn: deduction.issuedOn,
          dueOn: orNull(deduction.dueOn),
          paymentNumbers: deduction.paymentNumbers,
        },
      ],
    ],
  ];
}
