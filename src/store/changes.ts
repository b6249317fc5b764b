import { plainJson } from '../base/canonical-json.ts';
import type { AccountId } from '../base/ids.ts';
import { actBy, type Change, severityOf } from '../domain/changes.ts';
import type { Sql } from './sql.ts';

/** Append changes in this order. They get their numbers from the sequencer once the transaction is in. */
export async function appendChanges(sql: Sql, accountId: AccountId, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((change) => {
    const { kind, ...data } = change.difference;
    return {
      kind,
      severity: severityOf(change.difference),
      subjectKind: change.subject.kind,
      subjectKey: change.subject.key,
      orderNumber: change.orderNumber,
      lineNumber: change.lineNumber,
      asin: change.asin,
      shipmentIdentifier: change.shipmentIdentifier,
      invoiceNumber: change.invoiceNumber,
      paymentNumber: change.paymentNumber,
      deductionNumber: change.deductionNumber,
      occurredAt: change.occurredAt,
      actBy: actBy(change),
      data: plainJson(data),
    };
  });
  const columns = Object.keys(rows[0] ?? {})
    .map((name) => `"${name}"`)
    .join(', ');
  await sql.query(
    `insert into "Change" ("accountId", ${columns})
     select $1, ${columns} from json_populate_recordset(null::"Change", $2::json)`,
    [accountId, JSON.stringify(rows)],
  );
}
