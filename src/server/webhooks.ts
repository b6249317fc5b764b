import { allScopes } from '../../schema/scopes.ts';
import { showChanges } from '../../schema/webhook-payload.ts';
import type { Bell } from '../change-log/bell.ts';
import type { ChangeLog } from '../change-log/change-log.ts';
import type { Database, Tenant } from '../store/database.ts';
import { openDesk, type WebhookDesk } from '../webhooks/desk.ts';
import { openPoster } from '../webhooks/post.ts';
import type { StepParts } from '../webhooks/step.ts';
import { startWebhookWorker } from '../webhooks/worker.ts';
import type { Configuration } from './config.ts';
import type { Directory } from './directory.ts';
import type { Leases } from './leases.ts';
import type { Log } from './log.ts';
import { wallClock } from './platform.ts';
import { installationBox } from './secret-key.ts';
import { tenantOf } from './tenant.ts';

/** Webhooks of this installation: where they are set up, and the worker of this process. */
export interface Webhooks {
  readonly desk: WebhookDesk;
  /** Deliver no more. Twice is once. */
  close(): Promise<void>;
}

export interface WebhooksOptions {
  readonly config: Pick<Configuration, 'webhooks' | 'secretKeys' | 'databaseUrl' | 'dataFolder'>;
  readonly database: Database;
  readonly directory: Directory;
  readonly changeLog: ChangeLog;
  readonly bell: Bell;
  readonly leases: Leases;
  readonly log: Log;
}

/**
 * Begin to deliver, by the machine's clock: receivers compare a message's time with theirs, whatever time a simulated
 * vendor has. Without a key for secrets nothing can be signed, so nothing is.
 */
export function openWebhooks({ config, database, directory, changeLog, bell, leases, log }: WebhooksOptions): Webhooks {
  const box = installationBox(config);
  const desk = openDesk(config.webhooks, box, wallClock);
  if (box === undefined) return { desk, close: async () => {} };

  const poster = openPoster(config.webhooks);
  const worker = startWebhookWorker({
    database,
    changeLog,
    poster,
    box,
    rightsNow: rightsNow(directory),
    show: showChanges,
    now: wallClock,
    random: Math.random,
    leases,
    bell,
    log,
  });
  let closed: Promise<void> | undefined;
  const close = async () => {
    await worker.stop();
    poster.close();
  };
  return {
    desk,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

/**
 * What the key that set a webhook up may see now. A token is over within the hour, and nobody is asked about it again:
 * what it set up goes on by what its organisation owns.
 */
export const rightsNow =
  (directory: Pick<Directory, 'findKnownKey' | 'findVouchedFor'>): StepParts['rightsNow'] =>
  async ({ kind, name }, organisationId): Promise<Tenant | undefined> => {
    const now = Date.parse(wallClock());
    const known = await (kind === 'token'
      ? directory.findVouchedFor({ organisation: { id: organisationId }, scopes: allScopes }, now)
      : directory.findKnownKey(name, now));
    return known?.organisationId === organisationId && known.rights.has('change:read') ? tenantOf(known) : undefined;
  };
