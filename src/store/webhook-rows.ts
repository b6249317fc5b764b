import type { OrganisationId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';

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

type Moment = 'failingSince' | 'retryAt' | 'stoppedAt' | 'deliveredAt';

/** What a step makes of the progress; moments may be new ones. */
export type NextProgress = Omit<WebhookProgress, Moment> & { readonly [member in Moment]: Date | Instant | null };
