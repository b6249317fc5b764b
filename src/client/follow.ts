import { setTimeout as sleep } from 'node:timers/promises';
import { backOff } from './back-off.ts';
import { FeedError, failureOf, Interrupted, type ServerError } from './failure.ts';
import { type FeedChange, type FeedFilter, feedOperation, type Numbered } from './operation.ts';
import { overEventStream } from './over-event-stream.ts';
import { overWebSocket } from './over-websocket.ts';
import { sequenceCheck } from './sequence-check.ts';
import type { Access, Answer, Session } from './session.ts';

/** Some changes, oldest first. Store `cursor` together with what you did about them, and each has its effect once. */
export interface FeedBatch<Change> {
  /** May be empty: the cursor moves on even when nothing happened that the filter lets through. */
  readonly changes: readonly Change[];
  /** Where to go on. */
  readonly cursor: string;
  /** Whether this reached the end of the log as it stood. */
  readonly caughtUp: boolean;
  /** Whether nothing is left out for want of a right: then the numbers of an account have no hole. */
  readonly dense: boolean;
  /** What of the selection could not be answered, such as a field without the right to it. */
  readonly errors: readonly ServerError[];
}

export interface FollowOptions extends Access {
  /** The cursor of the last batch that was dealt with. Left out: from the oldest change that is kept. */
  readonly after?: string | undefined;
  readonly filter?: FeedFilter | undefined;
  /** GraphQL selected on each change; left out, all that its kind says. */
  readonly select?: string | undefined;
  /** 1 to 250; default 100. */
  readonly maxBatch?: number;
  /** How the feed travels. Left out: by websocket, and as an event stream where that does not get through. */
  readonly transport?: Transport;
  /** Ends the feed, at once and without an error. */
  readonly signal?: AbortSignal;
  /** Told of each interruption that is being mended, and of the wait before the next try in milliseconds. */
  readonly onInterruption?: (reason: string, waitMillis: number) => void;
  /** A connection that says nothing for so long is dead: three times the server's beat. Milliseconds. */
  readonly silenceMillis?: number;
}

export type Transport = 'websocket' | 'event-stream';

const sessions: Readonly<Record<Transport, Session>> = {
  websocket: overWebSocket,
  'event-stream': overEventStream,
};

/** Tries in a row that brought nothing before the other transport has its turn. */
const triesEach = 3;

/**
 * Every change after a cursor, in order, exactly once for each cursor, then live, through restarts and lost connections
 * for as long as it is iterated. A batch is asked for when the last one was taken; a slow caller holds little in memory.
 *
 * @throws FeedError when coming back cannot help: a key that is not let in (`UNAUTHENTICATED`), a cursor that has
 *   expired (`CURSOR_EXPIRED`, with `oldestCursor`), a query that is not understood; or when the numbers prove that
 *   something is missing (`SEQUENCE_BROKEN`)
 */
export async function* follow<Change extends Numbered = FeedChange>(
  options: FollowOptions,
): AsyncGenerator<FeedBatch<Change>, void, void> {
  const {
    filter,
    select,
    maxBatch = 100,
    transport,
    signal = new AbortController().signal,
    silenceMillis = 60_000,
  } = options;
  const query = feedOperation(select);
  const check = sequenceCheck(filter);
  let cursor = options.after;
  let failures = 0;
  let way: Transport = transport ?? 'websocket';

  while (!signal.aborted) {
    const ending = new AbortController();
    const session = sessions[way]({
      access: options,
      query,
      variables: { after: cursor ?? null, filter: filter ?? null, maxBatch },
      signal: AbortSignal.any([signal, ending.signal]),
    });
    let brought = false;
    try {
      for await (const answer of attentive(session, silenceMillis, ending)) {
        const batch = batchIn<Change>(answer);
        for (const change of batch.changes) check(change, batch.dense);
        [failures, brought, cursor] = [0, true, batch.cursor];
        yield batch;
      }
      if (!brought && !signal.aborted) throw new Interrupted('the server ended the feed before it began');
    } catch (thrown) {
      if (thrown instanceof FeedError) throw new FeedError(thrown.code, thrown.message, placeOf(thrown, cursor));
      if (!(thrown instanceof Interrupted)) throw thrown;
      failures += 1;
      if (transport === undefined && failures % triesEach === 0) way = other(way);
      const wait = thrown.atOnce ? 0 : backOff(failures, Math.random());
      options.onInterruption?.(thrown.message, wait);
      await sleep(wait, undefined, { signal }).catch(() => {});
    } finally {
      ending.abort();
    }
  }
}

/** The answers of a session that is never silent for long; one that is, is cut. */
async function* attentive(
  session: AsyncIterable<Answer>,
  millis: number,
  ending: AbortController,
): AsyncGenerator<Answer> {
  let silent = false;
  const listen = () =>
    setTimeout(() => {
      silent = true;
      ending.abort();
    }, millis);
  let timer = listen();
  try {
    for await (const answer of session) {
      clearTimeout(timer);
      yield answer;
      timer = listen();
    }
    if (silent) throw new Interrupted(`the server was silent for ${Math.round(millis / 1000)} s`);
  } finally {
    clearTimeout(timer);
  }
}

function batchIn<Change>({ data, errors = [] }: Answer): FeedBatch<Change> {
  const { changes: batch } = (data ?? {}) as { changes?: Omit<FeedBatch<Change>, 'errors'> | null };
  if (batch == null) throw failureOf(errors);
  return { ...batch, errors };
}

const placeOf = ({ oldestCursor }: FeedError, cursor: string | undefined) => ({
  ...(cursor !== undefined && { cursor }),
  ...(oldestCursor !== undefined && { oldestCursor }),
});

const other = (way: Transport): Transport => (way === 'websocket' ? 'event-stream' : 'websocket');
