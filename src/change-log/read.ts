import { reviveCanonical } from '../base/canonical-json.ts';
import type {
  AccountId,
  Asin,
  DeductionNumber,
  InvoiceNumber,
  LineNumber,
  PaymentNumber,
  PurchaseOrderNumber,
  ShipmentIdentifier,
} from '../base/ids.ts';
import { fromMillis } from '../base/instant.ts';
import { no, type Result, yes } from '../base/result.ts';
import type { Difference, Severity } from '../domain/changes.ts';
import type { SubjectKind } from '../domain/facts.ts';
import { type ChangeRow, changePage, feedBounds } from '../store/change-page.ts';
import type { Database, Db, Tenant } from '../store/database.ts';
import {
  type ChangeBatch,
  type ChangeFilter,
  type CursorRefusal,
  type LoggedChange,
  oldestKept,
} from './change-log.ts';
import type { CursorCodec } from './cursor.ts';

/** Where the log ends, as this snapshot sees it. */
export const headPosition = async (db: Db): Promise<bigint> => (await feedBounds(db)).head;

/**
 * One batch after `position`, of what the snapshot's tenant may see, and not beyond `until`. With a filter, the cursor
 * still moves to the end of what was looked at.
 */
export async function readBatch(
  db: Db,
  codec: CursorCodec,
  position: bigint,
  filter: ChangeFilter | undefined,
  limit: number,
  until?: bigint,
): Promise<Result<ChangeBatch, CursorRefusal>> {
  const { head, purgedTo } = await feedBounds(db);
  const after = position === oldestKept ? purgedTo : position;
  if (after < purgedTo) return no({ code: 'CURSOR_EXPIRED', oldestCursor: codec.encode(purgedTo) });
  const end = until !== undefined && until < head ? until : head;
  const rows = await changePage(db, { after, upTo: end, filter, limit });
  const full = rows.length === limit;
  const last = rows.at(-1)?.position;
  const reached = full && last != null ? last : end > after ? end : after;
  return yes({
    changes: rows.map((row) => toChange(row, codec)),
    cursor: codec.encode(reached),
    position: reached,
    first: rows[0]?.position ?? reached,
    caughtUp: reached >= head,
  });
}

/**
 * Changes of a tenant after `position`, each with its place: what a tail keeps in memory. One statement in SQL, since it
 * is read at every ring of the bell.
 */
export async function readPlaced(
  database: Pick<Database, 'ask'>,
  tenant: Tenant,
  codec: CursorCodec,
  position: bigint,
  limit: number,
) {
  const rows = await database.ask<SqlRow>(
    tenant,
    `select f."position" as head, f."purgedTo", c.* from "Feed" f left join lateral (
       select found.* from "VendorAccount" a cross join lateral (
         select * from "Change" c
          where c."accountId" = a."accountId" and c."position" > $1 and c."position" <= f."position"
          order by c."position" limit $2) found
        order by found."position" limit $2) c on true`,
    [position, limit],
  );
  const head = BigInt(rows[0]?.head ?? 0);
  const purgedTo = BigInt(rows[0]?.purgedTo ?? 0);
  const placed = rows.flatMap((row): PlacedChange[] => {
    if (row.position === null) return [];
    const [id, sequence, place] = [BigInt(row.id), BigInt(row.sequence ?? 0), BigInt(row.position)];
    return [{ position: place, change: toChange({ ...row, id, sequence, position: place }, codec) }];
  });
  const last = placed.at(-1)?.position;
  const full = placed.length === limit && last !== undefined && last < head;
  return { placed, purgedTo, position: full ? last : head > position ? head : position, caughtUp: !full };
}

/** A row as the driver gives it: big numbers as text. All but the log's own two is null when there is no change. */
type SqlRow = Omit<ChangeRow, 'id' | 'sequence' | 'position'> & {
  readonly head: string;
  readonly purgedTo: string;
  readonly id: string;
  readonly sequence: string | null;
  readonly position: string | null;
};

/** A change and its number in the log. */
export interface PlacedChange {
  readonly position: bigint;
  readonly change: LoggedChange;
}

function toChange(row: ChangeRow, codec: CursorCodec): LoggedChange {
  return {
    id: row.id,
    accountId: row.accountId as AccountId,
    sequence: row.sequence ?? 0n,
    cursor: codec.encode(row.position ?? 0n),
    severity: row.severity as Severity,
    subject: { kind: row.subjectKind as SubjectKind, key: row.subjectKey },
    difference: reviveCanonical<Difference>({ ...(row.data as object), kind: row.kind }),
    occurredAt: fromMillis(row.occurredAt.getTime()),
    recordedAt: fromMillis(row.recordedAt.getTime()),
    ...(row.actBy !== null && { actBy: fromMillis(row.actBy.getTime()) }),
    ...(row.orderNumber !== null && { orderNumber: row.orderNumber as PurchaseOrderNumber }),
    ...(row.lineNumber !== null && { lineNumber: row.lineNumber as LineNumber }),
    ...(row.asin !== null && { asin: row.asin as Asin }),
    ...(row.shipmentIdentifier !== null && { shipmentIdentifier: row.shipmentIdentifier as ShipmentIdentifier }),
    ...(row.invoiceNumber !== null && { invoiceNumber: row.invoiceNumber as InvoiceNumber }),
    ...(row.paymentNumber !== null && { paymentNumber: row.paymentNumber as PaymentNumber }),
    ...(row.deductionNumber !== null && { deductionNumber: row.deductionNumber as DeductionNumber }),
  };
}
