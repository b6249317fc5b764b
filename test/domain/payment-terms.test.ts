import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetCalendar } from '../../plugins/sites/eu/bank-calendar.ts';
import { jpCalendar } from '../../plugins/sites/jp/bank-calendar.ts';
import { fedCalendar } from '../../plugins/sites/us/bank-calendar.ts';
import { addDays, day } from '../../src/base/calendar-date.ts';
import { decimal } from '../../src/base/decimal.ts';
import { instant } from '../../src/base/instant.ts';
import { money, sum } from '../../src/base/money.ts';
import { isSameMonth, monthEnd } from '../../src/base/months.ts';
import type { BankCalendar } from '../../src/domain/bank-calendar.ts';
import {
  type BaseDate,
  type Due,
  datesIn,
  dueDate,
  inFull,
  netTerms,
  type Offset,
  type PaymentTerms,
  revise,
  type TermAmounts,
  type TermDates,
} from '../../src/domain/payment-terms/index.ts';
import type { Roll } from '../../src/domain/roll.ts';

const invoiceDate: BaseDate = { kind: 'event', event: 'invoice-date' };
const goods: BaseDate = { kind: 'event', event: 'goods-received' };
const terms = (offset: Offset, roll: Roll = 'none', base: BaseDate = invoiceDate): PaymentTerms => ({
  base,
  parts: inFull(offset),
  roll,
});
const invoiced = (on: string): TermDates => ({ 'invoice-date': day(on) });
const found = (
  of: PaymentTerms,
  dates: TermDates,
  calendar: BankCalendar = fedCalendar,
  amounts?: TermAmounts,
): Due => {
  const due = dueDate(of, dates, calendar, amounts);
  if (!due.ok) throw new Error(JSON.stringify(due.refusal));
  return due.value;
};
const unadjusted = (offset: Offset, on: string) => found(terms(offset), invoiced(on)).unadjusted;

describe('C6 · every offset, from its base date', () => {
  test.each<[string, Offset, string, string]>([
    ['net 30 from the end of January: day 1 is the day after', { kind: 'days', days: 30 }, '2026-01-31', '2026-03-02'],
    ['net 30 over a leap day', { kind: 'days', days: 30 }, '2028-01-31', '2028-03-01'],
    ['a month from 31 January', { kind: 'months', months: 1 }, '2026-01-31', '2026-02-28'],
    ['a month from 31 January of a leap year', { kind: 'months', months: 1 }, '2028-01-31', '2028-02-29'],
    ['30 EOM in Amazon’s reading', { kind: 'month-end-then-days', days: 30 }, '2026-01-01', '2026-03-02'],
    [
      '60 EOM in Amazon’s reading, over a year’s end',
      { kind: 'month-end-then-days', days: 60 },
      '2026-11-30',
      '2027-01-29',
    ],
    ['the 10th of the next month', { kind: 'proximo', day: 10, monthsLater: 1 }, '2026-01-31', '2026-02-10'],
    [
      'on the cut-off day, the next month',
      { kind: 'proximo', day: 10, monthsLater: 1, cutOff: 25 },
      '2026-01-25',
      '2026-02-10',
    ],
    [
      'after the cut-off day, the month after',
      { kind: 'proximo', day: 10, monthsLater: 1, cutOff: 25 },
      '2026-01-26',
      '2026-03-10',
    ],
    ['the end of the following month', { kind: 'proximo', day: 'last', monthsLater: 1 }, '2026-01-31', '2026-02-28'],
    ['the 31st of a month of 30 days', { kind: 'proximo', day: 31, monthsLater: 1 }, '2026-03-05', '2026-04-30'],
    ['5 bank days over Thanksgiving', { kind: 'bank-days', days: 5 }, '2026-11-20', '2026-11-30'],
  ])('%s', (_name, offset, from, to) => expect(unadjusted(offset, from)).toBe(to));

  test('E13 · 45 jours fin de mois has two readings', () => {
    expect(unadjusted({ kind: 'month-end-then-days', days: 45 }, '2026-01-15')).toBe('2026-03-17');
    expect(unadjusted({ kind: 'days-then-month-end', days: 45 }, '2026-01-15')).toBe('2026-03-31');
  });

  test('U3 · the later of two dates decides, and both must be known', () => {
    const later = terms({ kind: 'days', days: 30 }, 'none', {
      kind: 'later-of',
      events: ['invoice-received', 'goods-received'],
    });
    const dates = { 'invoice-received': day('2026-03-01'), 'goods-received': day('2026-03-10') };
    expect(found(later, dates).unadjusted).toBe('2026-04-09');
    expect(found(later, { ...dates, 'goods-received': day('2026-02-10') }).unadjusted).toBe('2026-03-31');
    expect(dueDate(later, { 'invoice-received': day('2026-03-01') }, fedCalendar)).toEqual({
      ok: false,
      refusal: { code: 'TERM_DATE_MISSING', event: 'goods-received' },
    });
  });

  test('U3 · due on receipt, and on a fixed date', () => {
    const onReceipt = terms({ kind: 'days', days: 0 }, 'none', { kind: 'event', event: 'invoice-received' });
    expect(found(onReceipt, { 'invoice-received': day('2026-03-04') }).unadjusted).toBe('2026-03-04');
    const fixed = terms({ kind: 'days', days: 0 }, 'following', { kind: 'fixed', on: day('2027-02-28') });
    expect(found(fixed, {})).toMatchObject({ unadjusted: '2027-02-28', adjusted: '2027-03-01' });
  });
});

describe('J7 · closing day and pay day', () => {
  const closing = (closesOn: number | 'last', monthsLater: number, paysOn: number | 'last'): Offset => ({
    kind: 'closing',
    closesOn,
    monthsLater,
    paysOn,
  });
  test.each<[string, Offset, string, string, string]>([
    ['month end, end of next month', closing('last', 1, 'last'), '2026-01-31', '2026-02-28', '2026-03-02'],
    ['20th, end of next month, received on the 20th', closing(20, 1, 'last'), '2026-08-20', '2026-09-30', '2026-09-30'],
    ['20th, end of next month, received on the 21st', closing(20, 1, 'last'), '2026-08-21', '2026-10-31', '2026-11-02'],
    ['20th, end of the same month', closing(20, 0, 'last'), '2026-05-01', '2026-05-31', '2026-06-01'],
    ['month end, 20th of the month after next', closing('last', 2, 20), '2026-07-31', '2026-09-20', '2026-09-24'],
    ['month end, 5th of next month, in Golden Week', closing('last', 1, 5), '2026-04-10', '2026-05-05', '2026-05-07'],
    [
      'month end, end of next month, over New Year',
      closing('last', 1, 'last'),
      '2026-11-02',
      '2026-12-31',
      '2027-01-04',
    ],
    ['the equinox on a Sunday', closing('last', 1, 21), '2027-02-10', '2027-03-21', '2027-03-23'],
    [
      'closing on the 30th in February is closing on its last day',
      closing(30, 1, 'last'),
      '2026-02-28',
      '2026-03-31',
      '2026-03-31',
    ],
  ])('%s', (_name, offset, received, by, paid) => {
    const due = found(terms(offset, 'following', goods), { 'goods-received': day(received) }, jpCalendar);
    expect([due.unadjusted, due.adjusted]).toEqual([by, paid]);
  });
});

describe('C6 · the roll', () => {
  // Saturday, the last of October 2026.
  test.each<[Roll, string]>([
    ['none', '2026-10-31'],
    ['following', '2026-11-02'],
    ['modified-following', '2026-10-30'],
    ['preceding', '2026-10-30'],
    ['modified-preceding', '2026-10-30'],
  ])('%s from 31 October 2026', (roll, to) => {
    const due = found(terms({ kind: 'days', days: 30 }, roll), invoiced('2026-10-01'));
    expect([due.unadjusted, due.adjusted]).toEqual(['2026-10-31', to]);
  });

  test('E12 · 24 December is kept in TARGET, and 25 December is not', () => {
    const due = (on: string) => found(terms({ kind: 'days', days: 30 }, 'following'), invoiced(on), targetCalendar);
    expect(due('2026-11-24').adjusted).toBe('2026-12-24');
    expect(due('2026-11-25').adjusted).toBe('2026-12-28');
  });

  test('C10 · a due date beyond the known years is refused', () => {
    expect(dueDate(terms({ kind: 'days', days: 60 }, 'following'), invoiced('2032-12-01'), fedCalendar)).toMatchObject({
      ok: false,
      refusal: { code: 'YEAR_OUT_OF_RANGE', year: 2033 },
    });
  });

  test('C6 · both dates, the calendar and each step are told', () => {
    expect(found(terms({ kind: 'days', days: 30 }, 'following'), invoiced('2026-06-04'))).toEqual({
      unadjusted: '2026-07-04',
      adjusted: '2026-07-06',
      parts: [{ percent: '100', unadjusted: '2026-07-04', adjusted: '2026-07-06' }],
      legal: { verdict: 'no-limit' },
      calendar: { id: 'US-FED', version: '2026.1' },
      dates: { 'invoice-date': '2026-06-04' },
      explanation: ['invoice-date: 2026-06-04', 'due 30 days: 2026-07-04, following in US-FED: 2026-07-06'],
    });
  });
});

test('C6 · a new receipt date gives a new due date and keeps the old one; the same date gives nothing new', () => {
  const net = terms({ kind: 'days', days: 30 }, 'following', goods);
  const received = (on: string) => found(net, { 'goods-received': day(on) });
  const first = revise([], received('2026-03-02'));
  const second = revise(first, received('2026-03-05'));
  expect(second.map(({ unadjusted, dates }) => [dates['goods-received'], unadjusted])).toEqual([
    ['2026-03-02', '2026-04-01'],
    ['2026-03-05', '2026-04-04'],
  ]);
  expect(revise(second, received('2026-03-05'))).toBe(second);
});

test('C7 · the month is that of the site: 2026-12-01T07:30Z is still November in Seattle', () => {
  const eom = terms({ kind: 'month-end-then-days', days: 30 });
  const at = { 'invoice-date': instant('2026-12-01T07:30:00Z') };
  expect(found(eom, datesIn('America/Los_Angeles', at)).unadjusted).toBe('2026-12-30');
  expect(found(eom, datesIn('Asia/Tokyo', at)).unadjusted).toBe('2027-01-30');
});

describe('U2 · 2% 10 net 30', () => {
  const quick = (roll: Roll, excludes: readonly ('freight' | 'tax')[] = ['freight']): PaymentTerms => ({
    ...terms({ kind: 'days', days: 30 }, 'following'),
    discount: { percent: decimal('2'), offset: { kind: 'days', days: 10 }, excludes, roll },
  });
  const amounts = { total: money(105_025n, 'USD'), freight: money(5_000n, 'USD') };

  test('freight earns no discount; half a cent is rounded away from zero', () => {
    expect(found(quick('none'), invoiced('2026-06-24'), fedCalendar, amounts).discount?.amount).toEqual(
      money(2_001n, 'USD'),
    );
    expect(found(quick('none', []), invoiced('2026-06-24'), fedCalendar, amounts).discount?.amount).toEqual(
      money(2_101n, 'USD'),
    );
  });
  test('what a document says is discountable counts, and nothing is left out of it', () => {
    const stated = { total: amounts.total, discountable: money(90_000n, 'USD') };
    expect(found(quick('none'), invoiced('2026-06-24'), fedCalendar, stated).discount?.amount).toEqual(
      money(1_800n, 'USD'),
    );
  });
  test('the discount of a credit is its exact negative', () => {
    const credit = { total: money(-105_025n, 'USD'), freight: money(-5_000n, 'USD') };
    expect(found(quick('none'), invoiced('2026-06-24'), fedCalendar, credit).discount?.amount).toEqual(
      money(-2_001n, 'USD'),
    );
  });
  test('its day moves only if it was agreed to', () => {
    // 24 June and 10 days is the Fourth of July, a Saturday.
    const until = (roll: Roll) => found(quick(roll), invoiced('2026-06-24'), fedCalendar, amounts).discount?.adjusted;
    expect([until('none'), until('following'), until('preceding')]).toEqual(['2026-07-04', '2026-07-06', '2026-07-03']);
  });
  test('freight that was not told is not taken for nothing', () => {
    expect(dueDate(quick('none'), invoiced('2026-06-24'), fedCalendar, { total: amounts.total })).toEqual({
      ok: false,
      refusal: { code: 'TERM_AMOUNT_MISSING', amount: 'freight' },
    });
  });
});

describe('C9 · instalments', () => {
  const part = (percent: string, days: number) => ({
    percent: decimal(percent),
    offset: { kind: 'days', days } as const,
  });
  test('add up to the minor unit, whatever the total', () => {
    const thirds: PaymentTerms = {
      ...netTerms(0),
      parts: [part('33.33', 30), part('33.33', 60), part('33.34', 90)],
    };
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (minor) => {
        const { parts } = found(thirds, invoiced('2026-03-02'), fedCalendar, { total: money(minor, 'USD') });
        const amounts = parts.flatMap(({ amount }) => (amount === undefined ? [] : [amount]));
        expect(amounts).toHaveLength(3);
        expect(sum(amounts, money(0n, 'USD').currency).minor).toBe(minor);
      }),
      { numRuns: 200 },
    );
  });
  test('the last day counts as the due date; each keeps its own', () => {
    const halves = { ...netTerms(0), parts: [part('50', 30), part('50', 60)] as const };
    const due = found(halves, invoiced('2026-03-02'), fedCalendar, { total: money(101n, 'USD') });
    expect(due.unadjusted).toBe('2026-05-01');
    expect(due.parts.map(({ unadjusted, amount }) => [unadjusted, amount?.minor])).toEqual([
      ['2026-04-01', 51n],
      ['2026-05-01', 50n],
    ]);
  });
  test('that do not add up, and numbers nobody can mean, are refused all at once', () => {
    const wrong: PaymentTerms = {
      ...netTerms(0),
      parts: [part('50', -1), part('40', 60)],
      discount: {
        percent: decimal('101'),
        offset: { kind: 'proximo', day: 32, monthsLater: 1 },
        excludes: [],
        roll: 'none',
      },
    };
    expect(dueDate(wrong, invoiced('2026-03-02'), fedCalendar)).toEqual({
      ok: false,
      refusal: {
        code: 'TERMS_INVALID',
        problems: ['-1 days', 'instalments that do not add up to 100 %', 'day 32 of a month', 'a discount of 101 %'],
      },
    });
  });
});

describe('C6 · the laws of settlement', () => {
  const days = fc.integer({ min: 0, max: 365 * 6 }).map((n) => addDays(day('2022-03-01'), n));
  test('a later base date never gives an earlier day, under any offset', () => {
    const offset = fc.oneof(
      fc.record({
        kind: fc.constantFrom('days', 'month-end-then-days', 'days-then-month-end', 'bank-days'),
        days: fc.nat(60),
      }),
      fc.record({ kind: fc.constant('months'), months: fc.nat(12) }),
      fc.record({
        kind: fc.constant('closing'),
        closesOn: fc.integer({ min: 1, max: 31 }),
        paysOn: fc.integer({ min: 1, max: 31 }),
        monthsLater: fc.integer({ min: 1, max: 3 }),
      }),
    ) as fc.Arbitrary<Offset>;
    const roll = fc.constantFrom<Roll>('none', 'following', 'modified-following', 'preceding', 'modified-preceding');
    fc.assert(
      fc.property(days, fc.nat(40), offset, roll, (from, more, to, by) => {
        const [early, late] = [from, addDays(from, more)].map((at) => found(terms(to, by), invoiced(at)));
        if (early === undefined || late === undefined) throw new Error('two dates');
        expect(early.unadjusted <= late.unadjusted).toBe(true);
        expect(early.adjusted <= late.adjusted).toBe(true);
        if (by !== 'none') expect(fedCalendar.isOpen(early.adjusted)).toEqual({ ok: true, value: true });
        if (by.startsWith('modified')) expect(isSameMonth(early.adjusted, early.unadjusted)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
  test('"EOM" in either reading is never before the plain days, nor more than a month after', () => {
    fc.assert(
      fc.property(days, fc.nat(120), (from, n) => {
        const plain = addDays(from, n);
        for (const kind of ['month-end-then-days', 'days-then-month-end'] as const) {
          const at = unadjusted({ kind, days: n }, from);
          expect(at >= plain && at <= addDays(plain, 30)).toBe(true);
          if (kind === 'days-then-month-end') expect(at).toBe(monthEnd(at));
        }
      }),
      { numRuns: 100 },
    );
  });
});
