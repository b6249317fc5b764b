import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Currency } from '../../../src/base/currency.ts';
import { type Decimal, decimal } from '../../../src/base/decimal.ts';
import { money, negate } from '../../../src/base/money.ts';
import { type Rounding, roundings, roundRatio } from '../../../src/domain/tax/rounding.ts';
import { reversed, type TreatedLine, taxGroups, totalTax } from '../../../src/domain/tax/tax-groups.ts';
import { taxInCurrency, taxOn, taxWithin } from '../../../src/domain/tax/tax-of.ts';
import type { TaxTreatment } from '../../../src/domain/tax/treatment.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const yen = (minor: bigint) => money(minor, 'JPY');
const half = 'half-away-from-zero' as const;
const treatment = (rate: string, over: Partial<TaxTreatment> = {}): TaxTreatment => ({
  rule: 'xx/vat',
  name: 'VAT',
  category: 'S',
  jurisdiction: 'XX',
  rate: decimal(rate),
  ...over,
});
const line = (minor: bigint, ...treatments: TaxTreatment[]): TreatedLine => ({ amount: eur(minor), treatments });

test('C1 · no amount passes through a binary float', () => {
  expect(taxOn(eur(1005n), decimal('10'), half)).toEqual(eur(101n));
  expect(taxOn(eur(50n), decimal('19'), half)).toEqual(eur(10n));
  expect(taxOn(eur(10n ** 20n + 50n), decimal('9.975'), half)).toEqual(eur(9975000000000000005n));
});

test('C2 · tax is rounded once per group: three lines of 0.33 at 19 % bear 0.19', () => {
  const groups = taxGroups(
    [33n, 33n, 33n].map((minor) => line(minor, treatment('19'))),
    { rounding: half },
  );
  expect(groups).toEqual([{ ...treatment('19'), base: eur(99n), tax: eur(19n) }]);
});

test('C3 · a reversal is the exact negative, in every rounding', () => {
  const amounts = fc.array(fc.bigInt(-(10n ** 12n), 10n ** 12n), { minLength: 1, maxLength: 5 });
  const rates = fc.constantFrom('0', '5', '8', '9.975', '10', '13', '25.5');
  fc.assert(
    fc.property(amounts, rates, fc.constantFrom(...roundings), (minors, rate, rounding) => {
      const original = taxGroups(
        minors.map((minor) => line(minor, treatment(rate))),
        { rounding },
      );
      const credit = taxGroups(
        minors.map((minor) => line(-minor, treatment(rate))),
        { rounding },
      );
      expect(credit).toEqual(reversed(original));
      expect(totalTax(credit, 'EUR' as Currency)).toEqual(negate(totalTax(original, 'EUR' as Currency)));
    }),
  );
});

test('C3 · half a cent goes away from zero on both sides, and never towards plus infinity', () => {
  expect(roundRatio(5n, 10n, half)).toBe(1n);
  expect(roundRatio(-5n, 10n, half)).toBe(-1n);
  expect(roundRatio(-1n, 10n, 'ceiling')).toBe(-1n);
  expect(roundRatio(-19n, 10n, 'truncate')).toBe(-1n);
});

test('C5 · yen have no decimals: 1 yen at 10 % is no tax, a tenth of 15 is 1 or 2', () => {
  const of = (base: bigint) => roundings.map((rounding: Rounding) => taxOn(yen(base), decimal('10'), rounding).minor);
  expect(of(1n)).toEqual([0n, 0n, 1n]);
  expect(of(15n)).toEqual([2n, 1n, 2n]);
});

test('E11 · equal rate and other category stay apart; 19 and 19.00 meet', () => {
  const exempt = treatment('0', { rule: 'xx/exempt', category: 'E' });
  const zero = treatment('0', { rule: 'xx/zero', category: 'Z' });
  const groups = taxGroups(
    [line(100n, exempt), line(200n, zero), line(300n, treatment('19')), line(400n, treatment('19.00'))],
    { rounding: half },
  );
  expect(groups.map(({ category, base }) => [category, base.minor])).toEqual([
    ['E', 100n],
    ['S', 700n],
    ['Z', 200n],
  ]);
});

test('a line bears two taxes, both on the price', () => {
  const [gst, qst] = [treatment('5', { rule: 'xx/gst' }), treatment('9.975', { rule: 'xx/qst' })];
  expect(taxGroups([line(100_00n, gst, qst)], { rounding: half }).map(({ tax }) => tax.minor)).toEqual([500n, 998n]);
});

describe('prices that include tax', () => {
  test('1100 yen with 10 % hold 100, and 1000 hold 90', () => {
    expect(taxWithin(yen(1100n), decimal('10'), 'truncate')).toEqual(yen(100n));
    expect(taxWithin(yen(1000n), decimal('10'), 'truncate')).toEqual(yen(90n));
  });
  test('base and tax add up to the price', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.constantFrom(...roundings), (minor, rounding) => {
        const [group] = taxGroups([line(minor, treatment('8'))], { rounding, priceBasis: 'gross' });
        expect((group?.base.minor ?? 0n) + (group?.tax.minor ?? 0n)).toBe(minor);
      }),
    );
  });
});

test('J6 · the base is converted, then taxed, then rounded once: 133.53 USD at 114 and 10 % is 1522 yen', () => {
  const to = { currency: 'JPY' as Currency, rate: decimal('114'), source: 'TTM 2026-11-20' };
  const base = money(133_53n, 'USD');
  expect(taxInCurrency(base, decimal('10'), to, 'truncate')).toEqual(yen(1522n));
  // Rounding the dollars of tax first would say 13.35 × 114 = 1521.
  const tax = taxOn(base, '10' as Decimal, 'truncate');
  expect((tax.minor * 114n) / 100n).toBe(1521n);
});

test('the order of lines changes nothing', () => {
  const lines = [
    line(5n, treatment('7')),
    line(9n, treatment('19')),
    line(-3n, treatment('7')),
    line(8n, treatment('0')),
  ];
  expect(taxGroups([...lines].reverse(), { rounding: half })).toEqual(taxGroups(lines, { rounding: half }));
});
