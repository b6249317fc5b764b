import type { Access, Allowances, PluginBoard, RetryOutcome } from '../../schema/context.ts';
import type { AccountId } from '../base/ids.ts';
import type { ChangeLog } from '../change-log/change-log.ts';
import type { PluginGate } from '../plugin-host/schema/gate.ts';
import type { InstalledSites } from '../seams/installed-sites.ts';
import type { FilledSlots } from '../seams/slots.ts';
import type { Db } from '../store/database.ts';
import type { WebhookDesk } from '../webhooks/desk.ts';
import type { Log } from './log.ts';
import type { Credentials, Principal } from './principal.ts';
import type { FrameSink } from './shared-feed.ts';

/** Who asks, by what, under which id: made once per operation, whatever it came by. */
export interface OperationContext {
  readonly requestId: string;
  readonly principal: Principal;
  readonly credentials: Credentials;
  readonly log: Log;
  /** Where frames of a shared feed go past the protocol's library. Absent: the library pulls them. */
  readonly sink?: FrameSink;
}

/** What the schema's resolvers use beside the transaction; see schema/context.ts. */
export interface Services {
  readonly changeLog: ChangeLog;
  readonly sites: InstalledSites;
  readonly slots: FilledSlots;
  /** What stands between an operation and the plugins whose fields it asks for. */
  readonly plugins: PluginGate;
  readonly board: PluginBoard;
  readonly webhooks: WebhookDesk;
  readonly retryParked: (accountId: AccountId, id: string) => Promise<RetryOutcome>;
  readonly access: Pick<Access, 'now' | 'everyRight' | 'newKey' | 'organisationNamed'>;
}

/** An operation's context with all that resolvers see, before there is a transaction. */
export function resolverContext(operation: OperationContext, services: Services, allowances: Allowances) {
  const { principal } = operation;
  const { tenant, scopes, rights } = principal;
  const accountsWith = (right: string): ReadonlySet<AccountId> => rights.get(right) ?? new Set();
  const holdsEverywhere = (right: string): boolean => principal.everywhere.has(right);
  return {
    ...operation,
    changeLog: services.changeLog,
    sites: services.sites,
    slots: services.slots,
    plugins: services.plugins,
    board: services.board,
    webhooks: services.webhooks,
    // Ingest writes as the account it is told; the tenant's wall stands here as well as in the resolver.
    retryParked: async (accountId: AccountId, id: string): Promise<RetryOutcome> =>
      accountsWith('document:write').has(accountId) ? services.retryParked(accountId, id) : { kind: 'not-parked' },
    access: { ...services.access, actor: principal.name, accountsWith, holdsEverywhere },
    allowances,
    tenant,
    scopes,
  };
}

export type ResolverContext = ReturnType<typeof resolverContext> & { db?: Db };
