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
import type { Db } from '../store/database.ts';
import type { ChangeBatch, ChangeFilter, CursorRefusal, LoggedChange } from './change-log.ts';
import type { CursorCodec } from './cursor.ts';

/** Where the log ends, as this snapshot sees it. */
export const headPosition = async (db: Db): Promise<bigint> => (await feedBounds(db)).head;

/**
 * One batch after `position`, of what the snapshot's tenant may see; from the oldest entry that is kept when it is
 * absent. With a filter, the cursor still moves to the end of what was looked at.
 */
export async function readBatch(
  db: Db,
  codec: CursorCodec,
  position: bigint | undefined,
  filter: ChangeFilter | undefined,
  limit: number,
): Promise<Result<ChangeBatch, CursorRefusal>> {
  const { head, purgedTo } = await feedBounds(db);
  const after = position ?? purgedTo;
  if (after < purgedTo) return no({ code: 'CURSOR_EXPIRED', oldestCursor: codec.encode(purgedTo) });
  const rows = await changePage(db, { after, upTo: head, filter, limit });
  const full = rows.length === limit;
  const last = rows.at(-1)?.position;
  return yes({
    changes: rows.map((row) => toChange(row, codec)),
    cursor: codec.encode(full && last != null ? last : head > after ? head : after),
    caughtUp: !full || last === head,
  });
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
