import { describe, expect, test } from 'vitest';
import { targetCalendar } from '../../plugins/sites/eu/bank-calendar.ts';
import { jpCalendar } from '../../plugins/sites/jp/bank-calendar.ts';
import { day } from '../../src/base/calendar-date.ts';
import type { BankCalendar } from '../../src/domain/bank-calendar.ts';
import {
  dueDate,
  inFull,
  type LegalRule,
  legalVerdict,
  type Offset,
  type TermDates,
  type TermEvent,
} from '../../src/domain/payment-terms/index.ts';

const judged = (legal: LegalRule, event: TermEvent, offset: Offset, dates: TermDates, calendar: BankCalendar) => {
  const due = dueDate(
    { base: { kind: 'event', event }, parts: inFull(offset), roll: 'following', legal },
    dates,
    calendar,
  );
  return due.ok ? { adjusted: due.value.adjusted, ...due.value.legal } : due.refusal;
};

describe('J8 · two months from receipt, the day of receipt counted', () => {
  const rule = (rollAgreedInWriting: boolean): LegalRule => ({ kind: 'jp-two-months', rollAgreedInWriting });
  const monthEnd: Offset = { kind: 'closing', closesOn: 'last', monthsLater: 1, paysOn: 'last' };
  const received = (on: string, agreed = false, offset = monthEnd) =>
    judged(rule(agreed), 'goods-received', offset, { 'goods-received': day(on) }, jpCalendar);

  test.each([
    ['2026-07-01', '2026-08-31', 'two long months'],
    ['2026-12-31', '2027-02-28', 'a day February has not ends with February'],
    ['2026-01-15', '2026-03-14', 'the day before its like'],
  ])('received on %s, latest %s: %s', (on, latest) => {
    const dates = { 'goods-received': day(on) };
    expect(legalVerdict(rule(false), { unadjusted: day(latest), adjusted: day(latest) }, dates)).toEqual({
      verdict: 'within',
      rule: 'jp-two-months',
      latest,
    });
  });

  test('month-end closing and the end of next month keeps the limit from the first of the month', () => {
    expect(received('2026-07-01')).toMatchObject({ adjusted: '2026-08-31', verdict: 'within' });
  });
  test('closing on the 20th with the end of next month does not, for goods of the 21st', () => {
    const late = { kind: 'closing', closesOn: 20, monthsLater: 1, paysOn: 'last' } as const;
    expect(received('2026-08-21', true, late)).toEqual({
      adjusted: '2026-11-02',
      verdict: 'exceeds',
      rule: 'jp-two-months',
      latest: '2026-10-20',
      daysOver: 13,
      byRollOnly: false,
    });
  });
  test('a roll of two days past it is tolerated when agreed in writing, and reported when not', () => {
    // 31 May 2026 is a Sunday.
    const over = { adjusted: '2026-06-01', rule: 'jp-two-months', latest: '2026-05-31', daysOver: 1 };
    expect(received('2026-04-01', true)).toEqual({ ...over, verdict: 'tolerated', because: 'roll-agreed-in-writing' });
    expect(received('2026-04-01', false)).toEqual({ ...over, verdict: 'exceeds', byRollOnly: true });
    // Saturday 31 October rolls two.
    expect(received('2026-09-01', true)).toMatchObject({ adjusted: '2026-11-02', verdict: 'tolerated', daysOver: 2 });
  });
  test('a roll of four days over New Year is not, agreed or not', () => {
    expect(received('2026-11-01', true)).toEqual({
      adjusted: '2027-01-04',
      verdict: 'exceeds',
      rule: 'jp-two-months',
      latest: '2026-12-31',
      daysOver: 4,
      byRollOnly: true,
    });
  });
  test('a longer roll is lawful while still inside the two months', () => {
    expect(received('2026-11-05', false)).toMatchObject({
      adjusted: '2027-01-04',
      verdict: 'within',
      latest: '2027-01-04',
    });
  });
});

describe('E13 · French limits', () => {
  const invoiced = { 'invoice-date': day('2026-01-15') };
  const french = (legal: LegalRule, offset: Offset) => judged(legal, 'invoice-date', offset, invoiced, targetCalendar);

  test('60 days from the invoice date', () => {
    expect(french({ kind: 'fr-60-days' }, { kind: 'days', days: 60 })).toEqual({
      adjusted: '2026-03-16',
      verdict: 'within',
      rule: 'fr-60-days',
      latest: '2026-03-16',
    });
    expect(french({ kind: 'fr-60-days' }, { kind: 'days', days: 61 })).toMatchObject({
      verdict: 'exceeds',
      daysOver: 1,
      byRollOnly: false,
    });
  });
  test('45 days end of month, in the reading that was agreed', () => {
    const offset = { kind: 'days-then-month-end', days: 45 } as const;
    const reading = (kind: 'month-end-then-days' | 'days-then-month-end') =>
      french({ kind: 'fr-45-days-month-end', reading: kind }, offset);
    expect(reading('days-then-month-end')).toMatchObject({ verdict: 'within', latest: '2026-03-31' });
    expect(reading('month-end-then-days')).toMatchObject({ verdict: 'exceeds', latest: '2026-03-17', daysOver: 14 });
  });
  test('a roll that alone breaks the limit is reported as that', () => {
    const friday = { 'invoice-date': day('2026-01-20') };
    // 21 March 2026 is a Saturday.
    expect(judged({ kind: 'fr-60-days' }, 'invoice-date', { kind: 'days', days: 60 }, friday, targetCalendar)).toEqual({
      adjusted: '2026-03-23',
      verdict: 'exceeds',
      rule: 'fr-60-days',
      latest: '2026-03-21',
      daysOver: 2,
      byRollOnly: true,
    });
  });
});

describe('the Directive', () => {
  const net90 = { kind: 'days', days: 90 } as const;
  const dates = { 'invoice-date': day('2026-01-15'), 'invoice-received': day('2026-01-16') };
  const european = (legal: LegalRule, known: TermDates = dates) =>
    judged(legal, 'invoice-date', net90, known, targetCalendar);

  test('more than 60 days only where expressly agreed; in Belgium not even then', () => {
    expect(european({ kind: 'eu-60-days', expresslyAgreed: true })).toMatchObject({
      verdict: 'tolerated',
      because: 'expressly-agreed',
      latest: '2026-03-17',
      daysOver: 29,
    });
    expect(european({ kind: 'eu-60-days', expresslyAgreed: false })).toMatchObject({
      verdict: 'exceeds',
      daysOver: 29,
    });
    expect(european({ kind: 'be-60-days' })).toMatchObject({ verdict: 'exceeds', daysOver: 29 });
  });
  test('goods that come after the invoice start the time', () => {
    const later = { ...dates, 'goods-received': day('2026-02-20') };
    expect(european({ kind: 'be-60-days' }, later)).toMatchObject({ verdict: 'within', latest: '2026-04-21' });
  });
  test('without the day it counts from, nothing is claimed', () => {
    expect(european({ kind: 'be-60-days' }, { 'invoice-date': day('2026-01-15') })).toEqual({
      adjusted: '2026-04-15',
      verdict: 'cannot-tell',
      rule: 'be-60-days',
      missing: 'invoice-received',
    });
  });
});
