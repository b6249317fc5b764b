import { randomUUID } from 'node:crypto';
import { plainJson } from '../base/canonical-json.ts';
import type { OrganisationId } from '../base/ids.ts';
import { addMillis } from '../base/instant.ts';
import { no, type Result, yes } from '../base/result.ts';
import type { ChangeFilter, FeedCursor } from '../change-log/change-log.ts';
import type { Db } from '../store/database.ts';
import type { WebhookKey, WebhookOwner } from '../store/webhook-rows.ts';
import type { AddressRefusal } from './addresses.ts';
import type { WebhookDesk } from './desk.ts';
import { newTestId } from './message.ts';
import { standingOf } from './standing.ts';

/** Most webhooks of one organisation. */
export const mostWebhooks = 100;

/** Why a webhook cannot be set up so, in order of precedence. */
export type WebhookRefusal =
  | { readonly code: 'WEBHOOK_NOT_FOUND' }
  | { readonly code: 'WEBHOOK_ADDRESS_REFUSED'; readonly because: AddressRefusal }
  | { readonly code: 'TOO_MANY_WEBHOOKS' }
  | { readonly code: 'SECRETS_NOT_CONFIGURED' };

/** Who sets it up, in a transaction of theirs: by their rights it delivers from then on. */
export interface SettingUp {
  readonly db: Db;
  readonly desk: WebhookDesk;
  readonly organisationId: OrganisationId;
  readonly owner: WebhookOwner;
}

/** What is said of a webhook. */
export interface WebhookWish {
  readonly url: string;
  readonly description: string;
  /** Every member narrows: an empty one is every change. */
  readonly filter: ChangeFilter;
  readonly maxBatch: number;
}

export interface SecretShown {
  readonly key: WebhookKey;
  /** Shown now, and never again. */
  readonly secret: string;
}

/** @param after where in the log it begins */
export async function createWebhook(
  { db, desk, organisationId, owner }: SettingUp,
  wish: WebhookWish,
  after: FeedCursor,
): Promise<Result<SecretShown, WebhookRefusal>> {
  const address = desk.address(wish.url);
  if (!address.ok) return no({ code: 'WEBHOOK_ADDRESS_REFUSED', because: address.refusal });
  if ((await db.webhook.count({ where: { deletedAt: null } })) >= mostWebhooks)
    return no({ code: 'TOO_MANY_WEBHOOKS' });
  const key: WebhookKey = { organisationId, id: randomUUID() };
  const secret = desk.secret(key);
  if (secret === undefined) return no({ code: 'SECRETS_NOT_CONFIGURED' });

  const createdAt = new Date(desk.now());
  await db.webhook.create({
    select: { id: true },
    data: {
      ...key,
      url: address.value,
      description: wish.description,
      filter: plainJson(wish.filter) as object,
      maxBatch: wish.maxBatch,
      ...actsFor(owner),
      startAfter: after,
      generation: 1,
      createdAt,
    },
  });
  await keepSecret(db, key, secret.sealed, createdAt);
  return yes({ key, secret: secret.shown });
}

/** Change what was said. It goes on where it was, and is tried at once if it failed or had stopped. */
export async function updateWebhook(
  by: SettingUp,
  id: string,
  wish: Partial<WebhookWish>,
): Promise<Result<WebhookKey, WebhookRefusal>> {
  const address = wish.url === undefined ? undefined : by.desk.address(wish.url);
  if (address?.ok === false) return no({ code: 'WEBHOOK_ADDRESS_REFUSED', because: address.refusal });
  return beginAnew(by, id, {
    ...(address && { url: address.value }),
    ...(wish.description !== undefined && { description: wish.description }),
    ...(wish.filter !== undefined && { filter: plainJson(wish.filter) as object }),
    ...(wish.maxBatch !== undefined && { maxBatch: wish.maxBatch }),
  });
}

/** Send nothing until it is resumed. What happens meanwhile is sent then. */
export const pauseWebhook = (by: SettingUp, id: string): Promise<Result<WebhookKey, WebhookRefusal>> =>
  setColumns(by, id, { pausedAt: new Date(by.desk.now()) });

/** Go on where it was, at once, whether it was paused, had stopped, or waits to try again. */
export const resumeWebhook = (by: SettingUp, id: string): Promise<Result<WebhookKey, WebhookRefusal>> =>
  beginAnew(by, id, { pausedAt: null });

/** Send everything after a place again. @param after nothing: from the very first change */
export const replayWebhook = (
  by: SettingUp,
  id: string,
  after: FeedCursor | undefined,
): Promise<Result<WebhookKey, WebhookRefusal>> => beginAnew(by, id, { startAfter: after ?? null });

/** Nobody sees it from now on; a message under way may still arrive. */
export const deleteWebhook = (by: SettingUp, id: string): Promise<Result<WebhookKey, WebhookRefusal>> =>
  setColumns(by, id, { deletedAt: new Date(by.desk.now()) });

/** Have a test message sent, whatever state it is in. @returns the message's id, by which the delivery is found */
export async function testWebhook(by: SettingUp, id: string): Promise<Result<{ messageId: string }, WebhookRefusal>> {
  const messageId = newTestId();
  const set = await setColumns(by, id, { testId: messageId });
  return set.ok ? yes({ messageId }) : set;
}

/**
 * Sign with a new secret. The one before signs beside it for a while; one that was on its way out is gone at once.
 * @param keepMillis how long the one before is still in force; 0 when it is known to somebody it should not be
 */
export async function rotateSecret(
  { db, desk, organisationId }: SettingUp,
  id: string,
  keepMillis: number,
): Promise<Result<SecretShown, WebhookRefusal>> {
  const key: WebhookKey = { organisationId, id };
  if ((await db.webhook.count({ where: { ...key, deletedAt: null } })) === 0) return no({ code: 'WEBHOOK_NOT_FOUND' });
  const secret = desk.secret(key);
  if (secret === undefined) return no({ code: 'SECRETS_NOT_CONFIGURED' });
  const now = desk.now();
  const of = { organisationId, webhookId: id };
  await db.webhookSecret.deleteMany({ where: keepMillis > 0 ? { ...of, expiresAt: { not: null } } : of });
  await db.webhookSecret.updateMany({ where: of, data: { expiresAt: new Date(addMillis(now, keepMillis)) } });
  await keepSecret(db, key, secret.sealed, new Date(now));
  return yes({ key, secret: secret.shown });
}

/** A new generation: what was noted of the last counts no more, and the rights are those of whoever began it. */
async function beginAnew(
  by: SettingUp,
  id: string,
  data: Parameters<typeof setColumns>[2],
): Promise<Result<WebhookKey, WebhookRefusal>> {
  const found = await by.db.webhook.findFirst({
    where: { organisationId: by.organisationId, id, deletedAt: null },
    select: { generation: true, startAfter: true, progress: true },
  });
  if (found === null) return no({ code: 'WEBHOOK_NOT_FOUND' });
  const { cursor } = standingOf(found, found.progress);
  return setColumns(by, id, {
    startAfter: cursor,
    generation: found.generation + 1,
    ...actsFor(by.owner),
    ...data,
  });
}

async function setColumns(
  { db, organisationId }: SettingUp,
  id: string,
  data: Parameters<Db['webhook']['updateMany']>[0]['data'],
): Promise<Result<WebhookKey, WebhookRefusal>> {
  const { count } = await db.webhook.updateMany({ where: { organisationId, id, deletedAt: null }, data });
  return count === 0 ? no({ code: 'WEBHOOK_NOT_FOUND' }) : yes({ organisationId, id });
}

async function keepSecret(
  db: Db,
  { organisationId, id: webhookId }: WebhookKey,
  sealed: Uint8Array<ArrayBuffer>,
  createdAt: Date,
) {
  // Nothing of it is read back: requests may not.
  await db.webhookSecret.create({
    select: { id: true },
    data: { organisationId, webhookId, id: randomUUID(), sealed, createdAt },
  });
}

const actsFor = ({ kind, name }: WebhookOwner) => ({ actsForKind: kind, actsFor: name });
