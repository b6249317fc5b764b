import {
  type DeductionStated,
  type InvoiceStated,
  type Money,
  type PaymentNumber,
  type PurchaseOrderNumber,
  type ShipmentIdentifier,
  type StatedSettlement,
  zero,
} from 'acorn/plugin';
import { asMoney } from '../read/amounts.ts';
import { sumsByType } from '../read/breakdowns.ts';
import { needInvoiceNumber } from '../read/identifiers.ts';
import type { Part } from '../read/part.ts';
import { related } from '../read/related.ts';
import { stated } from '../read/stated.ts';
import { readTermsText } from '../read/terms.ts';
import { day, instant, needDay, needInstant } from '../read/times.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { needWord, word } from '../read/words.ts';
import { type ReadItems, readItems } from './finance-invoice-items.ts';

/** A page of invoices without lines. @source Invoices API 2026-06-25, getInvoiceHeaders */
export function getInvoiceHeaders(body: Part): void {
  for (const header of body.needList('invoices')) {
    const fact = header.notes.park(() => readInvoice(header));
    if (fact !== undefined) header.notes.tell(fact, header.at);
  }
}

/** One invoice with a page of its lines: up to 600. @source Invoices API 2026-06-25, getInvoice */
export function getInvoice(body: Part): void {
  const fact = body.notes.park(() => {
    const header = body.need('invoiceHeader');
    return readInvoice(header, readItems(body, asMoney(header.need('invoiceAmount')).currency));
  });
  if (fact !== undefined) body.notes.tell(fact, body.at);
}

function readInvoice(header: Part, items?: ReadItems): InvoiceStated | DeductionStated {
  return isReceivable(header) ? readDeduction(header, items) : readPayable(header, items);
}

/** What the vendor owes: Amazon is the payee, or takes the money from what it pays. */
function isReceivable(header: Part): boolean {
  const status = needWord(header, 'invoiceStatus', vocabulary.invoiceStatus);
  const payee = header.member('payee');
  const payeeIsAmazon = payee !== undefined && word(payee, 'partnerType', vocabulary.partnerType) === 'AMAZON';
  return payeeIsAmazon || status === 'DEDUCTED' || status === 'PARTIALLY_DEDUCTED';
}

function readPayable(header: Part, items?: ReadItems): InvoiceStated {
  const total = asMoney(header.need('invoiceAmount'));
  const parts = sumsByType(header, 'invoiceAmountBreakdowns', vocabulary.amountBreakdown, total.currency);
  const terms = header.text('paymentTerms');
  return stated<InvoiceStated>({
    kind: 'invoice-stated',
    invoiceNumber: needInvoiceNumber(header, 'invoiceNumber'),
    ...readDates(header),
    receivedAt: instant(header, 'creationDate'),
    status: needWord(header, 'invoiceStatus', vocabulary.invoiceStatus),
    type: needWord(header, 'invoiceType', vocabulary.invoiceDocument),
    terms: terms === undefined ? undefined : readTermsText(terms),
    currency: total.currency,
    payeeCode: readPayeeCode(header),
    vendorCode: readVendorCode(header, 'payee'),
    total,
    net: parts.get('InvoiceAmountWithoutTax'),
    tax: parts.get('TaxAmount'),
    settlement: readSettlement(header, total),
    ...readRelated(header),
    shortageNumbers: related(header, 'SHORTAGE_INVOICE_IDS'),
    lines: items?.lines,
    moreLines: items?.more,
  });
}

function readDeduction(header: Part, items?: ReadItems): DeductionStated {
  const amount = asMoney(header.need('invoiceAmount'));
  const status = needWord(header, 'invoiceStatus', vocabulary.invoiceStatus);
  return stated<DeductionStated>({
    kind: 'deduction-stated',
    deductionNumber: header.needText('invoiceNumber'),
    ...readDates(header),
    status,
    currency: amount.currency,
    amount,
    deducted: readDeducted(header, status, amount),
    payeeCode: readPayeeCode(header),
    vendorCode: readVendorCode(header, 'payer'),
    ...readRelated(header),
    reasons: items?.reasons,
  });
}

/** What Amazon took so far. Where nothing of it is shown only the status tells: all of it, or nothing anyone named. */
function readDeducted(header: Part, status: string, amount: Money): Money {
  const settlement = header.list('invoiceSettlementBreakdowns').length > 0 ? readSettlement(header, amount) : undefined;
  if (settlement !== undefined) return settlement.paid;
  if (status === 'DEDUCTED' || status === 'PARTIALLY_DEDUCTED') {
    header.notes.warn('MISSING_MEMBER', `${header.path}/invoiceSettlementBreakdowns`, `${status} without an amount`);
  }
  return status === 'DEDUCTED' ? amount : zero(amount.currency);
}

const readDates = (header: Part): Pick<InvoiceStated, 'asOf' | 'issuedOn' | 'dueOn'> =>
  stated<Pick<InvoiceStated, 'asOf' | 'issuedOn' | 'dueOn'>>({
    asOf: needInstant(header, 'lastUpdatedDate'),
    issuedOn: needDay(header, 'issueDate'),
    dueOn: day(header, 'dueDate'),
  });

function readSettlement(header: Part, total: Money): StatedSettlement | undefined {
  if (header.member('invoiceSettlementBreakdowns') === undefined) return undefined;
  const { currency } = total;
  const sums = sumsByType(header, 'invoiceSettlementBreakdowns', vocabulary.settlementBreakdown, currency);
  const of = (type: string): Money => sums.get(type) ?? zero(currency);
  return {
    paid: of('AmountPaid'),
    queued: of('QueuedForPayment'),
    discount: of('QuickPayDiscount'),
    quantityVariance: of('QuantityVarianceAmount'),
    priceVariance: of('PriceVariance'),
    other: of('Other'),
  };
}

function readRelated(header: Part): Pick<InvoiceStated, 'paymentNumbers' | 'orderNumbers' | 'shipmentIdentifiers'> {
  return stated<ReturnType<typeof readRelated>>({
    paymentNumbers: related(header, 'UNIQUE_PAYMENT_IDS') as PaymentNumber[] | undefined,
    orderNumbers: related(header, 'PURCHASE_ORDER_IDS') as PurchaseOrderNumber[] | undefined,
    shipmentIdentifiers: related(header, 'ASN_IDS') as ShipmentIdentifier[] | undefined,
  });
}

/** Stated, or else the end of an identifier such as `INV-1~ABCDE`. */
const readPayeeCode = (header: Part): string | undefined =>
  related(header, 'PAYEE_CODE')?.[0] ?? /~([^~]+)$/.exec(header.text('invoiceIdentifier') ?? '')?.[1];

/** Stated, or else the vendor's only code; of several nobody says which. */
function readVendorCode(header: Part, vendor: 'payee' | 'payer'): string | undefined {
  const codes = header.member(vendor)?.list('partnerEntities') ?? [];
  return related(header, 'VENDOR_CODE')?.[0] ?? (codes.length === 1 ? codes[0]?.asText() : undefined);
}
