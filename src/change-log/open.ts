import { invariant } from '../base/invariant.ts';
import { type Result, yes } from '../base/result.ts';
import type { Database } from '../store/database.ts';
import { hangBell } from './bell.ts';
import { type ChangeLog, CursorExpired, type CursorRefusal } from './change-log.ts';
import { type CursorCodec, cursorCodec } from './cursor.ts';
import { followBatches } from './follow.ts';
import { headPosition, readBatch } from './read.ts';

export interface OpenChangeLog extends ChangeLog {
  /** End every feed after the batch at hand, then stop listening. */
  close(): Promise<void>;
}

export interface ChangeLogOptions {
  readonly pollMillis?: number;
  readonly heartbeatMillis?: number;
}

/** The log of a migrated database, for any number of readers. */
export async function openChangeLog(
  database: Database,
  { pollMillis = 1_000, heartbeatMillis = 20_000 }: ChangeLogOptions = {},
): Promise<OpenChangeLog> {
  const feed = await database.work((sql) =>
    sql.query<{ id: string; secret: string }>('select "id", "secret" from "Feed"'),
  );
  invariant(feed[0] !== undefined && feed.length === 1, 'a migrated database has exactly one feed');
  const codec = cursorCodec(feed[0].id, feed[0].secret);
  const bell = hangBell(database);
  const closing = new AbortController();

  return {
    head: async (db) => codec.encode(await headPosition(db)),
    page: async (db, { after, filter, limit }) => {
      const from = startOf(codec, after);
      return from.ok ? readBatch(db, codec, from.value, filter, limit) : from;
    },
    follow: (tenant, { after, filter, limit }) => {
      const from = startOf(codec, after);
      if (!from.ok) return from;
      let position = from.value;
      const read = async () => {
        const batch = await database.read(tenant, (db) => readBatch(db, codec, position, filter, limit));
        if (!batch.ok) {
          invariant(batch.refusal.code === 'CURSOR_EXPIRED', 'a position was a cursor of ours');
          throw new CursorExpired(batch.refusal.oldestCursor);
        }
        const reached = codec.decode(batch.value.cursor);
        invariant(reached.ok, 'a cursor we made is one we read');
        position = reached.value;
        return batch.value;
      };
      return yes(followBatches({ bell, read, pollMillis, heartbeatMillis, closing: closing.signal }));
    },
    close: async () => {
      closing.abort();
      await bell.close();
    },
  };
}

const startOf = (codec: CursorCodec, after: string | undefined): Result<bigint | undefined, CursorRefusal> =>
  after === undefined ? yes(undefined) : codec.decode(after);
