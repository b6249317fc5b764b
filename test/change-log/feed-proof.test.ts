import { expect, test } from 'vitest';
import { feedProof, type SeenChange } from '../support/feed-proof.ts';

const change = (account: string, sequence: number, id = `${account}${sequence}`): SeenChange => ({
  account,
  sequence: String(sequence),
  id,
});
const log = [change('A', 1), change('B', 1), change('A', 2), change('A', 3), change('B', 2), change('A', 4)];

/** What the proof says of a reader that saw this. */
function verdict(seen: readonly SeenChange[]) {
  const proof = feedProof();
  for (let at = 0; at < seen.length; at += 2) proof.take(seen.slice(at, at + 2));
  const { lost, repeated } = proof.findings();
  return { lost, repeated, differences: proof.differences(log).length };
}
const without = (place: number) => log.filter((_, at) => at !== place);

test('a reader that sees the log is beyond doubt', () => {
  expect(verdict(log)).toEqual({ lost: [], repeated: [], differences: 0 });
});

test('a reader that passes a change over is caught by the numbers alone, wherever that is', () => {
  expect(verdict(without(0)).lost).toEqual(['A 1']);
  expect(verdict(without(2)).lost).toEqual(['A 2']);
  // The very last one has no number after it: only the log tells.
  expect(verdict(without(5))).toEqual({ lost: [], repeated: [], differences: 1 });
});

test('a reader that goes by "greater than the last id" loses what commits late, and is caught', () => {
  // In the order of commits. A's second change was recorded before B's first, and the reader was past it by then.
  const committed = [
    { recorded: 1, seen: change('A', 1) },
    { recorded: 3, seen: change('B', 1) },
    { recorded: 2, seen: change('A', 2) },
    { recorded: 4, seen: change('A', 3) },
  ];
  let past = 0;
  const shown = committed.filter(({ recorded }) => {
    const isShown = recorded > past;
    past = Math.max(past, recorded);
    return isShown;
  });
  expect(verdict(shown.map(({ seen }) => seen)).lost).toEqual(['A 2']);
});

test('a reader that comes back with an old cursor repeats, and is caught', () => {
  expect(verdict([...log.slice(0, 4), ...log.slice(2)]).repeated).toEqual(['A 2', 'A 3']);
});

test('a reader that swaps two changes of one account is caught twice, of two accounts by the log', () => {
  const [a1, b1, a2, a3, b2, a4] = log as [SeenChange, SeenChange, SeenChange, SeenChange, SeenChange, SeenChange];
  expect(verdict([a1, b1, a3, a2, b2, a4])).toMatchObject({ lost: ['A 2'], repeated: ['A 2'] });
  expect(verdict([a1, b1, a2, b2, a3, a4])).toEqual({ lost: [], repeated: [], differences: 2 });
});

test('a reader that is shown another change under the right number is caught by the log', () => {
  expect(verdict(log.map((seen, at) => (at === 3 ? change('A', 3, 'forged') : seen))).differences).toBe(1);
});
