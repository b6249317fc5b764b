import type { Currency } from '../base/currency.ts';
import type { AccountId, InvoiceNumber } from '../base/ids.ts';
import { type Money, money } from '../base/money.ts';
import { newestMentions, type ProductMention } from '../domain/product.ts';
import type { Sql } from './sql.ts';
import { upsertRows } from './write-rows.ts';

/** What credit notes other than these take off these invoices, by invoice; positive. */
export async function creditsElsewhere(
  sql: Sql,
  accountId: AccountId,
  invoices: readonly InvoiceNumber[],
): Promise<Map<InvoiceNumber, Money>> {
  if (invoices.length === 0) return new Map();
  const rows = await sql.query<{ invoiceNumber: InvoiceNumber; currency: Currency; minor: string }>(
    `select "referencedInvoiceNumber" as "invoiceNumber", "currency", (-sum("totalMinor"))::text as minor
       from "InvoiceLine"
      where "accountId" = $1 and "referencedInvoiceNumber" = any ($2::text[]) and not "invoiceNumber" = any ($2::text[])
      group by 1, 2`,
    [accountId, invoices],
  );
  return new Map(rows.map((row) => [row.invoiceNumber, money(BigInt(row.minor), row.currency)]));
}

/** A payment that allocations are about to point to. Its amount follows from them; see `sumPayments`. */
export async function announcePayments(
  sql: Sql,
  accountId: AccountId,
  payments: readonly { readonly number: string; readonly currency: string; readonly seenAt: string }[],
): Promise<void> {
  const rows = payments.map(({ number, currency, seenAt }) => ({
    accountId,
    number,
    currency,
    status: 'RECEIVED',
    amountMinor: 0n,
    unexplainedMinor: 0n,
    firstSeenAt: seenAt,
  }));
  await upsertRows(sql, 'Payment', rows, ['status', 'amountMinor', 'unexplainedMinor', 'firstSeenAt']);
}

/** Bring payments in step with their allocations: a payment is what its allocations sum to, and voided when nothing of it is left. */
export async function sumPayments(sql: Sql, accountId: AccountId, numbers: readonly string[]): Promise<void> {
  if (numbers.length === 0) return;
  await sql.query(
    `update "Payment" p
        set "amountMinor" = s.amount, "status" = s.status, "firstSeenAt" = s.first
       from (select p."number", p."currency", coalesce(sum(a."amountMinor"), 0) as amount,
                    case when coalesce(sum(a."amountMinor"), 0) = 0 then 'VOIDED' else 'RECEIVED' end as status,
                    coalesce(min(a."seenAt"), min(p."firstSeenAt")) as first
               from "Payment" p
               left join "Allocation" a on a."accountId" = p."accountId" and a."paymentNumber" = p."number" and a."currency" = p."currency"
              where p."accountId" = $1 and p."number" = any ($2::text[])
              group by 1, 2) s
      where p."accountId" = $1 and p."number" = s."number" and p."currency" = s."currency"
        and (p."amountMinor", p."status", p."firstSeenAt") is distinct from (s.amount, s.status, s.first)`,
    [accountId, numbers],
  );
}

/**
 * Tie deductions to the invoices their numbers name, whichever came first, and a claim document to the amount that the
 * invoice's settlement already shows for it: the same money is not taken twice.
 */
export async function tieDeductions(sql: Sql, accountId: AccountId, invoices: readonly string[]): Promise<void> {
  if (invoices.length === 0) return;
  await sql.query(
    `update "Deduction" d set "invoiceNumber" = t."invoiceNumber", "restates" = t."restates"
       from (select d."number", i."number" as "invoiceNumber", s."number" as "restates"
               from "Deduction" d
               join "Invoice" i on i."accountId" = d."accountId" and i."number" = d."statedInvoiceNumber"
               left join "Deduction" s
                 on s."accountId" = d."accountId" and s."source" = 'SETTLEMENT' and s."kind" = d."kind"
                and s."statedInvoiceNumber" = d."statedInvoiceNumber"
              where d."accountId" = $1 and d."source" = 'DOCUMENT' and d."statedInvoiceNumber" = any ($2::text[])) t
      where d."accountId" = $1 and d."number" = t."number"
        and (d."invoiceNumber", d."restates") is distinct from (t."invoiceNumber", t."restates")`,
    [accountId, invoices],
  );
}

/** Add what was said of products in passing: of each part the newest counts, of equals the greater text. */
export async function describeProducts(
  sql: Sql,
  accountId: AccountId,
  mentions: readonly ProductMention[],
): Promise<void> {
  const rows = [...newestMentions(mentions)].map(([asin, { vendorSku, title }]) => ({
    accountId,
    asin,
    vendorSku: vendorSku?.text,
    vendorSkuAsOf: vendorSku?.asOf,
    title: title?.text,
    titleAsOf: title?.asOf,
  }));
  if (rows.length === 0) return;
  const wins = (part: string) =>
    `(excluded."${part}AsOf" is not null and (p."${part}AsOf" is null or (excluded."${part}AsOf", excluded."${part}") > (p."${part}AsOf", p."${part}")))`;
  const newest = (part: string, column: string) =>
    `"${column}" = case when ${wins(part)} then excluded."${column}" else p."${column}" end`;
  await sql.query(
    `insert into "Product" as p select * from json_populate_recordset(null::"Product", $1::json)
     on conflict ("accountId", "asin") do update
       set ${['vendorSku', 'title'].flatMap((part) => [newest(part, part), newest(part, `${part}AsOf`)]).join(', ')}
     where ${wins('vendorSku')} or ${wins('title')}`,
    [JSON.stringify(rows)],
  );
}
