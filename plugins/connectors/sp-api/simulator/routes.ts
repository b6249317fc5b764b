// Paths to operations: Amazon's own, behind one prefix per region.
import type { Region } from './accounts.ts';
import { notFound } from './api-error.ts';
import type { Asked } from './operations/context.ts';
import { getInvoice, getInvoiceHeaders } from './operations/invoices.ts';
import { getPurchaseOrder, getPurchaseOrders, getPurchaseOrdersStatus } from './operations/orders.ts';
import { getShipmentDetails } from './operations/shipments.ts';

interface Route {
  readonly path: RegExp;
  readonly answer: (asked: Asked, parameter: string) => string;
}

// A new operation is one line here.
const routes: readonly Route[] = [
  { path: /^\/vendor\/orders\/v1\/purchaseOrders$/, answer: getPurchaseOrders },
  { path: /^\/vendor\/orders\/v1\/purchaseOrders\/([^/]+)$/, answer: getPurchaseOrder },
  { path: /^\/vendor\/orders\/v1\/purchaseOrdersStatus$/, answer: getPurchaseOrdersStatus },
  { path: /^\/vendor\/shipping\/v1\/shipments$/, answer: getShipmentDetails },
  { path: /^\/finances\/invoices\/2026-06-25\/invoices$/, answer: getInvoiceHeaders },
  { path: /^\/finances\/invoices\/2026-06-25\/invoices\/([^/]+)$/, answer: getInvoice },
];

/** The region and Amazon's path of a request, or undefined when no region is named. */
export function regionOf(pathname: string): { region: Region; path: string } | undefined {
  const [, region, path] = /^\/(na|eu|fe)(\/.*)$/.exec(pathname) ?? [];
  return (region === 'na' || region === 'eu' || region === 'fe') && path !== undefined ? { region, path } : undefined;
}

/** The operation behind a path; Amazon's 404 where there is none. */
export function operationOf(method: string, path: string): (asked: Asked) => string {
  for (const route of routes) {
    const found = route.path.exec(path);
    if (!found || method !== 'GET') continue;
    const parameter = decode(found[1] ?? '');
    return (asked) => route.answer(asked, parameter);
  }
  throw notFound(`No operation ${method} ${path}.`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notFound('The path is not well-formed.');
  }
}
