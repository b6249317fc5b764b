import { parseInstant } from 'acorn/plugin';
import { isObject, type Json } from '../read/json.ts';
import type { Details } from './plan.ts';

/** What the pull needs to know of a page to go on; the rest is for `translate`. */
export interface Page {
  /** How many things are listed. `undefined` when there is no list where one belongs. */
  readonly items: readonly Json[] | undefined;
  readonly nextToken: string | undefined;
}

export function readPage(json: Json, list: string): Page {
  const body = isObject(json) && isObject(json.payload) ? json.payload : json;
  if (!isObject(body)) return { items: undefined, nextToken: undefined };
  const items = body[list];
  const pagination = isObject(body.pagination) ? body.pagination : body;
  return {
    items: Array.isArray(items) ? (items as readonly Json[]) : undefined,
    nextToken: textOf(pagination.nextToken) ?? textOf(body.nextToken),
  };
}

const identifiers: Readonly<Record<Details['of'], string>> = {
  invoices: 'invoiceIdentifier',
  orders: 'purchaseOrderNumber',
};

/** Identifiers of what is listed and changed at or after `since`, each once. What shows no date may have changed. */
export function listedToFetch(items: readonly Json[], { of, since }: Details): string[] {
  const wanted = items.flatMap((item) => {
    if (!isObject(item)) return [];
    const identifier = textOf(item[identifiers[of]])?.trim();
    const changedAt = parseInstant(textOf(item.lastUpdatedDate) ?? '');
    const known = since !== undefined && changedAt !== undefined && changedAt < since;
    return identifier === undefined || known ? [] : [identifier];
  });
  return [...new Set(wanted)];
}

/** The next page of an invoice's lines, and the state of the invoice that this page belongs to. */
export function readLinePage(json: Json): { readonly nextToken: string | undefined; readonly version: string } {
  const body = isObject(json) ? json : {};
  const header = isObject(body.invoiceHeader) ? body.invoiceHeader : {};
  return { nextToken: textOf(body.nextTokenForLineItems), version: textOf(header.lastUpdatedDate) ?? '' };
}

const textOf = (json: Json | undefined): string | undefined =>
  typeof json === 'string' && json !== '' ? json : undefined;
