import { addMillis, type Instant } from '../base/instant.ts';
import type { Database } from './database.ts';
import type {
  DeliveryNote,
  DueWebhook,
  NextProgress,
  WebhookKey,
  WebhookProgress,
  WebhookSettings,
} from './webhook-rows.ts';

/** Attempts that are kept of each webhook, the newest. */
export const deliveriesKept = 1_000;

/** However quiet its accounts are, a webhook looks at the log this often, so that its cursor does not grow old. */
const quietMillis = 60_000;

/**
 * Webhooks with something to do: changes beyond the place they reached, a try that is due, a test, their removal. One of
 * each organisation, then a second of each, and so on; those that waited longest come first.
 */
export const webhooksDue = (database: Database, now: Instant, limit: number): Promise<DueWebhook[]> =>
  database.work((sql) =>
    sql.query<DueWebhook>(
      `select w."organisationId", w."id", f."position" as "head"
         from "Webhook" w cross join "Feed" f
         left join "WebhookProgress" p on p."organisationId" = w."organisationId" and p."webhookId" = w."id"
        where w."deletedAt" is not null
           or (w."testId" is not null and w."testId" is distinct from p."testId")
           or (w."pausedAt" is null
               and (p."generation" is null or p."generation" < w."generation"
                    or (p."stoppedAt" is null and coalesce(p."retryAt", '-infinity') <= $1
                        and (p."lookedAt" is null
                             or (p."lookedAt" < f."position" and p."updatedAt" < $2)
                             or exists (select from "VendorAccount" a join "Change" c using ("accountId")
                                         where a."organisationId" = w."organisationId" and c."position" > p."lookedAt")))))
        order by row_number() over (partition by w."organisationId" order by p."updatedAt" nulls first, w."id"),
                 p."updatedAt" nulls first, w."id"
        limit $3`,
      [now, addMillis(now, -quietMillis), limit],
    ),
  );

/** One webhook as it is now; nothing when it is gone. */
export async function readWebhook(
  database: Database,
  { organisationId, id }: WebhookKey,
  now: Instant,
): Promise<{ readonly settings: WebhookSettings; readonly progress: WebhookProgress | undefined } | undefined> {
  const key = [organisationId, id];
  return database.work(async (sql) => {
    const [settings] = await sql.query<WebhookSettings>(
      `select "organisationId", "id", "url", "filter", "maxBatch", "actsForKind", "actsFor", "startAfter", "generation",
              "pausedAt", "deletedAt", "testId",
              array (select s."sealed" from "WebhookSecret" s
                      where s."organisationId" = w."organisationId" and s."webhookId" = w."id"
                        and (s."expiresAt" is null or s."expiresAt" > $3)
                      order by s."expiresAt" nulls first) as "sealed"
         from "Webhook" w where "organisationId" = $1 and "id" = $2`,
      [...key, now],
    );
    if (settings === undefined) return undefined;
    const [progress] = await sql.query<WebhookProgress>(
      `select "generation", "cursor", "batch", "failures", "failingSince", "retryAt", "stoppedAt", "reason", "deliveredAt",
              "testId", "lookedAt"
         from "WebhookProgress" where "organisationId" = $1 and "webhookId" = $2`,
      key,
    );
    return { settings, progress };
  });
}

/** What became of a note. */
export type Noted =
  /** Kept, and what people set up is as it was. */
  | 'kept'
  /** Kept, and since it was read somebody paused it, set it up anew or removed it. */
  | 'changed'
  /** Not kept: somebody else had moved it on. */
  | 'overtaken';

/**
 * Move on from `before`, and write down the attempt that did it. Only from there: whoever lost the lead and does not
 * know it yet cannot bring a place back. One statement, so both happen or neither.
 */
export async function noteProgress(
  database: Database,
  { organisationId, id }: WebhookKey,
  before: Pick<WebhookProgress, 'generation' | 'cursor'> | undefined,
  next: NextProgress,
  now: Instant,
  note?: DeliveryNote,
): Promise<Noted> {
  const [noted] = await database.work((sql) =>
    sql.query<{ moved: boolean; same: boolean }>(
      `with moved as (
         insert into "WebhookProgress" as p
           ("organisationId", "webhookId", "generation", "cursor", "batch", "failures", "failingSince", "retryAt", "stoppedAt",
            "reason", "deliveredAt", "testId", "lookedAt", "attempts", "updatedAt")
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict ("organisationId", "webhookId") do update
           set "generation" = excluded."generation", "cursor" = excluded."cursor", "batch" = excluded."batch",
               "failures" = excluded."failures", "failingSince" = excluded."failingSince", "retryAt" = excluded."retryAt",
               "stoppedAt" = excluded."stoppedAt", "reason" = excluded."reason", "deliveredAt" = excluded."deliveredAt",
               "testId" = excluded."testId", "lookedAt" = excluded."lookedAt",
               "attempts" = p."attempts" + excluded."attempts", "updatedAt" = excluded."updatedAt"
         where p."generation" = $16 and p."cursor" is not distinct from $17
         returning "attempts"),
       noted as (
         insert into "WebhookDelivery" ("organisationId", "webhookId", "number", "messageId", "test", "attempt", "changes",
                                        "cursor", "at", "millis", "status", "error", "response")
         select $1, $2, "attempts", $18::text, $19::boolean, $20::int, $21::int, $22::text, $23::timestamptz, $24::int,
                $25::int, $26::text, $27::text
           from moved where $18 is not null),
       trimmed as (
         delete from "WebhookDelivery" d using moved
          where d."organisationId" = $1 and d."webhookId" = $2 and d."number" <= moved."attempts" - ${deliveriesKept})
       select exists (select from moved) as "moved",
              exists (select from "Webhook" w where w."organisationId" = $1 and w."id" = $2 and w."generation" = $3
                         and w."pausedAt" is null and w."deletedAt" is null) as "same"`,
      [
        organisationId,
        id,
        next.generation,
        next.cursor,
        next.batch,
        next.failures,
        next.failingSince,
        next.retryAt,
        next.stoppedAt,
        next.reason,
        next.deliveredAt,
        next.testId,
        next.lookedAt,
        note === undefined ? 0 : 1,
        now,
        before?.generation ?? null,
        before?.cursor ?? null,
        note?.messageId ?? null,
        note?.test ?? null,
        note?.attempt ?? null,
        note?.changes ?? null,
        note?.cursor ?? null,
        note?.at ?? null,
        note?.millis ?? null,
        note?.status ?? null,
        note?.error ?? null,
        note?.response ?? null,
      ],
    ),
  );
  if (noted?.moved !== true) return 'overtaken';
  return noted.same ? 'kept' : 'changed';
}

/** Remove a webhook with all that is kept of it. */
export const eraseWebhook = (database: Database, { organisationId, id }: WebhookKey): Promise<unknown> =>
  database.work((sql) =>
    sql.query(`delete from "Webhook" where "organisationId" = $1 and "id" = $2 and "deletedAt" is not null`, [
      organisationId,
      id,
    ]),
  );
