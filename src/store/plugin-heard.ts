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
import type { Difference } from '../domain/changes.ts';
import type { SubjectKind } from '../domain/facts.ts';
import type { Heard, HeardEvent } from '../seams/plugin.ts';
import type { Place } from './plugin-cursors.ts';
import type { Sql } from './sql.ts';

/** The next entries of an account's log for a listener, each with the place that is reached when it is done with. */
export interface Hearing {
  /** Entries after the listener's place are gone: it would have a hole. Nothing is in `entries` then. */
  readonly expired: boolean;
  readonly entries: readonly { readonly heard: Heard; readonly reached: Place }[];
  /** What is reached when all entries are done with: the end of what was looked at, whatever kinds lie before it. */
  readonly reached: Place;
}

/**
 * Changes and events in one order: an event comes right after the change it was emitted after. Numbers of one account
 * grow in the order in which its writers committed, since they take turns.
 */
export async function hear(
  sql: Sql,
  accountId: AccountId,
  after: Place,
  kinds: readonly string[],
  limit: number,
): Promise<Hearing> {
  const rows = await sql.query<LogRow>(
    `with head as (select coalesce((select max("id") from "Change" where "accountId" = $1), 0) as change,
                          coalesce((select max("id") from "PluginEvent" where "accountId" = $1), 0) as event,
                          coalesce((select "purgedChangeId" from "FeedHead" where "accountId" = $1), 0) as purged),
     log as (
       (select to_jsonb(c) as entry, c."id" as change, 0 as event from "Change" c
         where c."accountId" = $1 and c."id" > $2 and c."kind" = any ($4) order by c."id" limit $5)
       union all
       (select to_jsonb(e), e."afterChangeId", e."id" from "PluginEvent" e
         where e."accountId" = $1 and e."id" > $3 and e."kind" = any ($4) order by e."id" limit $5)
     )
     select head.change as "headChange", head.event as "headEvent", head.purged, log.change, log.event, log.entry
       from head left join lateral (select * from log order by change, event limit $5) log on true
      order by log.change, log.event`,
    [accountId, after.changeId, after.eventId, kinds, limit],
  );
  // Whoever has heard nothing yet begins with the oldest that is kept.
  if (after.changeId > 0n && after.changeId < BigInt(rows[0]?.purged ?? 0))
    return { expired: true, entries: [], reached: after };
  let reached = after;
  const entries = rows.flatMap(({ change, event, entry }) => {
    if (entry === null) return [];
    const isEvent = 'payload' in entry;
    reached = isEvent ? { ...reached, eventId: BigInt(event) } : { ...reached, changeId: BigInt(change) };
    return [{ heard: isEvent ? toEvent(entry) : toChange(entry), reached }];
  });
  const [first] = rows;
  const full = entries.length === limit;
  return {
    expired: false,
    entries,
    reached:
      full || first === undefined
        ? reached
        : { changeId: atLeast(first.headChange, reached.changeId), eventId: atLeast(first.headEvent, reached.eventId) },
  };
}

const atLeast = (head: string, place: bigint): bigint => (BigInt(head) > place ? BigInt(head) : place);

interface LogRow {
  readonly headChange: string;
  readonly headEvent: string;
  readonly purged: string;
  readonly change: string;
  readonly event: string;
  readonly entry: ChangeEntry | EventEntry | null;
}

interface EventEntry {
  readonly accountId: AccountId;
  readonly kind: `${string}.${string}`;
  readonly version: number;
  readonly payload: unknown;
  readonly occurredAt: string;
}

interface ChangeEntry {
  readonly accountId: AccountId;
  readonly kind: string;
  readonly subjectKind: SubjectKind;
  readonly subjectKey: string;
  readonly orderNumber: PurchaseOrderNumber | null;
  readonly lineNumber: LineNumber | null;
  readonly asin: Asin | null;
  readonly shipmentIdentifier: ShipmentIdentifier | null;
  readonly invoiceNumber: InvoiceNumber | null;
  readonly paymentNumber: PaymentNumber | null;
  readonly deductionNumber: DeductionNumber | null;
  readonly occurredAt: string;
  readonly data: object;
}

const toEvent = ({ accountId, kind, version, payload, occurredAt }: EventEntry): HeardEvent => ({
  accountId,
  difference: { kind, version, payload: reviveCanonical(payload) },
  occurredAt: fromMillis(Date.parse(occurredAt)),
});

function toChange(row: ChangeEntry): Heard {
  return {
    accountId: row.accountId,
    subject: { kind: row.subjectKind, key: row.subjectKey },
    difference: reviveCanonical<Difference>({ ...row.data, kind: row.kind }),
    occurredAt: fromMillis(Date.parse(row.occurredAt)),
    ...(row.orderNumber !== null && { orderNumber: row.orderNumber }),
    ...(row.lineNumber !== null && { lineNumber: row.lineNumber }),
    ...(row.asin !== null && { asin: row.asin }),
    ...(row.shipmentIdentifier !== null && { shipmentIdentifier: row.shipmentIdentifier }),
    ...(row.invoiceNumber !== null && { invoiceNumber: row.invoiceNumber }),
    ...(row.paymentNumber !== null && { paymentNumber: row.paymentNumber }),
    ...(row.deductionNumber !== null && { deductionNumber: row.deductionNumber }),
  };
}
