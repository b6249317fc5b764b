import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pauseAfter, retryAfterMillis } from '../../../../plugins/connectors/sp-api/pull/back-off.ts';
import { Budget } from '../../../../plugins/connectors/sp-api/pull/budget.ts';
import { endpointsOf } from '../../../../plugins/connectors/sp-api/pull/endpoints.ts';
import { readSettings } from '../../../../plugins/connectors/sp-api/pull/settings.ts';
import { asked, longestRange, monthsBefore, windows } from '../../../../plugins/connectors/sp-api/pull/windows.ts';
import { fromMillis, instant, toMillis } from '../../../../src/base/instant.ts';

describe('ranges', () => {
  const moments = fc.integer({ min: 1_700_000_000, max: 1_800_000_000 }).map((seconds) => fromMillis(seconds * 1000));

  test('cover the time between without gap or overlap, and none is too long', () => {
    fc.assert(
      fc.property(moments, moments, fc.constantFrom(...Object.values(longestRange)), (from, to, longest) => {
        const tiles = windows(from, to, longest);
        if (from >= to) {
          expect(tiles).toEqual([]);
          return;
        }
        expect(tiles[0]?.from).toBe(from);
        expect(tiles.at(-1)?.to).toBe(to);
        for (const [index, tile] of tiles.entries()) {
          expect(toMillis(tile.to) - toMillis(tile.from)).toBeGreaterThan(0);
          expect(toMillis(tile.to) - toMillis(tile.from)).toBeLessThanOrEqual(longest);
          if (index > 0) expect(tile.from).toBe(tiles[index - 1]?.to);
        }
      }),
    );
  });

  test('what is asked for reaches back a second and stays within seven days', () => {
    const [first] = windows(instant('2026-05-23T17:00:00Z'), instant('2026-11-23T17:00:00Z'), longestRange.orders);
    if (first === undefined) throw new Error('no range');
    const { after, before } = asked(first);
    expect(after).toBe('2026-05-23T16:59:59Z');
    expect(Date.parse(before) - Date.parse(after)).toBe(7 * 86_400_000);
  });

  test.each([
    ['2026-08-31T10:00:00Z', 6, '2026-02-28T10:00:00.000Z'],
    ['2026-11-23T17:00:00Z', 6, '2026-05-23T17:00:00.000Z'],
    ['2026-01-31T00:00:00Z', 2, '2025-11-30T00:00:00.000Z'],
  ])('%s less %i months is %s', (at, months, before) => {
    expect(monthsBefore(instant(at), months)).toBe(before);
  });
});

describe('the budget', () => {
  const { signal } = new AbortController();

  test('lets nine go at once and then one each tenth of a second', async () => {
    const budget = new Budget(10, 10);
    const began = performance.now();
    for (let request = 0; request < 13; request += 1) await budget.take(signal);
    expect(performance.now() - began).toBeGreaterThanOrEqual(390);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('those who ask at once go one after another', async () => {
    const budget = new Budget(50, 1);
    const began = performance.now();
    await Promise.all(Array.from({ length: 6 }, () => budget.take(signal)));
    expect(performance.now() - began).toBeGreaterThanOrEqual(95);
  });

  test('follows a lower limit that Amazon names, and never a higher one than was granted', async () => {
    const slow = new Budget(1000, 1);
    slow.answered('20.0');
    await slow.take(signal);
    const began = performance.now();
    await slow.take(signal);
    await slow.take(signal);
    expect(performance.now() - began).toBeGreaterThanOrEqual(80);

    const capped = new Budget(20, 1);
    capped.answered('5000');
    await capped.take(signal);
    const again = performance.now();
    await capped.take(signal);
    expect(performance.now() - again).toBeGreaterThanOrEqual(40);
  });

  test('after a throttling it starts over empty', async () => {
    const budget = new Budget(20, 10);
    budget.throttled();
    const began = performance.now();
    await budget.take(signal);
    expect(performance.now() - began).toBeGreaterThanOrEqual(60);
  });
});

describe('pauses', () => {
  const pauses = { firstPauseMillis: 500, longestPauseMillis: 60_000 };

  test('double up to the longest, at least half of it, and never less than upstream asked', () => {
    const random = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), random, fc.nat(120_000), (failures, part, askedFor) => {
        const full = Math.min(500 * 2 ** Math.min(failures - 1, 30), 60_000);
        const pause = pauseAfter(failures, pauses, part, askedFor);
        expect(pause).toBeGreaterThanOrEqual(Math.max(askedFor, full / 2));
        expect(pause).toBeLessThanOrEqual(Math.max(askedFor, full));
      }),
    );
  });

  test('Retry-After is seconds, or a date on upstream’s clock', () => {
    expect(retryAfterMillis('7', null)).toBe(7000);
    const [at, now] = ['Mon, 23 Nov 2026 17:00:30 GMT', 'Mon, 23 Nov 2026 17:00:00 GMT'];
    expect(retryAfterMillis(at, now)).toBe(30_000);
    expect(retryAfterMillis('soon', now)).toBeUndefined();
  });
});

describe('where an account is asked', () => {
  const secrets = { clientId: 'a', clientSecret: 'b', refreshToken: 'c' };

  test('Japan is far east, and its login is Amazon’s', () => {
    expect(endpointsOf('A1VC38T7YXB528', readSettings(secrets))).toEqual({
      api: 'https://sellingpartnerapi-fe.amazon.com',
      token: 'https://api.amazon.com/auth/o2/token',
    });
  });

  test('another endpoint gets its own login, so that no credentials go astray', () => {
    const settings = readSettings({ ...secrets, endpoint: 'http://127.0.0.1:9/' });
    expect(endpointsOf('A1PA6795UKMFR9', settings)).toEqual({
      api: 'http://127.0.0.1:9/eu',
      token: 'http://127.0.0.1:9/auth/o2/token',
    });
  });

  test('a store nobody knows is refused by name', () => {
    expect(() => endpointsOf('NOWHERE', readSettings(secrets))).toThrow('NOWHERE');
  });
});
