import { isObject, type Json, parseJson } from './read/json.ts';

/** Amazon's operation names as kinds: it writes a few with a capital. */
export const asKind = (operationId: string | undefined): string | undefined =>
  operationId === undefined ? undefined : operationId.charAt(0).toLowerCase() + operationId.slice(1);

const kinds = new Set([
  'getPurchaseOrders',
  'getPurchaseOrder',
  'getPurchaseOrdersStatus',
  'getShipmentDetails',
  'getInvoiceHeaders',
  'getInvoice',
  'submitAcknowledgement',
  'submitShipmentConfirmations',
  'submitShipments',
  'submitInvoices',
  'getTransaction',
]);

/**
 * Which operation a JSON file is the answer or the request of, by its shape; the name of the file does not count.
 * Recordings that wrap request and response say so themselves. An answer that only names a transaction is nothing to
 * keep, so it is not recognised.
 */
export function recognise(bytes: Uint8Array): string | undefined {
  const parsed = parseJson(bytes);
  if (!parsed.ok || !isObject(parsed.value)) return undefined;
  const root = parsed.value;
  if (typeof root.operationId === 'string') {
    const kind = asKind(root.operationId);
    return kind !== undefined && kinds.has(kind) && isOfVendors(root) ? kind : undefined;
  }
  const wrapped = isObject(root.payload);
  return byShape(isObject(root.payload) ? root.payload : root, wrapped);
}

/** Direct fulfilment has operations of its own; recordings name their path. */
const isOfVendors = (root: { readonly [name: string]: Json }): boolean =>
  typeof root.path !== 'string' || !root.path.includes('/directFulfillment/');

function byShape(body: { readonly [name: string]: Json }, wrapped: boolean): string | undefined {
  if ('orders' in body) return 'getPurchaseOrders';
  if ('order' in body || 'purchaseOrderNumber' in body) return 'getPurchaseOrder';
  if ('ordersStatus' in body) return 'getPurchaseOrdersStatus';
  if ('acknowledgements' in body) return 'submitAcknowledgement';
  if ('shipmentConfirmations' in body) return 'submitShipmentConfirmations';
  if ('shipments' in body) return wrapped || 'pagination' in body ? 'getShipmentDetails' : 'submitShipments';
  if ('invoiceHeader' in body) return 'getInvoice';
  if ('transactionStatus' in body) return 'getTransaction';
  if (!('invoices' in body)) return undefined;
  const first = Array.isArray(body.invoices) ? (body.invoices as readonly Json[])[0] : undefined;
  return isObject(first) && !('invoiceNumber' in first) ? 'submitInvoices' : 'getInvoiceHeaders';
}
