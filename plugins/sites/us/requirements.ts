import type { Requirement } from 'acorn/plugin';

/** No law of the United States says what stands on an invoice between traders: these are the buyer's, who rejects others. */
const amazon = 'Vendor Invoices API v1, Invoice: required members';
const perLine = 'Vendor Invoices API v1, InvoiceItem';

export const requirements: readonly Requirement[] = [
  { field: 'number', source: amazon },
  { field: 'issuedOn', source: amazon },
  { field: 'supplier.name', source: `${amazon}, remitToParty` },
  { field: 'lines.quantity', source: `${perLine}: invoicedQuantity` },
  { field: 'lines.unitCost', source: `${perLine}: netCost` },
  { field: 'lines.orderNumber', source: `${perLine}: purchaseOrderNumber, by which the invoice is matched` },
];
