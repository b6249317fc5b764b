import { toMillis } from '../base/instant.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { ChangeFilter, ChangeLog, FeedCursor, LoggedChange } from '../change-log/change-log.ts';
import type { Database, Tenant } from '../store/database.ts';
import type {
  DeliveryNote,
  DueWebhook,
  NextProgress,
  StopReason,
  WebhookOwner,
  WebhookProgress,
  WebhookSettings,
} from '../store/webhook-rows.ts';
import { eraseWebhook, noteProgress, readWebhook } from '../store/webhooks.ts';
import { type AttemptParts, afterFailure, allWell, type Outcome, send } from './attempt.ts';
import { changesMessage, type Message, type ShownChange, testMessage } from './message.ts';
import { openSecrets } from './secrets.ts';
import { type Standing, standingOf } from './standing.ts';

/** What a step needs of the installation. */
export interface StepParts extends AttemptParts {
  readonly database: Database;
  readonly changeLog: Pick<ChangeLog, 'page'>;
  /** Absent: the installation has no key for secrets, so nothing can be signed. */
  readonly box: SecretBox | undefined;
  /** What the owner may see now; nothing when it may not read changes any more. Asked before every message. */
  readonly rightsNow: (owner: WebhookOwner, of: WebhookSettings['organisationId']) => Promise<Tenant | undefined>;
  /** Changes as a subscriber would see them. */
  readonly show: (changes: readonly LoggedChange[]) => Promise<readonly ShownChange[]>;
}

/** Whether the webhook may have another thing to do at once. */
export type Step = 'more' | 'done';

/** Ways to end a step early. */
export interface StepEnds {
  /** No further message is begun. */
  readonly stopping: AbortSignal;
  /** The message under way is cut: nothing is noted of it, and it is sent again. */
  readonly cut: AbortSignal;
}

/** Changes read at once, and how long after that messages of them are still begun, in milliseconds. */
const readAhead = 50;
const longestStep = 1_000;

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
 * One step of a webhook: what one look at the log brings, message by message, for at most a second. So a right that is
 * taken back holds within a second, and a pause, a replay or a removal from the next message on.
 */
export async function takeStep(parts: StepParts, due: DueWebhook, ends: StepEnds): Promise<Step> {
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
    return sendTest(parts, found, testMessage(settings.testId, now), ends);
  }
  const waits = standing.retryAt !== null && standing.retryAt.getTime() > toMillis(now);
  return settings.pausedAt !== null || standing.stoppedAt !== null || waits ? 'done' : deliver(parts, found, ends);
}

async function deliver(parts: StepParts, found: Found, ends: StepEnds): Promise<Step> {
  const { settings, standing, head } = found;
  const owner: WebhookOwner = { kind: settings.actsForKind, name: settings.actsFor };
  const tenant = await parts.rightsNow(owner, settings.organisationId);
  if (tenant === undefined) return stop(parts, found, 'RIGHTS_GONE');

  const began = performance.now();
  // A message that failed is sent again as it was, however much came after it.
  const size = standing.batch ?? settings.maxBatch;
  const messages = standing.batch === null ? Math.max(1, Math.floor(readAhead / size)) : 1;
  const page = await parts.database.read(tenant, (db) =>
    parts.changeLog.page(db, {
      ...(standing.cursor !== null && { after: standing.cursor as FeedCursor }),
      filter: settings.filter as ChangeFilter,
      limit: size * messages,
    }),
  );
  if (!page.ok) return stop(parts, found, 'CURSOR_UNUSABLE');
  const { changes, cursor, caughtUp } = page.value;
  const end = { cursor, lookedAt: caughtUp ? head : null };
  const rest = caughtUp ? 'done' : 'more';
  if (changes.length === 0) return (await note(parts, found, { ...standing, ...end })) === 'kept' ? rest : 'more';

  let at = found;
  for (let first = 0; first < changes.length; first += size) {
    if (ends.stopping.aborted || performance.now() - began > longestStep) return 'more';
    const some = changes.slice(first, first + size);
    const isLast = first + size >= changes.length;
    const reached = isLast ? end : { cursor: some.at(-1)?.cursor ?? cursor, lookedAt: null };
    const next = await deliverOne(parts, at, some, reached, ends.cut);
    if (next === undefined) return 'done';
    if (next === 'anew') return 'more';
    at = next;
  }
  return rest;
}

/** One message. @returns where the webhook is then; nothing when it failed; `anew` when there is something else to do */
async function deliverOne(
  parts: StepParts,
  found: Found,
  changes: readonly LoggedChange[],
  reached: Pick<NextProgress, 'lookedAt'> & { readonly cursor: FeedCursor },
  cut: AbortSignal,
): Promise<Found | 'anew' | undefined> {
  const { settings, standing, progress, secrets } = found;
  const recordedAt = changes.at(-1)?.recordedAt ?? parts.now();
  const message = changesMessage(await parts.show(changes), reached.cursor, recordedAt);
  const sent = await send(parts, settings.url, message, secrets, cut);
  const attempt = standing.failures + 1;
  const entry = { ...sent.entry, test: false, attempt, changes: changes.length, cursor: reached.cursor };
  if (sent.posted.error !== undefined) {
    await note(parts, found, afterFailure(parts, standing, changes.length, sent), entry);
    return undefined;
  }
  const noted = await note(parts, found, { ...allWell, ...reached, deliveredAt: sent.entry.at }, entry);
  if (noted !== 'kept') return 'anew';
  const deliveredAt = new Date(sent.entry.at);
  const now = { ...allWell, ...reached, deliveredAt };
  const { generation } = settings;
  return { ...found, standing: now, progress: { ...now, generation, testId: progress?.testId ?? null } };
}

/** A test is sent whatever state the webhook is in, and leaves it as it is. */
async function sendTest(parts: StepParts, found: Found, message: Message, { cut }: StepEnds): Promise<Step> {
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

function note({ database, now }: StepParts, { settings, progress }: Found, outcome: Outcome, entry?: DeliveryNote) {
  const next = { testId: progress?.testId ?? null, ...outcome, generation: settings.generation };
  return noteProgress(database, settings, progress, next, now(), entry);
}
