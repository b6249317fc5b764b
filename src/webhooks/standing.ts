import type { WebhookProgress, WebhookSettings } from '../store/webhook-rows.ts';

/** What of a webhook's progress counts. */
export type Standing = Omit<WebhookProgress, 'generation' | 'testId' | 'lookedAt'>;

/** How a webhook is doing, in one word. */
export type WebhookState = 'ACTIVE' | 'FAILING' | 'STOPPED' | 'PAUSED';

/**
 * Where a webhook stands. Whoever sets it up anew begins a generation; what was noted of an older one, even by a
 * delivery that was under way meanwhile, counts no more.
 */
export function standingOf(
  { generation, startAfter }: Pick<WebhookSettings, 'generation' | 'startAfter'>,
  progress: (Standing & { readonly generation: number }) | null | undefined,
): Standing {
  if (progress != null && progress.generation === generation) return progress;
  return {
    cursor: startAfter,
    batch: null,
    failures: 0,
    failingSince: null,
    retryAt: null,
    stoppedAt: null,
    reason: null,
    // Its history is its own, whoever set it up.
    deliveredAt: progress?.deliveredAt ?? null,
  };
}

export function stateOf({ pausedAt }: Pick<WebhookSettings, 'pausedAt'>, standing: Standing): WebhookState {
  if (pausedAt !== null) return 'PAUSED';
  if (standing.stoppedAt !== null) return 'STOPPED';
  return standing.failures > 0 ? 'FAILING' : 'ACTIVE';
}
