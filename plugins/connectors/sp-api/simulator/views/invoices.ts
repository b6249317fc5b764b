// getInvoiceHeaders and getInvoice (2026-06-25): money as JSON numbers, written from exact text.
import type { SimulatedAccount } from '../accounts.ts';
import { isoInstant } from '../calendar.ts';
import {
  discountOf,
  type InvoiceState,
  paidOf,
  priceVarianceOf,
  quantityVarianceOf,
  statusOf,
  withheldOf,
} from '../invoice-state.ts';
import { ExactNumber, type Json } from '../json.ts';
import type { InvoiceLife, InvoiceLine, Variance } from '../life.ts';
import { costText, type Minor, minorText, type UnitCost } from '../money.ts';
import { sites } from '../sites.ts';

/** A header. @source financesInvoices_2026-06-25.json, `InvoiceHeader` */
export function invoiceHeaderView(account: SimulatedAccount, invoice: InvoiceLife, state: InvoiceState): Json {
  const site = sites[account.site];
  const vendor: Json = {
    partnerId: account.vendorGroupId,
    partnerType: 'VENDOR',
    partnerName: account.vendorName,
    partnerEntities: [...account.vendorCodes],
    partnerAddress: oneLine(site.warehouse.address),
    taxRegistrationNumber: site.vendorTax?.number,
  };
  const amazon: Json = {
    partnerId: site.payerId,
    partnerType: 'AMAZON',
    partnerName: site.payerName,
    partnerEntities: [],
    partnerAddress: oneLine(site.billTo.address),
    taxRegistrationNumber: site.buyerTax?.number,
  };
  return {
    invoiceNumber: invoice.number,
    invoiceIdentifier: invoice.identifier,
    invoiceStatus: statusOf(invoice, state),
    invoiceType: invoice.kind === 'payable' ? 'AP_INVENTORY' : 'OTHER',
    billingPeriod: invoice.billing && {
      startDate: isoInstant(invoice.billing.from),
      endDate: isoInstant(invoice.billing.until),
    },
    payer: invoice.kind === 'payable' ? amazon : vendor,
    payee: invoice.kind === 'payable' ? vendor : amazon,
    issueDate: isoInstant(invoice.issuedAt),
    dueDate: isoInstant(invoice.dueAt),
    paymentTerms: invoice.terms,
    invoiceAmount: currency(account, state.total),
    invoiceAmountBreakdowns: [amountBreakdown(account, invoice, state)],
    invoiceSettlementBreakdowns: settlement(account, state),
    relatedIdentifiers: related(invoice, state),
    creationDate: isoInstant(invoice.createdAt),
    lastUpdatedDate: isoInstant(state.updatedAt),
  };
}

function amountBreakdown(account: SimulatedAccount, invoice: InvoiceLife, state: InvoiceState): Json {
  const net = invoice.lines.reduce((sum, line) => sum + line.net, 0n);
  const tax = invoice.lines.reduce((sum, line) => sum + line.tax, 0n);
  return breakdown(account, 'Total', state.total, [
    breakdown(account, 'InvoiceAmountWithoutTax', net),
    breakdown(account, 'TaxAmount', tax),
    ...(invoice.miscCharges === 0n ? [] : [breakdown(account, 'MiscCharges', invoice.miscCharges)]),
  ]);
}

/** Only what is not zero; tax withheld has no type of its own and appears as Other. */
function settlement(account: SimulatedAccount, state: InvoiceState): Json[] {
  const parts: readonly (readonly [string, Minor])[] = [
    ['AmountPaid', paidOf(state)],
    ['QueuedForPayment', state.queued],
    ['QuickPayDiscount', discountOf(state)],
    ['QuantityVarianceAmount', quantityVarianceOf(state) + state.withheldFromParent],
    ['PriceVariance', priceVarianceOf(state)],
    ['Other', withheldOf(state)],
  ];
  return parts.filter(([, amount]) => amount !== 0n).map(([type, amount]) => breakdown(account, type, amount));
}

function related(invoice: InvoiceLife, state: InvoiceState): Json[] {
  const names: readonly (readonly [string, readonly string[]])[] = [
    ['PAYEE_CODE', [invoice.payeeCode]],
    ['VENDOR_CODE', [invoice.vendorCode]],
    ['PURCHASE_ORDER_IDS', invoice.orders.map((order) => order.number)],
    ['ASN_IDS', invoice.shipments],
    ['SHORTAGE_INVOICE_IDS', state.claims],
    ['RETURN_IDS', invoice.returnIds],
    ['AGREEMENT_IDS', invoice.agreementIds],
    ['WAREHOUSE_ID', invoice.warehouse ? [invoice.warehouse] : []],
    ['UNIQUE_PAYMENT_IDS', [...new Set(state.allocations.map((allocation) => allocation.remittance))]],
  ];
  return names
    .filter(([, values]) => values.length > 0)
    .map(([relatedIdentifierName, values]) => ({ relatedIdentifierName, relatedIdentifierValue: [...values] }));
}

/** One line. @source financesInvoices_2026-06-25.json, `InvoiceItem` */
export function invoiceItemView(
  account: SimulatedAccount,
  invoice: InvoiceLife,
  state: InvoiceState,
  line: InvoiceLine,
): Json {
  const { taxRateCode } = sites[account.site];
  const product = line.line?.product;
  return {
    lineItemId: line.id,
    unitCost: unitCost(account, line.cost),
    quantity: line.quantity,
    taxRateCodes: taxRateCode && line.tax !== 0n ? [taxRateCode] : undefined,
    totalAmount: currency(account, line.net + line.tax),
    totalAmountBreakdown: [
      breakdown(account, 'ItemCostWithoutTax', line.net),
      breakdown(account, 'ItemTaxAmount', line.tax),
    ],
    lineItemContext: {
      lineItemType: product ? 'GOODS' : line.service === 'OTHER' ? 'OTHERS' : 'SERVICES',
      itemIdentifiers: product && [
        { itemIdentifierName: 'ASIN', itemIdentifierValue: product.asin },
        { itemIdentifierName: sites[account.site].barcode, itemIdentifierValue: product.barcode },
      ],
      itemDescription: line.description,
      serviceChargeType: product ? undefined : line.service,
      matchingContext: state.matched && line.line ? matching(account, state, line) : undefined,
    },
    relatedItemIdentifiers: line.order
      ? [
          { relatedIdentifierName: 'PURCHASE_ORDER_IDS', relatedIdentifierValue: [line.order.number] },
          ...(invoice.shipments.length > 0
            ? [{ relatedIdentifierName: 'ASN_IDS', relatedIdentifierValue: [...invoice.shipments] }]
            : []),
        ]
      : undefined,
  };
}

function matching(account: SimulatedAccount, state: InvoiceState, line: InvoiceLine): Json {
  const variance = state.variances.find((candidate) => candidate.lineId === line.id);
  const perEach = line.line?.product.weight?.perEach ?? 1;
  const missing = (variance?.quantity ?? 0) * perEach;
  const matched = line.net + line.tax - (variance?.quantityAmount ?? 0n) - (variance?.priceAmount ?? 0n);
  // Amazon tells per line only what is settled, so a line counts as paid once the whole match is.
  const settled = paidOf(state) + discountOf(state) + withheldOf(state);
  const paid = settled > 0n && settled === state.total - quantityVarianceOf(state) - priceVarianceOf(state);
  return {
    matchedQuantity: line.quantity - missing,
    matchedAmount: currency(account, matched),
    quantityVariance: missing,
    priceVariance: currency(account, variance?.priceAmount ?? 0n),
    paidQuantity: paid ? line.quantity - missing : 0,
    paidAmount: currency(account, paid ? matched : 0n),
    varianceReasons: variance ? reasons(variance) : undefined,
  };
}

const reasons = (variance: Variance): Json =>
  (['PQV', 'PPV'] as const)
    .map((varianceType) => ({
      varianceType,
      defectTypes: variance.defects.filter((defect) => defect.type === varianceType).map((defect) => defect.code),
    }))
    .filter((reason) => reason.defectTypes.length > 0);

const breakdown = (account: SimulatedAccount, type: string, amount: Minor, breakdowns: Json[] = []): Json => ({
  breakdownType: type,
  breakdownAmount: currency(account, amount),
  breakdowns,
});

function currency(account: SimulatedAccount, amount: Minor): Json {
  const text = minorText(amount, account.minorDigits);
  // Yen appear both as 1200 and as 1200.0 in the field: one amount in four carries the idle digit.
  const idle = account.minorDigits === 0 && amount % 4n === 0n ? '.0' : '';
  return { currencyCode: account.currency, currencyAmount: new ExactNumber(text + idle) };
}

const unitCost = (account: SimulatedAccount, cost: UnitCost): Json => ({
  currencyCode: account.currency,
  currencyAmount: new ExactNumber(costText(cost, account.minorDigits)),
});

function oneLine(of: { addressLine1: string; city: string; postalCode: string; countryCode: string }): string {
  return `${of.addressLine1}, ${of.postalCode} ${of.city}, ${of.countryCode}`;
}
