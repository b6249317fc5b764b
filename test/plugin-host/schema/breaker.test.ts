import { expect, test } from 'vitest';
import { Breaker } from '../../../src/plugin-host/schema/breaker.ts';

const settings = { failures: 4, withinMillis: 1_000, openMillis: 500 };

test('failures that lie far apart open nothing', () => {
  const breaker = new Breaker(settings);
  for (let now = 0; now < 20_000; now += 400) breaker.enter(now)?.('failed', now);
  expect(breaker.state(20_000)).toBe('CLOSED');
});

test('a few rows that cannot be answered among many that can open nothing', () => {
  const breaker = new Breaker(settings);
  for (let row = 0; row < 250; row += 1) breaker.enter(0)?.(row % 10 === 9 ? 'failed' : 'answered', 0);
  expect(breaker.state(0)).toBe('CLOSED');
});

test('half open, one question is asked, and answers to older ones decide nothing', () => {
  const breaker = new Breaker(settings);
  const old = breaker.enter(0);
  for (let count = 0; count < 4; count += 1) breaker.enter(0)?.('failed', 0);
  expect([breaker.state(0), breaker.state(499), breaker.state(500)]).toEqual(['OPEN', 'OPEN', 'HALF_OPEN']);
  const probe = breaker.enter(500);
  expect(probe).toBeDefined();
  expect(breaker.enter(500)).toBeUndefined();
  old?.('answered', 501);
  expect([breaker.state(501), breaker.enter(501)]).toEqual(['HALF_OPEN', undefined]);
  probe?.('failed', 510);
  expect([breaker.state(510), breaker.state(1_010)]).toEqual(['OPEN', 'HALF_OPEN']);
  breaker.enter(1_010)?.('answered', 1_011);
  expect(breaker.state(1_011)).toBe('CLOSED');
});
