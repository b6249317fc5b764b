import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { fromMillis, instant } from '../../src/base/instant.ts';
import { changesMessage, newSecret, signedHeaders, testMessage } from '../../src/webhooks/message.ts';
import { readRetryAfter, retryAfter, retryPauses } from '../../src/webhooks/retry-schedule.ts';

const at = instant('2026-11-23T12:00:00Z');

test('the official library verifies what is signed, with either secret while two are in force', () => {
  const [one, two, other] = [newSecret(), newSecret(), newSecret()];
  const now = fromMillis(Date.now());
  fc.assert(
    fc.property(
      fc.array(fc.record({ id: fc.string(), more: fc.string({ unit: 'binary' }) }), { minLength: 1 }),
      (changes) => {
        const message = changesMessage(changes, 'cursor', at);
        const headers = signedHeaders(message, [two, one], now);
        for (const secret of [one, two])
          expect(new Webhook(secret).verify(message.body, headers)).toMatchObject({ type: 'changes' });
        expect(() => new Webhook(other).verify(message.body, headers)).toThrow('No matching signature');
        expect(() => new Webhook(one).verify(`${message.body} `, headers)).toThrow('No matching signature');
      },
    ),
    { numRuns: 30 },
  );
});

test('a message of long ago is refused by its time', () => {
  const secret = newSecret();
  const message = testMessage('msg_test_1', at);
  const headers = signedHeaders(message, [secret], instant('2020-01-01T00:00:00Z'));
  expect(() => new Webhook(secret).verify(message.body, headers)).toThrow('too old');
});

test('the same changes are the same message; others are another', () => {
  const message = (...ids: string[]) =>
    changesMessage(
      ids.map((id) => ({ id })),
      'cursor',
      at,
    ).id;
  expect(message('a', 'b')).toBe(message('a', 'b'));
  expect(new Set([message('a', 'b'), message('a'), message('b'), message('b', 'a'), message('a', 'b', 'c')]).size).toBe(
    5,
  );
});

test('secrets are 32 random bytes, and no two alike', () => {
  const secrets = Array.from({ length: 100 }, newSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
});

test('pauses grow from 5 seconds to 24 hours, with a tenth of jitter, and end after three days', () => {
  const pause = (failures: number, random: number, askedFor?: number) => {
    const again = retryAfter(failures, at, random, askedFor);
    return again === undefined ? undefined : Date.parse(again) - Date.parse(at);
  };
  expect(pause(1, 0)).toBe(5_000);
  expect(pause(1, 1)).toBe(5_500);
  expect(pause(14, 0)).toBe(86_400_000);
  expect(pause(15, 0)).toBeUndefined();
  expect([...retryPauses].sort((a, b) => a - b)).toEqual(retryPauses);
  expect(retryPauses.reduce((sum, millis) => sum + millis, 0) / 3_600_000).toBeCloseTo(77.1, 1);
  expect(pause(1, 0, 60_000)).toBe(60_000);
  expect(pause(5, 0, 1)).toBe(600_000);
  expect(pause(1, 0, 1e12)).toBe(86_400_000);
});

test('Retry-After is seconds or a date', () => {
  expect(readRetryAfter('120', at)).toBe(120_000);
  expect(readRetryAfter('Mon, 23 Nov 2026 12:01:00 GMT', at)).toBe(60_000);
  expect(readRetryAfter('Mon, 23 Nov 2020 12:01:00 GMT', at)).toBe(0);
  expect(readRetryAfter('soon', at)).toBeUndefined();
  expect(readRetryAfter(undefined, at)).toBeUndefined();
});
