import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day, dayIn, parseDay } from '../../src/base/calendar-date.ts';
import { canonicalJson, parseCanonicalJson } from '../../src/base/canonical-json.ts';
import type { Currency } from '../../src/base/currency.ts';
import { decimal, parseDecimal } from '../../src/base/decimal.ts';
import { eaches } from '../../src/base/eaches.ts';
import { instant, parseInstant } from '../../src/base/instant.ts';
import { extend, formatMinor, money, parseMoney, prorate } from '../../src/base/money.ts';

const [usd, jpy] = ['USD' as Currency, 'JPY' as Currency];

describe('money', () => {
  test.each([
    ['10.05', usd, 1005n],
    ['0.1', usd, 10n],
    ['-3', usd, -300n],
    ['1200.0', jpy, 1200n],
    ['1e3', usd, 100_000n],
    ['90071992547409.93', usd, 9_007_199_254_740_993n],
  ])('C1 · %s %s is exact', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toEqual({ ok: true, value: money(minor, currency) });
  });
  test('digits beyond the minor unit are refused, never rounded', () => {
    expect(parseMoney('1200.5', jpy)).toMatchObject({ ok: false, refusal: { code: 'TOO_MANY_DIGITS' } });
    expect(parseMoney('1.005', usd)).toMatchObject({ ok: false, refusal: { code: 'TOO_MANY_DIGITS' } });
  });
  test.each(['', ' ', '1,000.00', '$5', 'NaN', 'Infinity', '0x10', '1e999'])('%j is not an amount', (text) => {
    expect(parseMoney(text, usd)).toMatchObject({ ok: false, refusal: { code: 'NOT_A_DECIMAL' } });
  });
  test('what is written is what was read', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.constantFrom(usd, jpy, 'KWD' as Currency), (minor, currency) => {
        fc.pre(minor > -(10n ** 38n) && minor < 10n ** 38n);
        expect(parseMoney(formatMinor(minor, currency), currency)).toEqual({ ok: true, value: money(minor, currency) });
      }),
    );
  });
  test('a third of a dollar: 34 + 33 + 33', () => {
    expect(prorate(money(100n, usd), [1n, 1n, 1n]).map((p) => p.minor)).toEqual([34n, 33n, 33n]);
  });
  test('a quantity times a cost is rounded once, half away from zero', () => {
    expect(extend(eaches(3), { cost: decimal('0.335'), currency: usd })).toEqual(money(101n, usd));
    expect(extend(eaches(-3), { cost: decimal('0.335'), currency: usd })).toEqual(money(-101n, usd));
    expect(extend(eaches(7), { cost: decimal('99.5'), currency: jpy })).toEqual(money(697n, jpy));
  });
});

test('equal decimals are equal text', () => {
  const canonical = (text: string) => parseDecimal(text);
  for (const text of ['12.50', '12.5', '+12.5', '012.500', '1.25e1'])
    expect(canonical(text)).toEqual({ ok: true, value: '12.5' });
  expect(canonical('-0.00')).toEqual({ ok: true, value: '0' });
});

describe('time', () => {
  test('an instant names its zone', () => {
    expect(parseInstant('2026-09-01T09:00:00+09:00')).toBe('2026-09-01T00:00:00.000Z');
    expect(parseInstant('2026-09-01T09:00:00')).toBeUndefined();
    expect(parseInstant('2026-13-01T09:00:00Z')).toBeUndefined();
  });
  test('a day exists', () => {
    expect(parseDay('2026-02-29')).toBeUndefined();
    expect(parseDay('2028-02-29')).toBe('2028-02-29');
  });
  test('day 1 is the day after: net 30 from 31 January is 2 March', () => {
    expect(addDays(day('2026-01-31'), 30)).toBe('2026-03-02');
  });
  test('C7 · 07:30 UTC on 1 December is still November in Seattle', () => {
    expect(dayIn(instant('2026-12-01T07:30:00Z'), 'America/Los_Angeles')).toBe('2026-11-30');
    expect(dayIn(instant('2026-11-30T15:00:00Z'), 'Asia/Tokyo')).toBe('2026-12-01');
  });
});

test('canonical JSON does not see the order of members, and brings amounts back', () => {
  const value = { b: [1, { y: 2, x: 1 }], a: money(9_007_199_254_740_993n, usd), gone: undefined };
  expect(canonicalJson(value)).toBe('{"a":{"currency":"USD","minor":"9007199254740993"},"b":[1,{"x":1,"y":2}]}');
  expect(parseCanonicalJson(canonicalJson(value))).toEqual({ b: [1, { y: 2, x: 1 }], a: value.a });
});
