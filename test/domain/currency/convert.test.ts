import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../../src/base/calendar-date.ts';
import type { Currency } from '../../../src/base/currency.ts';
import { decimal } from '../../../src/base/decimal.ts';
import { type Money, money, sum } from '../../../src/base/money.ts';
import { consolidate } from '../../../src/domain/currency/consolidate.ts';
import { type Converted, convert } from '../../../src/domain/currency/convert.ts';
import { type RateRefusal, type ReferenceRate, rateOn } from '../../../src/domain/currency/reference-rates.ts';

const code = (text: string) => text as Currency;
const rate = (currency: string, on: string, perEuro: string): ReferenceRate => ({
  currency: code(currency),
  on: day(on),
  perEuro: decimal(perEuro),
  source: 'ECB',
});

/** Around Easter 2026: banks are closed from Good Friday, 3 April, to Easter Monday, 6 April. */
const published = [
  rate('USD', '2026-04-01', '1.0853'),
  rate('USD', '2026-04-02', '1.0919'),
  rate('USD', '2026-04-07', '1.1'),
  rate('JPY', '2026-04-02', '160.4'),
  rate('JPY', '2026-04-07', '161'),
  rate('CAD', '2026-04-02', '1.4895'),
  rate('GBP', '2026-04-02', '0.8418'),
  rate('ISK', '2008-12-09', '290'),
];

function done(from: Money, to: string, on: string): Converted {
  const converted = convert(from, code(to), day(on), published);
  if (!converted.ok) throw new Error(JSON.stringify(converted.refusal));
  return converted.value;
}
const refusal = (from: Money, to: string, on: string): RateRefusal | undefined => {
  const converted = convert(from, code(to), day(on), published);
  return converted.ok ? undefined : converted.refusal;
};

describe('C8 · the rate of a day', () => {
  test.each([
    ['2026-04-01', '2026-04-01', 'its own day'],
    ['2026-04-03', '2026-04-02', 'Good Friday falls back to Thursday'],
    ['2026-04-04', '2026-04-02', 'so does Saturday'],
    ['2026-04-06', '2026-04-02', 'and Easter Monday, four days later'],
    ['2026-04-07', '2026-04-07', 'Tuesday has its own'],
    ['2026-04-14', '2026-04-07', 'seven days is as far as it falls back'],
  ])('%s takes that of %s: %s', (on, used) => {
    expect(rateOn(published, code('USD'), day(on))).toMatchObject({ ok: true, value: { on: used } });
  });

  test('a rate of a later day is never used, and one that is too old is not either', () => {
    expect(refusal(money(100n, 'USD'), 'EUR', '2026-03-31')).toEqual({
      code: 'RATE_UNKNOWN',
      currency: 'USD',
      on: '2026-03-31',
    });
    expect(refusal(money(100n, 'USD'), 'EUR', '2026-04-15')).toEqual({
      code: 'RATE_TOO_OLD',
      currency: 'USD',
      on: '2026-04-15',
      last: '2026-04-07',
      mostDays: 7,
    });
    expect(refusal(money(100n, 'EUR'), 'ISK', '2026-04-02')).toMatchObject({
      code: 'RATE_TOO_OLD',
      last: '2008-12-09',
    });
    expect(refusal(money(100n, 'EUR'), 'XXX', '2026-04-02')).toMatchObject({ code: 'RATE_UNKNOWN', currency: 'XXX' });
  });

  test('Bulgaria has the euro since 2026: until then a rate is asked for, from then on it is fixed by law', () => {
    expect(refusal(money(19_558n, 'BGN'), 'EUR', '2025-12-31')).toMatchObject({ code: 'RATE_UNKNOWN' });
    expect(done(money(19_558n, 'BGN'), 'EUR', '2026-01-01')).toMatchObject({
      to: money(10_000n, 'EUR'),
      rates: [{ perEuro: '1.95583', on: '2026-01-01', source: 'Regulation (EC) No 2866/98' }],
    });
    expect(done(money(100n, 'BGN'), 'EUR', '2040-01-01').to).toEqual(money(51n, 'EUR'));
  });
});

describe('C8 · a conversion', () => {
  test('keeps the amount, the rate as text, its day and its source, and how it was made', () => {
    expect(done(money(10_000n, 'EUR'), 'USD', '2026-04-05')).toEqual({
      from: money(10_000n, 'EUR'),
      to: money(10_919n, 'USD'),
      on: '2026-04-05',
      method: 'from-euro',
      rate: '1.0919',
      rates: [{ currency: 'USD', perEuro: '1.0919', on: '2026-04-02', source: 'ECB' }],
    });
    expect(done(money(10_919n, 'USD'), 'EUR', '2026-04-05')).toMatchObject({
      to: money(10_000n, 'EUR'),
      method: 'to-euro',
      rate: '0.915834783405',
    });
  });

  test('goes through the euro without rounding there', () => {
    // 0.05 USD is 0.0457 EUR, or 7.345 yen; by way of 0.05 EUR it would be 8.
    expect(done(money(5n, 'USD'), 'JPY', '2026-04-02')).toMatchObject({
      to: money(7n, 'JPY'),
      method: 'through-euro',
      rates: [{ currency: 'USD' }, { currency: 'JPY' }],
    });
    expect(done(money(123_456n, 'JPY'), 'CAD', '2026-04-02').to).toEqual(money(114_643n, 'CAD'));
  });

  test('rounds half away from zero, on both sides of zero, and to whole yen', () => {
    const half = [rate('USD', '2026-04-02', '0.5'), rate('JPY', '2026-04-02', '50')];
    const yen = (minor: bigint) => {
      const made = convert(money(minor, 'EUR'), code('JPY'), day('2026-04-02'), half);
      return made.ok && made.value.to;
    };
    expect([yen(1n), yen(-1n), yen(3n), yen(0n)]).toEqual([1n, -1n, 2n, 0n].map((minor) => money(minor, 'JPY')));
  });

  test('within one currency needs no rate, and changes nothing', () => {
    expect(done(money(-7n, 'XXX'), 'XXX', '1990-01-01')).toMatchObject({
      to: money(-7n, 'XXX'),
      method: 'same-currency',
      rate: '1',
      rates: [],
    });
  });
});

const amounts = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const currencies = fc.constantFrom('EUR', 'USD', 'JPY', 'CAD', 'GBP');
const on = '2026-04-02';

describe('laws', () => {
  test('I10 · no float: the amount is the exact fraction, rounded once, however large', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.integer({ min: 0, max: 8 }),
        (minor, raw, places) => {
          const text = raw.toString().padStart(places + 1, '0');
          const perEuro = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
          const made = convert(money(minor, 'EUR'), code('USD'), day(on), [rate('USD', on, perEuro)]);
          if (!made.ok) throw new Error(made.refusal.code);
          // Twice the distance to the exact result is at most one minor unit.
          const exact = minor * raw;
          const off = made.value.to.minor * 10n ** BigInt(places) - exact;
          expect((off < 0n ? -off : off) * 2n <= 10n ** BigInt(places)).toBe(true);
        },
      ),
    );
  });

  test('there and back is off by no more than the two roundings', () => {
    fc.assert(
      fc.property(amounts, currencies, currencies, (minor, from, to) => {
        const there = done(money(minor, from), to, on);
        const back = done(there.to, from, on).to.minor;
        // Half a unit over there, seen from here, and half a unit here.
        const most = done(money(1_000_000n, to), from, on).to.minor / 2_000_000n + 1n;
        const off = back - minor;
        expect((off < 0n ? -off : off) <= most).toBe(true);
      }),
    );
  });

  test('I10 · a reversal is the exact opposite', () => {
    fc.assert(
      fc.property(amounts, currencies, currencies, (minor, from, to) => {
        expect(done(money(-minor, from), to, on).to.minor).toBe(-done(money(minor, from), to, on).to.minor);
      }),
    );
  });

  test('C8, I10 · a total is the sum of its parts, and shows each of them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(amounts, currencies), { maxLength: 8 }), currencies, (given, to) => {
        const whole = consolidate(
          given.map(([minor, currency]) => money(minor, currency)),
          code(to),
          day(on),
          published,
        );
        if (!whole.ok) throw new Error(whole.refusal.code);
        expect(whole.value.amount).toEqual(
          sum(
            whole.value.parts.map((part) => part.to),
            code(to),
          ),
        );
        expect(whole.value.parts.map(({ from }) => from)).toEqual(
          given.map(([minor, currency]) => money(minor, currency)),
        );
      }),
    );
  });
});

test('a total is refused when one part cannot be converted, not told without it', () => {
  const whole = consolidate([money(1n, 'USD'), money(1n, 'XXX')], code('EUR'), day(on), published);
  expect(whole).toEqual({ ok: false, refusal: { code: 'RATE_UNKNOWN', currency: 'XXX', on } });
});
