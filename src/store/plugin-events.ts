import { canonicalJson } from '../base/canonical-json.ts';
import type { AccountId } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Database } from './database.ts';

export interface EmittedEvent {
  readonly pluginId: string;
  /** `plugin-id.event` */
  readonly kind: string;
  readonly version: number;
  readonly payload: unknown;
  /** The same key emits once per account. */
  readonly key?: string | undefined;
  readonly occurredAt: Instant;
}

/**
 * Append an event to the account's log. It takes the account's turn, as everything that writes its log does: so its
 * place is after every change that is in, and before every one to come.
 */
export async function appendPluginEvent(database: Database, accountId: AccountId, event: EmittedEvent): Promise<void> {
  await database.ingest(accountId, (sql) =>
    sql.query(
      `insert into "PluginEvent" ("accountId", "pluginId", "kind", "version", "payload", "key", "occurredAt", "afterChangeId")
       select $1, $2, $3, $4, $5::jsonb, $6, $7, coalesce((select max("id") from "Change" where "accountId" = $1), 0)
       on conflict ("accountId", "kind", "key") do nothing`,
      [
        accountId,
        event.pluginId,
        event.kind,
        event.version,
        canonicalJson(event.payload ?? null),
        event.key ?? null,
        event.occurredAt,
      ],
    ),
  );
}
