// getInvoiceHeaders and getInvoice of the Invoices API 2026-06-25.
import { invalidInput, notFound } from '../api-error.ts';
import { dayLength } from '../calendar.ts';
import { type InvoiceState, invoiceAt } from '../invoice-state.ts';
import { type RawJson, toJson } from '../json.ts';
import type { InvoiceLife } from '../life.ts';
import { bookmarkOf, type Position, tokenAfter } from '../paging.ts';
import { instantOf, type Range, within } from '../query.ts';
import { invoiceHeaderView, invoiceItemView } from '../views/invoices.ts';
import { type Asked, faultyPage, written } from './context.ts';

const headersPerPage = 100;
const linesPerPage = 600;
const positionOf = (invoice: InvoiceLife): Position => [invoice.createdAt, invoice.identifier];

/**
 * GET /finances/invoices/2026-06-25/invoices.
 *
 * A page is cut from the issue-date range first and filtered by `invoicesModifiedAfter` then, which is
 * how pages come to be short, or empty, and still carry a token.
 */
export function getInvoiceHeaders(asked: Asked): string {
  const { query, account, now } = asked;
  const scope = `invoices ${account.name}`;
  const bookmark = bookmarkOf(query, scope, now);
  const issued = issueRange(query, bookmark.asOf);
  const modifiedAfter = instantOf(query, 'invoicesModifiedAfter');
  const here = isMarketplaceOf(asked);
  const found = asked.chronicle.invoices.filter(
    (invoice) => here && invoice.createdAt <= now && within(issued, invoice.issuedAt),
  );
  const page = faultyPage(asked, found, positionOf, bookmark, headersPerPage);
  const invoices = page.items.flatMap((invoice) => {
    const state = invoiceAt(invoice, now);
    return modifiedAfter === undefined || state.updatedAt > modifiedAfter ? [header(asked, invoice, state)] : [];
  });
  const nextToken = page.next && tokenAfter(query, scope, bookmark.asOf, page.next);
  return toJson({ invoices, numOfRecords: invoices.length, nextToken });
}

/** GET /finances/invoices/2026-06-25/invoices/{invoiceIdentifier}, 600 lines at a time. */
export function getInvoice(asked: Asked, invoiceIdentifier: string): string {
  const { query, account, now } = asked;
  const invoice = asked.chronicle.invoiceByIdentifier.get(invoiceIdentifier);
  if (!isMarketplaceOf(asked) || !invoice || invoice.createdAt > now)
    throw notFound(`No invoice ${invoiceIdentifier}.`);
  const scope = `invoice ${account.name} ${invoiceIdentifier}`;
  const bookmark = bookmarkOf(query, scope, now, 'nextTokenForLineItems');
  const state = invoiceAt(invoice, now);
  const from = bookmark.after?.[0] ?? 0;
  const until = from + linesPerPage;
  const more = until < invoice.lines.length;
  return toJson({
    invoiceHeader: header(asked, invoice, state),
    invoiceItems: invoice.lines.slice(from, until).map((line) => invoiceItemView(account, invoice, state, line)),
    nextTokenForLineItems: more
      ? tokenAfter(query, scope, bookmark.asOf, [until, ''], 'nextTokenForLineItems')
      : undefined,
  });
}

const header = (asked: Asked, invoice: InvoiceLife, state: InvoiceState): RawJson =>
  written(invoice, 'header', state.version, () => invoiceHeaderView(asked.account, invoice, state));

/** Both issue dates or none; at most ninety days; by default the last ninety. */
function issueRange(query: URLSearchParams, asOf: number): Range {
  const from = instantOf(query, 'fromIssueDate');
  const to = instantOf(query, 'toIssueDate');
  if ((from === undefined) !== (to === undefined))
    throw invalidInput('Give both fromIssueDate and toIssueDate, or neither.');
  const range = { after: from ?? asOf - 90 * dayLength, before: to ?? asOf + 1 };
  if (range.before < range.after) throw invalidInput('fromIssueDate must not be later than toIssueDate.');
  if (range.before - range.after > 90 * dayLength + 1)
    throw invalidInput('The range of issue dates must not exceed 90 days.');
  return range;
}

/** False for another marketplace of the world, where this vendor has nothing; unknown ids are refused. */
function isMarketplaceOf(asked: Asked): boolean {
  const id = asked.query.get('marketplaceId');
  if (!id || !/^A[0-9A-Z]{9,14}$/.test(id)) throw invalidInput('marketplaceId is missing or not a marketplace.');
  return id === asked.account.marketplaceId;
}
