import type { ConnectorLog, RawDocument } from 'acorn/plugin';
import type { Client, Query } from './client.ts';
import type { Answer } from './exchange.ts';
import { readLinePage } from './page.ts';
import { type Details, operations } from './plan.ts';

/** Details asked for at once: answers take longer than the budget's pace. */
const atOnce = 4;

/** How an answer becomes a document. */
export type Keep = (kind: string, answer: Answer, origin: string) => RawDocument;

/** Where details are fetched from and how they become documents. */
export interface Source {
  readonly client: Client;
  readonly marketplaceId: string;
  readonly log: ConnectorLog;
  readonly keep: Keep;
}

/** Each order, or all pages of each invoice, in the order given. */
export async function fetchDetails(
  source: Source,
  of: Details['of'],
  identifiers: readonly string[],
): Promise<RawDocument[]> {
  const fetchOne = of === 'invoices' ? fetchInvoice : fetchOrder;
  const fetched: RawDocument[][] = identifiers.map(() => []);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < identifiers.length; index = next++) {
      const identifier = identifiers[index];
      if (identifier !== undefined) fetched[index] = await fetchOne(source, identifier);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return fetched.flat();
}

async function fetchOrder({ client, log, keep }: Source, identifier: string): Promise<RawDocument[]> {
  const path = `${operations.getPurchaseOrders.path}/${encodeURIComponent(identifier)}`;
  const asked = await client.get('getPurchaseOrder', path, {});
  if (asked.kind === 'answered') return [keep('getPurchaseOrder', asked.answer, `GET ${path}`)];
  // Its status stands, and reading again finds the order where it is to be found.
  log.warn('an order was refused', { status: asked.status, code: asked.code });
  return [];
}

/** Pages of one state of the invoice: when it changes between two pages they are fetched again, from the first. */
async function fetchInvoice({ client, marketplaceId, log, keep }: Source, identifier: string): Promise<RawDocument[]> {
  const path = `${operations.getInvoiceHeaders.path}/${encodeURIComponent(identifier)}`;
  const pages: RawDocument[] = [];
  const seen = new Set<string>();
  let version: string | undefined;
  for (let token: string | undefined, restarts = 0; ; ) {
    const query: Query = { marketplaceId, ...(token === undefined ? {} : { nextTokenForLineItems: token }) };
    const asked = await client.get('getInvoice', path, query);
    if (asked.kind === 'refused') {
      // Listed a moment ago and gone, or not to be had: its header stands, and the next change asks again.
      log.warn('the details of an invoice were refused', { status: asked.status, code: asked.code });
      return pages;
    }
    const page = readLinePage(asked.answer.json);
    if (version !== undefined && version !== page.version && restarts < 3) {
      pages.length = 0;
      seen.clear();
      version = undefined;
      token = undefined;
      restarts += 1;
      continue;
    }
    version = page.version;
    const place = pages.length === 0 ? '' : ` (page ${pages.length + 1})`;
    pages.push(keep('getInvoice', asked.answer, `GET ${path}?marketplaceId=${marketplaceId}${place}`));
    if (page.nextToken === undefined || seen.has(page.nextToken)) return pages;
    seen.add(page.nextToken);
    token = page.nextToken;
  }
}
