import { createHash, randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { type Instant, toMillis } from '../base/instant.ts';

/** What is posted. The same changes make the same message, whenever and however often it is sent. */
export interface Message {
  /** By this a receiver knows that it had a message before. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/** Changes as a subscriber would see them, each with its id. */
export interface ShownChange {
  readonly id: string;
}

/** Grows when a receiver would have to change: members are added without it. */
const payloadVersion = 1;

/**
 * @param changes at least one, in the log's order
 * @param cursor  where the log stands after the last of them
 * @param at      when the last of them was recorded
 */
export function changesMessage(changes: readonly ShownChange[], cursor: string, at: Instant): Message {
  const ids = changes.map(({ id }) => id).join(' ');
  return {
    id: `msg_${createHash('sha256').update(ids).digest('base64url').slice(0, 27)}`,
    body: JSON.stringify({ type: 'changes', version: payloadVersion, timestamp: at, data: { cursor, changes } }),
  };
}

/** A message that only shows that messages arrive. */
export const testMessage = (id: string, at: Instant): Message => ({
  id,
  body: JSON.stringify({ type: 'test', version: payloadVersion, timestamp: at, data: {} }),
});

export const newTestId = (): string => `msg_test_${randomBytes(16).toString('base64url')}`;

/** A secret of 32 random bytes, as receivers' libraries read it. @source Standard Webhooks, Signature scheme */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/**
 * The headers by which a receiver knows who sent a message, and when.
 * @param secrets every one in force: each signs, so that one can take over from another without a message lost
 */
export function signedHeaders(
  { id, body }: Message,
  secrets: readonly string[],
  now: Instant,
): Readonly<Record<string, string>> {
  const at = new Date(toMillis(now));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
