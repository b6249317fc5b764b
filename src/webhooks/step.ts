import { type Instant, toMillis } from '../base/instant.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { ChangeBatch, ChangeFilter, ChangeLog, FeedCursor, LoggedChange } from '../change-log/change-log.ts';
import type { Database, Tenant } from '../store/database.ts';
import {
  type DeliveryNote,
  type DueWebhook,
  eraseWebhook,
  type NextProgress,
  noteProgress,
  readWebhook,
  type StopReason,
  type WebhookOwner,
  type WebhookProgress,
  type WebhookSettings,
} from '../store/webhooks.ts';
import { changesMessage, type Message, type ShownChange, signedHeaders, testMessage } from './message.ts';
import type { Posted, Poster } from './post.ts';
import { readRetryAfter, retryAfter } from './retry-schedule.ts';
import { openSecrets } from './secrets.ts';
import { type Standing, standingOf } from './standing.ts';

/** What a step needs of the installation. */
export interface StepParts {
  readonly database: Database;
  readonly changeLog: Pick<ChangeLog, 'page'>;
  readonly poster: Poster;
  /** Absent: the installation has no key for secrets, so nothing can be signed. */
  readonly box: SecretBox | undefined;
  /** What the owner may see now; nothing when it may not read changes any more. Asked before every message. */
  readonly rightsNow: (owner: WebhookOwner, of: WebhookSettings['organisationId']) => Promise<Tenant | undefined>;
  /** Changes as a subscriber would see them. */
  readonly show: (changes: readonly LoggedChange[]) => Promise<readonly ShownChange[]>;
  readonly now: () => Instant;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** Whether the webhook may have another thing to do at once. */
export type Step = 'more' | 'done';

interface Found {
  readonly settings: WebhookSettings;
  readonly progress: WebhookProgress | undefined;
  readonly standing: Standing;
  /** Position of the log's end before it was read. */
  readonly head: string;
  /** Absent when they cannot be opened. */
  readonly secrets: readonly string[] | undefined;
}

/**
 * One step of a webhook: at most one message. Settings, rights and progress are read anew for each, so a pause or a
 * revoked right holds from the next message on.
 *
 * @param cut cuts the message under way: nothing is noted of it, and it is sent again
 */
export async function takeStep(parts: StepParts, due: DueWebhook, cut: AbortSignal): Promise<Step> {
  const now = parts.now();
  const read = await readWebhook(parts.database, due, now);
  if (read === undefined) return 'done';
  const { settings, progress } = read;
  if (settings.deletedAt !== null) {
    await eraseWebhook(parts.database, due);
    return 'done';
  }
  const standing = standingOf(settings, progress);
  const found: Found = { ...read, standing, head: due.head, secrets: openSecrets(parts.box, settings) };
  if (settings.testId !== null && settings.testId !== progress?.testId) {
    return sendTest(parts, found, testMessage(settings.testId, now), cut);
  }
  const waits = standing.retryAt !== null && standing.retryAt.getTime() > toMillis(now);
  return settings.pausedAt !== null || standing.stoppedAt !== null || waits ? 'done' : deliverNext(parts, found, cut);
}

async function deliverNext(parts: StepParts, found: Found, cut: AbortSignal): Promise<Step> {
  const { settings, standing, head, secrets } = found;
  const owner: WebhookOwner = { kind: settings.actsForKind, name: settings.actsFor };
  const tenant = await parts.rightsNow(owner, settings.organisationId);
  if (tenant === undefined) return stop(parts, found, 'RIGHTS_GONE');

  const page = await parts.database.read(tenant, (db) =>
    parts.changeLog.page(db, {
      ...(standing.cursor !== null && { after: standing.cursor as FeedCursor }),
      filter: settings.filter as ChangeFilter,
      // A message that failed is sent again as it was, however much came after it.
      limit: standing.batch ?? settings.maxBatch,
    }),
  );
  if (!page.ok) return stop(parts, found, 'CURSOR_UNUSABLE');
  const { changes, cursor, caughtUp } = page.value;
  const reached = { cursor, lookedAt: caughtUp ? head : null };
  const last = changes.at(-1);
  if (last === undefined) {
    const moved = await note(parts, found, { ...standing, ...reached });
    return moved && caughtUp ? 'done' : 'more';
  }

  const message = changesMessage(await parts.show(changes), cursor, last.recordedAt);
  const sent = await send(parts, settings.url, message, secrets, cut);
  const entry = { ...sent.entry, test: false, attempt: standing.failures + 1, changes: changes.length, cursor };
  if (sent.posted.error === undefined) {
    const moved = await note(parts, found, { ...allWell, ...reached, deliveredAt: sent.entry.at }, entry);
    return moved && caughtUp ? 'done' : 'more';
  }
  await note(parts, found, afterFailure(parts, standing, page.value, sent), entry);
  return 'done';
}

const allWell = {
  batch: null,
  failures: 0,
  failingSince: null,
  retryAt: null,
  stoppedAt: null,
  reason: null,
} as const;

/** Try again later, or stop: nothing is ever passed over, since nobody would find it. */
function afterFailure(
  { now, random }: StepParts,
  standing: Standing,
  { changes }: ChangeBatch,
  { posted, entry }: Sent,
): Outcome {
  const failures = standing.failures + 1;
  const ended = now();
  const again = retryAfter(failures, ended, random(), readRetryAfter(posted.retryAfter, ended));
  const stops: StopReason | undefined = posted.error === 'GONE' ? 'GONE' : again === undefined ? 'GAVE_UP' : undefined;
  return {
    ...standing,
    batch: changes.length,
    failures,
    failingSince: standing.failingSince ?? entry.at,
    retryAt: stops === undefined ? (again ?? null) : null,
    stoppedAt: stops === undefined ? null : ended,
    reason: stops ?? posted.error ?? null,
    lookedAt: null,
  };
}

/** A test is sent whatever state the webhook is in, and leaves it as it is. */
async function sendTest(parts: StepParts, found: Found, message: Message, cut: AbortSignal): Promise<Step> {
  const { settings, standing, progress, secrets } = found;
  const { entry } = await send(parts, settings.url, message, secrets, cut);
  const same = { ...standing, lookedAt: progress?.lookedAt ?? null, testId: message.id };
  await note(parts, found, same, { ...entry, test: true, attempt: 1, changes: 0, cursor: null });
  return 'more';
}

async function stop(parts: StepParts, found: Found, reason: StopReason): Promise<Step> {
  await note(parts, found, { ...found.standing, retryAt: null, stoppedAt: parts.now(), reason, lookedAt: null });
  return 'done';
}

interface Sent {
  readonly posted: Posted;
  readonly entry: Pick<DeliveryNote, 'messageId' | 'at' | 'millis' | 'status' | 'error' | 'response'>;
}

async function send(
  { poster, now }: StepParts,
  url: string,
  message: Message,
  secrets: readonly string[] | undefined,
  cut: AbortSignal,
): Promise<Sent> {
  const at = now();
  const began = performance.now();
  const posted: Posted =
    secrets === undefined
      ? { error: 'SECRET_UNREADABLE', response: '' }
      : await poster.post(url, signedHeaders(message, secrets, at), message.body, cut);
  const { status = null, error = null, response } = posted;
  const millis = Math.round(performance.now() - began);
  return { posted, entry: { messageId: message.id, at, millis, status, error, response } };
}

type Outcome = Omit<NextProgress, 'generation' | 'testId'> & { readonly testId?: string };

/** @returns whether nobody had moved it on meanwhile */
function note(
  { database, now }: StepParts,
  { settings, progress }: Found,
  outcome: Outcome,
  entry?: DeliveryNote,
): Promise<boolean> {
  const next = { testId: progress?.testId ?? null, ...outcome, generation: settings.generation };
  return noteProgress(database, settings, progress, next, now(), entry);
}
