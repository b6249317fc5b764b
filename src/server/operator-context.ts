import type { Allowances, Context } from '../../schema/context.ts';
import { allScopes } from '../../schema/scopes.ts';
import type { ChangeLog } from '../change-log/change-log.ts';
import type { Composition } from '../plugin-host/composition.ts';
import { emptySlots } from '../seams/slots.ts';
import { listAccounts } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import { openDesk } from '../webhooks/desk.ts';
import { accessServices } from './access.ts';
import { wallClock } from './platform.ts';

const nobodyCounts = { used: 0, limit: Number.MAX_SAFE_INTEGER };
/** An operator at the machine may read as much as there is. */
const withoutLimit: Allowances = {
  sockets: nobodyCounts,
  subscriptions: nobodyCounts,
  subscriptionsPerSocket: nobodyCounts.limit,
  replay: nobodyCounts,
  replayWaitMillis: () => 0,
  replayed: () => {},
};

/** An operation's context without a transaction: what there is before one is opened. */
export type WaitingContext = Omit<Context, 'db'>;

/**
 * What an operator at the machine sees, who has the database anyway: every account, with every right. Plugins do not run
 * beside a command, so what only they know is not there.
 */
export async function operatorContext(
  database: Database,
  { sites }: Pick<Composition, 'sites'>,
  changeLog: ChangeLog,
): Promise<WaitingContext> {
  const accounts = await listAccounts(database);
  return {
    principal: { kind: 'api-key', name: 'operator' },
    tenant: { organisationId: undefined, accountIds: accounts.map(({ accountId }) => accountId) },
    scopes: new Set(allScopes),
    changeLog,
    sites,
    slots: emptySlots,
    board: { list: () => [] },
    // What a command hands out, it writes itself.
    access: {
      ...accessServices(database, allScopes, wallClock),
      actor: 'operator',
      accountsWith: () => new Set(),
      holdsEverywhere: () => false,
    },
    // No command sets one up.
    webhooks: openDesk({ allowHttp: false, allowPrivateAddresses: false }, undefined, wallClock),
    allowances: withoutLimit,
    requestId: 'command',
    retryParked: async () => ({ kind: 'not-parked' }),
  };
}
