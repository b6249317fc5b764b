import type { Instant } from '../base/instant.ts';
import type { DeliveryNote, NextProgress, StopReason } from '../store/webhook-rows.ts';
import { type Message, signedHeaders } from './message.ts';
import type { Posted, Poster } from './post.ts';
import { readRetryAfter, retryAfter } from './retry-schedule.ts';
import type { Standing } from './standing.ts';

/** What a step makes of the progress. */
export type Outcome = Omit<NextProgress, 'generation' | 'testId'> & { readonly testId?: string };

/** What an attempt needs of the installation. */
export interface AttemptParts {
  readonly poster: Poster;
  readonly now: () => Instant;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** How a message went, and what is written down of it. */
export interface Sent {
  readonly posted: Posted;
  readonly entry: Pick<DeliveryNote, 'messageId' | 'at' | 'millis' | 'status' | 'error' | 'response'>;
}

/** Sign a message and post it, once. @param secrets absent when they cannot be read, so that nothing can be sent */
export async function send(
  { poster, now }: AttemptParts,
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

/** Where a webhook stands after a message that arrived. */
export const allWell = {
  batch: null,
  failures: 0,
  failingSince: null,
  retryAt: null,
  stoppedAt: null,
  reason: null,
} as const;

/** Where it stands after one that did not: to try again later, or to stop. Nothing is ever passed over. */
export function afterFailure(
  { now, random }: AttemptParts,
  standing: Standing,
  batch: number,
  { posted, entry }: Sent,
): Outcome {
  const failures = standing.failures + 1;
  const ended = now();
  const again = retryAfter(failures, ended, random(), readRetryAfter(posted.retryAfter, ended));
  const stops: StopReason | undefined = posted.error === 'GONE' ? 'GONE' : again === undefined ? 'GAVE_UP' : undefined;
  return {
    ...standing,
    batch,
    failures,
    failingSince: standing.failingSince ?? entry.at,
    retryAt: stops === undefined ? (again ?? null) : null,
    stoppedAt: stops === undefined ? null : ended,
    reason: stops ?? posted.error ?? null,
    lookedAt: null,
  };
}
