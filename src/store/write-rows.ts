import type { Sql } from './sql.ts';

/** A row by column name. Whole numbers of minor units may be bigint; instants and days are their text. */
export type Row = Readonly<Record<string, unknown>>;

/** The key of every table that ingest writes; the account leads. */
const keys = {
  Product: ['accountId', 'asin'],
  PurchaseOrder: ['accountId', 'number'],
  PurchaseOrderVersion: ['accountId', 'orderNumber', 'version'],
  OrderLine: ['accountId', 'orderNumber', 'lineNumber'],
  Acknowledgement: ['accountId', 'orderNumber', 'lineNumber', 'position'],
  Receipt: ['accountId', 'orderNumber', 'lineNumber', 'position'],
  Shipment: ['accountId', 'identifier'],
  ShipmentLine: ['accountId', 'shipmentIdentifier', 'position'],
  Container: ['accountId', 'shipmentIdentifier', 'sequence'],
  PackedItem: ['accountId', 'shipmentIdentifier', 'containerSequence', 'position'],
  Invoice: ['accountId', 'number'],
  InvoiceLine: ['accountId', 'invoiceNumber', 'lineNumber'],
  InvoiceTax: ['accountId', 'invoiceNumber', 'position'],
  Payment: ['accountId', 'number', 'currency'],
  Allocation: ['accountId', 'invoiceNumber', 'position'],
  Deduction: ['accountId', 'number'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type Table = keyof typeof keys;

const quote = (name: string): string => `"${name}"`;
const list = (names: readonly string[], prefix = ''): string => names.map((name) => prefix + quote(name)).join(', ');

/**
 * Insert rows, or update those that differ; equal rows are not touched. One statement for all of a table.
 *
 * @param insertOnly columns that a new row starts with and an existing row keeps: somebody else tends them
 */
export async function upsertRows(
  sql: Sql,
  table: Table,
  rows: readonly Row[],
  insertOnly: readonly string[] = [],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const key: readonly string[] = keys[table];
  const columns = Object.keys(first);
  const updated = columns.filter((column) => !key.includes(column) && !insertOnly.includes(column));
  const conflict =
    updated.length === 0
      ? 'do nothing'
      : `do update set (${list(updated)}) = row (${list(updated, 'excluded.')})
         where (${list(updated, 't.')}) is distinct from (${list(updated, 'excluded.')})`;
  await sql.query(
    `insert into ${quote(table)} as t (${list(columns)})
     select ${list(columns)} from json_populate_recordset(null::${quote(table)}, $1::json)
     on conflict (${list(key)}) ${conflict}`,
    [toJson(rows)],
  );
}

/** Update some columns of rows that exist, where they differ. */
export async function updateRows(sql: Sql, table: Table, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const key: readonly string[] = keys[table];
  const updated = Object.keys(first).filter((column) => !key.includes(column));
  await sql.query(
    `update ${quote(table)} t set (${list(updated)}) = row (${list(updated, 'r.')})
     from json_populate_recordset(null::${quote(table)}, $1::json) r
     where (${list(key, 't.')}) = (${list(key, 'r.')})
       and (${list(updated, 't.')}) is distinct from (${list(updated, 'r.')})`,
    [toJson(rows)],
  );
}

/** Delete the rows of these keys. */
export async function deleteRows(sql: Sql, table: Table, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const key: readonly string[] = keys[table];
  await sql.query(
    `delete from ${quote(table)} t using json_populate_recordset(null::${quote(table)}, $1::json) r
     where (${list(key, 't.')}) = (${list(key, 'r.')})`,
    [toJson(rows)],
  );
}

/** A row's key as one text, to tell rows apart in memory. */
export const rowKey = (table: Table, row: Row): string => keys[table].map((column) => String(row[column])).join('\n');

/** Amounts as text: JSON has no whole numbers of their size. */
function toJson(rows: readonly Row[]): string {
  const writable = rows.map((row) => {
    const copy: Record<string, unknown> = {};
    for (const name in row) {
      const value = row[name];
      copy[name] = typeof value === 'bigint' ? value.toString() : value;
    }
    return copy;
  });
  return JSON.stringify(writable);
}
