import type { OrganisationId } from '../base/ids.ts';
import { addMillis, type Instant } from '../base/instant.ts';
import type { Database } from './database.ts';

/** Why a message did not arrive. A code is never renamed and never reused. */
export const deliveryErrors = [
  'NAME_NOT_FOUND',
  'CONNECTION_FAILED',
  'TLS_FAILED',
  'TIMED_OUT',
  'REDIRECTED',
  'BAD_STATUS',
  'GONE',
  'ADDRESS_REFUSED',
  'SECRET_UNREADABLE',
] as const;
export type DeliveryError = (typeof deliveryErrors)[number];

/** Why nothing is sent any more, though nobody said so. Never renamed, never reused. */
export const stopReasons = ['GONE', 'GAVE_UP', 'RIGHTS_GONE', 'CURSOR_UNUSABLE'] as const;
export type StopReason = (typeof stopReasons)[number];

/** By whose rights a webhook delivers. */
export interface WebhookOwner {
  readonly kind: 'api-key' | 'token';
  /** A key's prefix, or an issuer and subject: never a secret. */
  readonly name: string;
}

export interface WebhookKey {
  readonly organisationId: OrganisationId;
  readonly id: string;
}

/** A webhook that has something to do, and where the log ended when that was found. */
export interface DueWebhook extends WebhookKey {
  readonly head: string;
}

/** What people set up, as the worker needs it. */
export interface WebhookSettings extends WebhookKey {
  readonly url: string;
  /** The feed's own filter. */
  readonly filter: unknown;
  readonly maxBatch: number;
  readonly actsForKind: WebhookOwner['kind'];
  readonly actsFor: string;
  readonly startAfter: string | null;
  readonly generation: number;
  readonly pausedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly testId: string | null;
  /** Those in force, the newest first. */
  readonly sealed: readonly Uint8Array[];
}

/** How far a webhook came. */
export interface WebhookProgress {
  readonly generation: number;
  readonly cursor: string | null;
  readonly batch: number | null;
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly retryAt: Date | null;
  readonly stoppedAt: Date | null;
  readonly reason: string | null;
  readonly deliveredAt: Date | null;
  readonly testId: string | null;
  readonly lookedAt: string | null;
}

/** What is written down of an attempt. */
export interface DeliveryNote {
  readonly messageId: string;
  readonly test: boolean;
  readonly attempt: number;
  readonly changes: number;
  readonly cursor: string | null;
  readonly at: Instant;
  readonly millis: number;
  readonly status: number | null;
  readonly error: DeliveryError | null;
  readonly response: string;
}

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

type Moment = 'failingSince' | 'retryAt' | 'stoppedAt' | 'deliveredAt';

/** What a step makes of the progress; moments may be new ones. */
export type NextProgress = Omit<WebhookProgress, Moment> & { readonly [member in Moment]: Date | Instant | null };

/**
 * Move on from `before`, and write down the attempt that did it. Only from there: whoever lost the lead and does not
 * know it yet cannot bring a place back.
 *
 * @returns whether it was still there
 */
export const noteProgress = (
  database: Database,
  { organisationId, id }: WebhookKey,
  before: WebhookProgress | undefined,
  next: NextProgress,
  now: Instant,
  note?: DeliveryNote,
): Promise<boolean> =>
  database.work(async (sql) => {
    const [moved] = await sql.query<{ attempts: string }>(
      `insert into "WebhookProgress" as p
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
       returning "attempts"`,
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
      ],
    );
    if (moved === undefined || note === undefined) return moved !== undefined;
    const number = BigInt(moved.attempts);
    await sql.query(
      `insert into "WebhookDelivery" ("organisationId", "webhookId", "number", "messageId", "test", "attempt", "changes",
                                      "cursor", "at", "millis", "status", "error", "response")
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        organisationId,
        id,
        number,
        note.messageId,
        note.test,
        note.attempt,
        note.changes,
        note.cursor,
        note.at,
        note.millis,
        note.status,
        note.error,
        note.response,
      ],
    );
    await sql.query(
      `delete from "WebhookDelivery" where "organisationId" = $1 and "webhookId" = $2 and "number" <= $3`,
      [organisationId, id, number - BigInt(deliveriesKept)],
    );
    return true;
  });

/** Remove a webhook with all that is kept of it. */
export const eraseWebhook = (database: Database, { organisationId, id }: WebhookKey): Promise<unknown> =>
  database.work((sql) =>
    sql.query(`delete from "Webhook" where "organisationId" = $1 and "id" = $2 and "deletedAt" is not null`, [
      organisationId,
      id,
    ]),
  );
