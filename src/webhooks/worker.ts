import { setTimeout as sleep } from 'node:timers/promises';
import type { Bell } from '../change-log/bell.ts';
import type { DueWebhook } from '../store/webhook-rows.ts';
import { webhooksDue } from '../store/webhooks.ts';
import { type StepParts, takeStep } from './step.ts';

/** Who delivers for which webhook, among all processes on one database. */
export interface WebhookLeases {
  /** Do `work` while no other process does it under this name; `elsewhere` when one does. */
  hold<Value>(name: string, work: () => Promise<Value>): Promise<Value | 'elsewhere'>;
}

export interface WebhookLog {
  warn(facts: object, message: string): void;
}

export interface WebhookWorkerOptions extends StepParts {
  readonly leases: WebhookLeases;
  readonly bell: Pick<Bell, 'rings' | 'wait'>;
  readonly log: WebhookLog;
  readonly limits?: Partial<typeof usualLimits>;
}

const usualLimits = {
  /** Webhooks that are delivered to at the same time, by one process. */
  lanes: 16,
  /** Of these, what one organisation may take: so receivers of one that do not answer hold up nobody else's. */
  share: 8,
  /** Between two looks at what is due when no bell rings, in milliseconds. */
  poll: 1_000,
  /** A busy log rings all the time; the worker looks no oftener than this. Milliseconds. */
  breath: 50,
  /** How long messages under way are waited for at a stop, in milliseconds. */
  farewell: 5_000,
};

/** How long a step that was cut may take to end, in milliseconds. */
const lastMoment = 1_000;

/** Delivers to webhooks until stopped. */
export interface WebhookWorker {
  /** Begin nothing new, wait a little for what is under way, and cut the rest: it is sent again. */
  stop(): Promise<void>;
}

/**
 * Deliver what is due. A webhook is a cursor over the log: one process holds it, posts one message after the other, and
 * moves the cursor when a message arrived. So its order is that of the log, and what is not acknowledged comes again.
 *
 * A message that fails holds up its webhook and no other: it is the receiver that fails, whichever account the change
 * is of. Every process runs a worker; should one die, its leases go with it and another goes on.
 */
export function startWebhookWorker(options: WebhookWorkerOptions): WebhookWorker {
  const { database, leases, bell, log, now } = options;
  const limits = { ...usualLimits, ...options.limits };
  const stopping = new AbortController();
  const cutting = new AbortController();
  const { signal } = stopping;
  const busy = new Map<string, { readonly organisationId: string; readonly done: Promise<void> }>();
  let crowded = false;

  const lane = (due: DueWebhook): Promise<unknown> =>
    leases.hold(`webhook ${due.id}`, async () => {
      // While others wait for a lane, one step; then it is their turn.
      for (let taken = 0; !signal.aborted && !(crowded && taken > 0); taken += 1) {
        if ((await takeStep(options, due, { stopping: signal, cut: cutting.signal })) === 'done') return;
      }
    });

  const trouble = async (error: unknown, facts: object): Promise<void> => {
    if (signal.aborted) return;
    log.warn({ ...facts, problem: error instanceof Error ? error.message : String(error) }, 'a webhook cannot deliver');
    await pause(limits.poll, signal);
  };

  const look = async (): Promise<void> => {
    const due = await webhooksDue(database, now(), limits.lanes * 2 + busy.size);
    if (signal.aborted) return;
    const waiting = due.filter(({ id }) => !busy.has(id));
    crowded = false;
    for (const webhook of waiting) {
      const { id, organisationId } = webhook;
      const theirs = [...busy.values()].filter((other) => other.organisationId === organisationId).length;
      if (busy.size >= limits.lanes || theirs >= limits.share) {
        crowded = true;
        continue;
      }
      const done = lane(webhook)
        .then(() => {})
        .catch((error) => trouble(error, { webhook: id, organisationId }))
        .finally(() => busy.delete(id));
      busy.set(id, { organisationId, done });
    }
  };

  const lanes = () => [...busy.values()].map(({ done }) => done);

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const heard = bell.rings;
      await look().catch((error) => trouble(error, {}));
      await pause(limits.breath, signal);
      // While lanes are taken, somebody may wait for one; otherwise there is nothing to do before the bell.
      if (crowded) await Promise.race([...lanes(), pause(limits.poll, signal)]);
      else if (bell.rings === heard) await bell.wait(limits.poll, signal);
    }
    await Promise.all(lanes());
  };
  const done = run();

  return {
    stop: async () => {
      stopping.abort();
      await atMost(done, limits.farewell);
      cutting.abort();
      // What is left waits for the database, and a database that is away is not waited for.
      await atMost(done, lastMoment);
    },
  };
}

/** Wait for something, and no longer than that. */
const atMost = (done: Promise<void>, millis: number): Promise<void> =>
  Promise.race([done, sleep(millis, undefined, { ref: false })]);

/** Wait, or less when told to stop. */
const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  sleep(millis, undefined, { signal }).then(
    () => {},
    () => {},
  );
