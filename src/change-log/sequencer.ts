import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Database } from '../store/database.ts';

/** The channel on which followers hear that the log grew. Only the sequencer speaks on it: NOTIFY in writers' transactions is a global lock. */
export const changeChannel = 'acorn_changes';

/** Session lock of the one leader. Any constant will do, as long as nobody else uses it. */
const leaderLock = 7_270_737_001;
const batch = 2_000;
const idleMillis = { least: 2, most: 20 };
const standbyMillis = 500;
/** Who leads asks the database all day. Silent for so long, the leader is frozen or gone, and the server ends its session. */
const silentMillis = 3_000;

/** From where to where the log grew, and whose accounts did: see `readRing`. A notice holds 8,000 bytes and no more. */
const ring = `concat("position" - (select count(*) from numbered), ' ', "position", ' ',
    (select string_agg("accountId"::text, ',') from counted having count(*) <= 200))`;

/**
 * Give every unnumbered change its position and its account's next number, and tell followers once.
 *
 * It takes what is unnumbered, not what is beyond a mark, so a transaction that commits late loses nothing and holds
 * nobody up. Within an account the order is that of recording, since writers of one account take turns.
 */
export const sequenceStatement = `
  with feed as materialized (select "position" from "Feed" for update),
       batch as materialized (
         select "id", "accountId", row_number() over (order by "id") as rn,
                row_number() over (partition by "accountId" order by "id") as arn
           from (select "id", "accountId" from "Change" where "position" is null order by "id" limit ${batch}) waiting),
       counted as (select "accountId", count(*) as n from batch group by 1),
       heads as (
         insert into "FeedHead" ("accountId", "sequence") select "accountId", n from counted
         on conflict ("accountId") do update set "sequence" = "FeedHead"."sequence" + excluded."sequence"
         returning "accountId", "sequence"),
       numbered as (
         update "Change" c
            set "position" = feed."position" + b.rn, "sequence" = h."sequence" - n.n + b.arn
           from batch b join heads h using ("accountId") join counted n using ("accountId"), feed
          where c."accountId" = b."accountId" and c."id" = b."id"
         returning 1)
  update "Feed" set "position" = "position" + (select count(*) from numbered)
  where exists (select from batch)
  returning ${ring} as "ring", pg_notify('${changeChannel}', ${ring})`;

/** Cheap enough to ask all day: the index holds only what is unnumbered. */
const waitingStatement = `select exists (select from "Change" where "position" is null) as waiting`;

export interface Sequencer {
  /** Whether this process is the leader now. */
  readonly leading: boolean;
  /** Finish the batch at hand, let go of the lock. */
  stop(): Promise<void>;
}

export interface SequencerOptions {
  /** Numbering failed; it is tried again in half a second. */
  readonly onTrouble?: (cause: unknown) => void;
  /** This process leads from now on. */
  readonly onLeading?: () => void;
  /** Changes were numbered: what followers by LISTEN have heard by now, for a bell of another kind. Must not wait. */
  readonly onNumbered?: (ring: string) => void;
}

/**
 * Number the log until stopped. Any number of processes may run one: the holder of a session lock leads, the others
 * stand by and take over within seconds when its session ends, however it ended. One that is killed loses its session
 * at once; one that is frozen, or cut off, when it was silent for `silentMillis`.
 *
 * An old leader that wakes up cannot number anything: lock and statement share the session, which is gone. Even with two
 * leaders no entry gets two numbers, since the log refuses a second one and the whole statement with it.
 */
export function startSequencer(
  database: Database,
  { onTrouble = () => {}, onLeading = () => {}, onNumbered = () => {} }: SequencerOptions = {},
): Sequencer {
  const stopping = new AbortController();
  const status = { leading: false };

  const lead = async (session: pg.Client): Promise<void> => {
    let lost: Error | undefined;
    session.on('error', (cause) => {
      lost = cause;
    });
    while (!stopping.signal.aborted && lost === undefined) {
      const { rows } = await session.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [leaderLock]);
      if (rows[0]?.held !== true) {
        await pause(standbyMillis, stopping.signal);
        continue;
      }
      status.leading = true;
      onLeading();
      let idle: number = idleMillis.least;
      while (!stopping.signal.aborted && lost === undefined) {
        const asking = performance.now();
        const { rows: asked } = await session.query<{ waiting: boolean }>(waitingStatement);
        if (asked[0]?.waiting === true) {
          const { rows: numbered } = await session.query<{ ring: string }>(sequenceStatement);
          for (const { ring } of numbered) onNumbered(ring);
          idle = idleMillis.least;
        } else {
          // While somebody holds an old snapshot, numbers that were given cannot be swept away, and a look takes longer and
          // longer: at most half of the time is spent on looking.
          await pause(Math.max(idle, performance.now() - asking), stopping.signal);
          idle = Math.min(idle * 2, idleMillis.most);
        }
      }
    }
    if (lost !== undefined) throw lost;
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      let session: pg.Client | undefined;
      try {
        session = await database.session({ idleMillis: silentMillis });
        await lead(session).finally(() => {
          status.leading = false;
        });
      } catch (cause) {
        if (!stopping.signal.aborted) onTrouble(cause);
        await pause(standbyMillis, stopping.signal);
      } finally {
        await session?.end().catch(() => {});
      }
    }
  };
  const done = run();

  return {
    get leading() {
      return status.leading;
    },
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

/** Wait, or less when told to stop. */
const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  sleep(millis, undefined, { signal }).then(
    () => {},
    () => {},
  );
