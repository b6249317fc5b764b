import type { Currency } from '../base/currency.ts';
import type { AccountId, InvoiceNumber } from '../base/ids.ts';
import { type Money, money } from '../base/money.ts';
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
    accountId, number, currency, status: 'RECEIVED', amountMinor: 0n, unexplainedMinor: 0n, firstSeenAt: seenAt,
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

/** Tie deductions to the invoices their numbers name, whichever came first. */
export async function tieDeductions(sql: Sql, accountId: AccountId, invoices: readonly string[]): Promise<void> {
  if (invoices.length === 0) return;
  await sql.query(
    `update "Deduction" d set "invoiceNumber" = d."statedInvoiceNumber"
       from "Invoice" i
      where d."accountId" = $1 and d."invoiceNumber" is null and d."statedInvoiceNumber" = any ($2::text[])
        and i."accountId" = d."accountId" and i."number" = d."statedInvoiceNumber"`,
    [accountId, invoices],
  );
}

/** What is known of these products: the vendor's own number from the newest order line, the title from the newest invoice line. */
export async function describeProducts(sql: Sql, accountId: AccountId, asins: readonly string[]): Promise<void> {
  if (asins.length === 0) return;
  await sql.query(
    `insert into "Product" as p ("accountId", "asin", "vendorSku", "title")
     select $1, a, sku."vendorSku", title."description"
       from unnest($2::text[]) a
       left join lateral (
         select l."vendorSku" from "OrderLine" l
           join "PurchaseOrder" o on o."accountId" = l."accountId" and o."number" = l."orderNumber"
          where l."accountId" = $1 and l."asin" = a and l."vendorSku" is not null
          order by o."orderedAt" desc nulls last, l."orderNumber" desc, l."lineNumber" limit 1) sku on true
       left join lateral (
         select l."description" from "InvoiceLine" l
           join "Invoice" i on i."accountId" = l."accountId" and i."number" = l."invoiceNumber"
          where l."accountId" = $1 and l."asin" = a and l."description" is not null
          order by i."issuedOn" desc, l."invoiceNumber" desc, l."lineNumber" limit 1) title on true
     on conflict ("accountId", "asin") do update
       set "vendorSku" = excluded."vendorSku", "title" = excluded."title"
       where (p."vendorSku", p."title") is distinct from (excluded."vendorSku", excluded."title")`,
    [accountId, asins],
  );
}
