import type { AccountId } from '../../src/base/ids.ts';
import type { Database } from '../../src/store/database.ts';

/** Every table of an account's state: what the facts make, without the log and without the times of our own work. */
export const stateTables = [
  'Product',
  'PurchaseOrder',
  'PurchaseOrderVersion',
  'OrderLine',
  'Acknowledgement',
  'Receipt',
  'Shipment',
  'ShipmentLine',
  'Container',
  'PackedItem',
  'Invoice',
  'InvoiceLine',
  'InvoiceTax',
  'Payment',
  'Allocation',
  'Deduction',
] as const;

/** The account's whole state as text, row by row and sorted: equal states are equal text, whatever the account's id. */
export function dumpState(database: Database, accountId: AccountId): Promise<Record<string, string[]>> {
  return database.ingest(accountId, async (sql) => {
    const dump: Record<string, string[]> = {};
    for (const table of [...stateTables, 'Fact'] as const) {
      const rows = await sql.query<{ row: string }>(
        `select (to_jsonb(t) - 'accountId')::text as row from "${table}" t where "accountId" = $1 order by 1`,
        [accountId],
      );
      dump[table] = rows.map(({ row }) => row);
    }
    return dump;
  });
}

/** The account's log in its own order, without the numbers and times that differ from run to run. */
export async function dumpLog(database: Database, accountId: AccountId): Promise<string[]> {
  const rows = await database.ingest(accountId, (sql) =>
    sql.query<{ row: string }>(
      `select (to_jsonb(c) - 'accountId' - 'id' - 'position' - 'recordedAt')::text as row from "Change" c
        where "accountId" = $1 order by "id"`,
      [accountId],
    ),
  );
  return rows.map(({ row }) => row);
}
