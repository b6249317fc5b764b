import { expect, test } from 'vitest';
import type { ChangeBatch, ChangeFeed, FeedCursor, LoggedChange } from '../../src/change-log/change-log.ts';
import { Audience } from '../../src/server/audience.ts';
import { openReplayMeter } from '../../src/server/replay-meter.ts';
import { SharedFeed } from '../../src/server/shared-feed.ts';
import { until, upTo } from './support/feed.ts';

const batchAt = (position: bigint, changes: number): ChangeBatch => ({
  changes: Array.from({ length: changes }, () => ({}) as LoggedChange),
  cursor: '' as FeedCursor,
  position,
  first: position,
  caughtUp: true,
});

/** A log that tells what it has once everybody sits, and then breaks. */
function breakingFeed(last: number, begin: Promise<void>): ChangeFeed {
  return {
    head: async () => 0n,
    nothingAt: (position: bigint) => batchAt(position, 0),
    batchAfter: async (position: bigint) => batchAt(position, 0),
    followFrom: async function* () {
      await begin;
      for (const n of upTo(last)) yield batchAt(BigInt(n), 1);
      throw new Error('the log broke');
    },
  } as unknown as ChangeFeed;
}

test('what was published before a feed breaks reaches all who sit there, in few turns, before they hear of the end', async () => {
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const audience = new Audience({
    feed: breakingFeed(20, begun),
    render: async ({ position }) => ({ data: { at: Number(position) } }),
    failure: () => ({ data: { at: 'broken' } }),
    lag: { changes: 100, bytes: 100_000 },
    onEmpty: () => {},
  });
  const heard = upTo(600).map(() => ({ at: [] as unknown[], turns: 0, ended: false }));
  for (const one of heard) {
    const sink = {
      ready: () => true,
      whenReady: () => {},
      write: ({ json }: { readonly json: string }) => one.at.push(JSON.parse(json).data.at),
      flush: () => {
        one.turns += 1;
      },
      closeLagging: () => {},
    };
    const feed = new SharedFeed(
      { audience, start: 0n, sink, replay: openReplayMeter(1_000, () => 0), key: 'one' },
      () => {},
    );
    void feed.next().then(({ value }) => {
      one.at.push(value.data.at);
      one.ended = true;
    });
  }
  await until(() => heard.every(({ at }) => at.length === 1), 'all to sit');
  begin();
  await until(() => heard.every(({ ended }) => ended), 'the end');
  for (const { at } of heard) expect(at).toEqual([0, ...upTo(20), 'broken']);
  // One to find nothing, one to sit down, and rounds that each take what is there.
  expect(Math.max(...heard.map(({ turns }) => turns))).toBeLessThan(10);
});
