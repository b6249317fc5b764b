import { describe, expect, test } from 'vitest';
import { fedCalendar } from '../../plugins/sites/us/bank-calendar.ts';
import { addDays, day } from '../../src/base/calendar-date.ts';
import { calendarOf } from '../../src/domain/bank-calendar.ts';
import { type DatedRow, datedRowProblems, rowOn } from '../../src/domain/dated-rows.ts';
import {
  type ClockRow,
  clockOn,
  inFull,
  type SettlementBook,
  type SettlementQuestion,
  settledBy,
  toAmazonTerms,
  vendorCentralClock,
} from '../../src/domain/payment-terms/index.ts';

const source = 'Vendor terms';
const since = (on: string, until?: string): DatedRow => ({
  since: day(on),
  source,
  ...(until === undefined ? {} : { until: day(until) }),
});
const from = (event: 'invoice-date' | 'invoice-received' | 'goods-received' | 'shipped'): Pick<ClockRow, 'base'> => ({
  base: { kind: 'event', event },
});
const book: SettlementBook = { site: 'US', calendar: fedCalendar, clock: vendorCentralClock };
const settled = (of: SettlementBook, question: SettlementQuestion) => {
  const answer = settledBy(of)(question);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  return answer.value;
};

describe('C10 · dated rows', () => {
  const problems = (...rows: DatedRow[]) =>
    datedRowProblems(rows, () => 'one').map(({ code, row }) => `${code} ${row}`);
  test('follow each other, in any order, or end', () => {
    expect(problems(since('2026-01-01'), since('2025-01-01'), since('2024-01-01', '2024-12-31'))).toEqual([]);
    expect(problems(since('2026-01-01', '2026-06-30'))).toEqual([]);
  });
  test('neither overlap, nor leave a gap, nor end before they begin, nor come from nowhere', () => {
    expect(problems(since('2026-01-01'), since('2026-01-01'))).toEqual(['ROW_OVERLAP 1']);
    expect(problems(since('2026-07-01'), since('2026-01-01', '2026-07-01'))).toEqual(['ROW_OVERLAP 0']);
    expect(problems(since('2026-01-01', '2026-06-29'), since('2026-07-01'))).toEqual(['ROW_GAP 1']);
    expect(problems(since('2026-01-01', '2025-12-31'))).toEqual(['ROW_ENDS_BEFORE_IT_BEGINS 0']);
    expect(problems({ ...since('2026-01-01'), source: ' ' })).toEqual(['ROW_WITHOUT_SOURCE 0']);
  });
  test('of two in force the newer counts, and one that has ended does not', () => {
    const rows = [since('2025-01-01'), since('2026-01-01', '2026-06-30')];
    expect(rowOn(rows, day('2025-12-31'))).toBe(rows[0]);
    expect(rowOn(rows, day('2026-06-30'))).toBe(rows[1]);
    expect(rowOn(rows, day('2026-07-01'))).toBeUndefined();
    expect(rowOn(rows, day('2024-12-31'))).toBeUndefined();
  });
});

describe('the payment clock', () => {
  const rows: readonly ClockRow[] = [
    { ...since('2020-01-01'), ...from('invoice-date') },
    { ...since('2025-01-01'), freightTerm: 'COLLECT', ...from('invoice-received') },
    { ...since('2026-01-01'), vendorCode: 'LARK1', ...from('shipped') },
    { ...since('2026-01-01'), vendorCode: 'LARK2', freightTerm: 'PREPAID', ...from('goods-received') },
  ];
  const counted = (question: Parameters<typeof clockOn>[1]) => {
    const found = clockOn(rows, question);
    return found.ok ? (found.value.base.kind === 'event' ? found.value.base.event : 'later-of') : found.refusal.code;
  };
  test('is that of the vendor code, then that of the freight term, then that of all', () => {
    const on = day('2026-03-01');
    expect(counted({ on, vendorCode: 'LARK1', freightTerm: 'COLLECT' })).toBe('shipped');
    expect(counted({ on, vendorCode: 'LARK2', freightTerm: 'PREPAID' })).toBe('goods-received');
    expect(counted({ on, vendorCode: 'LARK2', freightTerm: 'COLLECT' })).toBe('invoice-received');
    expect(counted({ on, vendorCode: 'HAWT1', freightTerm: 'PREPAID' })).toBe('invoice-date');
    expect(counted({ on: day('2024-12-31'), freightTerm: 'COLLECT' })).toBe('invoice-date');
  });
  test('is not guessed where it depends on who pays the carrier, and nobody says', () => {
    expect(counted({ on: day('2026-03-01') })).toBe('FREIGHT_TERM_MISSING');
    expect(counted({ on: day('2026-03-01'), vendorCode: 'LARK1' })).toBe('shipped');
    expect(counted({ on: day('2024-03-01') })).toBe('invoice-date');
    expect(counted({ on: day('2019-12-31') })).toBe('PAYMENT_CLOCK_UNKNOWN');
  });

  test('the rule of 2024 and that of 2026 give the same invoice different days', () => {
    const question: SettlementQuestion = {
      terms: { text: 'NET 30' },
      freightTerm: 'PREPAID',
      dates: {
        'invoice-date': day('2026-03-15'),
        'invoice-received': day('2026-03-17'),
        'goods-received': day('2026-03-25'),
      },
    };
    const rule = (year: string): SettlementBook => ({
      ...book,
      // The rows that were in force then, as if nothing had come after them.
      clock: vendorCentralClock
        .filter(
          ({ since: first, until }) => first <= `${year}-12-31` && (until === undefined || until >= `${year}-01-01`),
        )
        .map(({ until: _until, ...row }) => row),
    });
    expect(settled(rule('2024'), question)).toMatchObject({ unadjusted: '2026-04-14', clock: from('invoice-date') });
    expect(settled(rule('2026'), question)).toMatchObject({
      unadjusted: '2026-04-24',
      clock: { freightTerm: 'PREPAID' },
    });
  });

  test('U5 · what it leads to has no words in Amazon’s structure: refused, and not approximated', () => {
    const { terms } = settled(book, {
      terms: { text: 'NET 30' },
      freightTerm: 'PREPAID',
      dates: {
        'invoice-date': day('2026-03-15'),
        'invoice-received': day('2026-03-17'),
        'goods-received': day('2026-03-25'),
      },
    });
    expect(toAmazonTerms(terms)).toEqual({
      ok: false,
      refusal: { code: 'TERMS_CANNOT_BE_MAPPED', format: 'sp-api', because: 'later-of' },
    });
  });
});

describe('a settlement', () => {
  const dates = { 'invoice-date': day('2026-03-02'), 'invoice-received': day('2026-03-02') };
  test('takes terms from the question, else from the agreement, else from the document', () => {
    const agreed: SettlementBook = {
      ...book,
      agreements: [
        {
          ...since('2026-01-01'),
          terms: { ...from('invoice-date'), parts: inFull({ kind: 'days', days: 45 }), roll: 'none' },
        },
      ],
    };
    const question: SettlementQuestion = { terms: { text: 'NET 30' }, freightTerm: 'COLLECT', dates };
    const asked = { ...from('invoice-date'), parts: inFull({ kind: 'days', days: 7 }), roll: 'none' } as const;
    expect(settled(agreed, { ...question, normalForm: asked })).toMatchObject({
      unadjusted: '2026-03-09',
      termsFrom: 'question',
    });
    expect(settled(agreed, question)).toMatchObject({ unadjusted: '2026-04-16', termsFrom: 'agreement' });
    expect(settled(book, question)).toMatchObject({ unadjusted: '2026-04-01', termsFrom: 'document' });
  });

  test('says by a version which rows it was found by', () => {
    const question: SettlementQuestion = { terms: { text: 'NET 30' }, freightTerm: 'COLLECT', dates };
    const more = { ...book, agreements: [{ ...since('2030-01-01'), roll: 'none' as const }] };
    expect(settled(book, question).version).toMatch(/^us\/settlement@[0-9a-f]{12}$/);
    expect(settled(book, question).version).toBe(settled({ ...book }, question).version);
    expect(settled(more, question).version).not.toBe(settled(book, question).version);
  });

  test('has no book with holes: a mistake of its writer stops the start', () => {
    const twice = { ...book, clock: [...vendorCentralClock, ...vendorCentralClock] };
    expect(() => settledBy(twice)).toThrow(/the settlement of US is whole/);
  });
});

test('a calendar of which only the next open day is told walks back as well', () => {
  const weekdays = calendarOf({ id: 'FED', version: '1', known: [2022, 2032], next: fedCalendar.next });
  for (let at = day('2026-06-25'); at < '2026-07-15'; at = addDays(at, 1)) {
    expect(weekdays.isOpen(at)).toEqual(fedCalendar.isOpen(at));
    expect(weekdays.previous(at)).toEqual(fedCalendar.previous(at));
  }
  expect(weekdays.previous(day('2021-06-01'))).toMatchObject({ ok: false, refusal: { code: 'YEAR_OUT_OF_RANGE' } });
});
