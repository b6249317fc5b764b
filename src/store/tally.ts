import type { AccountId } from '../base/ids.ts';
import { byLineNumber } from '../domain/purchase-order.ts';
import { type InvoicedPart, type OrderTally, type ShippedPart, type StatedTally, tallyOrder } from '../domain/tally.ts';
import type { Sql } from './sql.ts';
import { type Row, updateRows } from './write-rows.ts';

interface Keyed {
  readonly orderNumber: string;
}
interface ShippedRow extends Keyed, ShippedPart {
  readonly key: Row;
  readonly matchedTo: string | null;
}
interface InvoicedRow
  extends Keyed,
    Omit<InvoicedPart, 'totalMinor' | 'paidMinor' | 'deductedMinor' | 'discountMinor' | 'creditedMinor'> {
  readonly key: Row;
  readonly matchedTo: string | null;
  /** Minor units as text: a driver's number would not hold them. */
  readonly money: readonly [string, string, string, string, string];
}

/**
 * Bring the running quantities and money of these orders' lines in step with their shipments and invoices, and tie
 * shipment and invoice lines to the order lines they mean. Whatever arrived first, the result is the same.
 */
export async function tallyOrders(sql: Sql, accountId: AccountId, orderNumbers: readonly string[]): Promise<void> {
  if (orderNumbers.length === 0) return;
  const where = [accountId, orderNumbers];
  const lines = await sql.query<Keyed & StatedTally>(
    `select "orderNumber", "lineNumber", "asin", "vendorSku", "ordered", "accepted", "backordered", "rejected", "received",
            "acknowledged", "cancelled", "closed"
       from "OrderLine" where "accountId" = $1 and "orderNumber" = any ($2::text[])`,
    where,
  );
  const shipped = await sql.query<ShippedRow>(
    `select l."orderNumber", l."statedLineNumber" as "lineNumber", l."asin", l."vendorSku", l."shipped", s."cancelled", s."status",
            l."orderLineNumber" as "matchedTo",
            json_build_object('accountId', l."accountId", 'shipmentIdentifier', l."shipmentIdentifier", 'position', l."position") as key
       from "ShipmentLine" l join "Shipment" s on s."accountId" = l."accountId" and s."identifier" = l."shipmentIdentifier"
      where l."accountId" = $1 and l."orderNumber" = any ($2::text[])
      order by l."shipmentIdentifier", l."position"`,
    where,
  );
  const invoiced = await sql.query<InvoicedRow>(
    `select l."orderNumber", l."lineNumber", l."asin", l."vendorSku", l."invoiced", i."document" = 'CREDIT_NOTE' as "creditNote",
            l."referencedInvoiceNumber" is not null as "referenced", l."orderLineNumber" as "matchedTo",
            array[l."totalMinor", l."paidMinor", l."deductedMinor", l."discountMinor", l."creditedMinor"]::text[] as money,
            json_build_object('accountId', l."accountId", 'invoiceNumber', l."invoiceNumber", 'lineNumber', l."lineNumber") as key
       from "InvoiceLine" l join "Invoice" i on i."accountId" = l."accountId" and i."number" = l."invoiceNumber"
      where l."accountId" = $1 and l."orderNumber" = any ($2::text[])
      order by l."invoiceNumber", l."lineNumber"`,
    where,
  );

  const [linesOf, shippedOf, invoicedOf] = [byOrder(lines), byOrder(shipped), byOrder(invoiced)];
  const orderRows: Row[] = [];
  const lineRows: Row[] = [];
  const shipmentLines: Row[] = [];
  const invoiceLines: Row[] = [];
  for (const orderNumber of linesOf.keys()) {
    const shippedRows = shippedOf.get(orderNumber) ?? [];
    const invoicedRows = invoicedOf.get(orderNumber) ?? [];
    const tally = tallyOrder(
      (linesOf.get(orderNumber) ?? []).sort((a, b) => byLineNumber(a.lineNumber, b.lineNumber)),
      shippedRows,
      invoicedRows.map(withMoney),
    );
    orderRows.push({ accountId, number: orderNumber, ...columns(tally) });
    lineRows.push(
      ...tally.lines.map((line) => ({ accountId, orderNumber, lineNumber: line.lineNumber, ...columns(line) })),
    );
    shipmentLines.push(...rematched(shippedRows, tally.shippedTo));
    invoiceLines.push(...rematched(invoicedRows, tally.invoicedTo));
  }
  await updateRows(sql, 'OrderLine', lineRows);
  await updateRows(sql, 'PurchaseOrder', orderRows);
  await updateRows(sql, 'ShipmentLine', shipmentLines);
  await updateRows(sql, 'InvoiceLine', invoiceLines);
}

function byOrder<T extends Keyed>(rows: readonly T[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const row of rows) {
    const group = grouped.get(row.orderNumber);
    if (group === undefined) grouped.set(row.orderNumber, [row]);
    else group.push(row);
  }
  return grouped;
}

function withMoney({ money: [total, paid, deducted, discount, credited], ...part }: InvoicedRow): InvoicedPart {
  return {
    ...part,
    totalMinor: BigInt(total),
    paidMinor: BigInt(paid),
    deductedMinor: BigInt(deducted),
    discountMinor: BigInt(discount),
    creditedMinor: BigInt(credited),
  };
}

type Columns = Omit<OrderTally, 'lines' | 'shippedTo' | 'invoicedTo'>;
const columns = ({
  state,
  shipped,
  invoiced,
  invoicedMinor,
  paidMinor,
  deductedMinor,
  discountMinor,
  creditedMinor,
  openMinor,
}: Columns): Columns => ({
  state,
  shipped,
  invoiced,
  invoicedMinor,
  paidMinor,
  deductedMinor,
  discountMinor,
  creditedMinor,
  openMinor,
});

const rematched = (rows: readonly (ShippedRow | InvoicedRow)[], to: readonly (string | undefined)[]): Row[] =>
  rows.flatMap(({ key, matchedTo }, i) =>
    (to[i] ?? null) === matchedTo ? [] : [{ ...key, orderLineNumber: to[i] ?? null }],
  );
