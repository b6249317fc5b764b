import { invariant } from '../base/invariant.ts';
import { type Result, yes } from '../base/result.ts';
import type { Database } from '../store/database.ts';
import type { HungBell } from './bell.ts';
import { hangBell } from './bell-listen.ts';
import { type ChangeLog, type CursorRefusal, oldestKept } from './change-log.ts';
import { type CursorCodec, cursorCodec } from './cursor.ts';
import { TailFeed } from './feed.ts';
import { headPosition, readBatch } from './read.ts';
import { tailsOf } from './tails.ts';

export interface OpenChangeLog extends ChangeLog {
  /** End every feed after the batch at hand, then stop listening. */
  close(): Promise<void>;
}

export interface ChangeLogOptions {
  /** Rings when the log grows. Left out: one of its own, by LISTEN. */
  readonly bell?: HungBell;
  /** How often a bell of its own looks for itself. */
  readonly pollMillis?: number;
  readonly heartbeatMillis?: number;
}

/** The log of a migrated database, for any number of readers. */
export async function openChangeLog(
  database: Database,
  { bell: given, pollMillis = 1_000, heartbeatMillis = 20_000 }: ChangeLogOptions = {},
): Promise<OpenChangeLog> {
  const feed = await database.work((sql) =>
    sql.query<{ id: string; secret: string }>('select "id", "secret" from "Feed"'),
  );
  invariant(feed[0] !== undefined && feed.length === 1, 'a migrated database has exactly one feed');
  const codec = cursorCodec(feed[0].id, feed[0].secret);
  const bell = given ?? hangBell(database, { pollMillis });
  const closing = new AbortController();
  // The bell looks for everybody. Who follows looks without it only so that an idle feed's heartbeat moves on.
  const own = { pollMillis: heartbeatMillis / 2, heartbeatMillis };
  const tailOf = tailsOf({ database, codec, bell, ...own });

  return {
    head: async (db) => codec.encode(await headPosition(db)),
    page: async (db, { after, filter, limit }) => {
      const from = startOf(codec, after);
      return from.ok ? readBatch(db, codec, from.value, filter, limit) : from;
    },
    follow: (tenant, { after, filter, limit }) => {
      const from = startOf(codec, after);
      if (!from.ok) return from;
      const parts = { bell: bell.of(tenant.accountIds), codec, tail: tailOf(tenant), ...own, closing: closing.signal };
      return yes(new TailFeed(parts, from.value, filter, limit));
    },
    close: async () => {
      closing.abort();
      if (given === undefined) await bell.close();
    },
  };
}

const startOf = (codec: CursorCodec, after: string | undefined): Result<bigint, CursorRefusal> =>
  after === undefined ? yes(oldestKept) : codec.decode(after);
