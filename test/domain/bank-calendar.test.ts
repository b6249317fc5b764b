import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caCalendar, canadianCalendar } from '../../plugins/sites/ca/bank-calendar.ts';
import { targetCalendar } from '../../plugins/sites/eu/bank-calendar.ts';
import { jpCalendar } from '../../plugins/sites/jp/bank-calendar.ts';
import { fedCalendar } from '../../plugins/sites/us/bank-calendar.ts';
import { addDays, day } from '../../src/base/calendar-date.ts';
import { isSameMonth } from '../../src/base/months.ts';
import { type CalendarOverride, type RuledCalendar, withOverrides } from '../../src/domain/bank-calendar.ts';
import { easterSunday } from '../../src/domain/bank-holidays.ts';
import { addBankDays, type Roll, rollDate } from '../../src/domain/roll.ts';

const open = (calendar: RuledCalendar, at: string) => {
  const answer = calendar.isOpen(day(at));
  return answer.ok ? answer.value : answer.refusal.code;
};
const closedIn = (calendar: RuledCalendar, year: number) => {
  const days = calendar.closedDays(year);
  return days.ok ? days.value.map(({ on }) => on.slice(5)).join(' ') : days.refusal.code;
};

test('Easter Sunday is where the tables put it, the earliest and the latest too', () => {
  const asPublished =
    '1818-03-22 1943-04-25 1954-04-18 1981-04-19 2000-04-23 2024-03-31 2026-04-05 2038-04-25 2049-04-18';
  for (const at of asPublished.split(' ')) expect(easterSunday(Number(at.slice(0, 4)))).toBe(at);
});

describe('every weekday closed, as published', () => {
  test.each([
    [2026, '01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25'],
    [2027, '01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25'],
    [2029, '01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25'],
  ])('U4 · Fed %i', (year, days) => expect(closedIn(fedCalendar, year)).toBe(days));

  test.each([
    [2024, '01-01 03-29 04-01 05-01 12-25 12-26'],
    [2026, '01-01 04-03 04-06 05-01 12-25'],
    [2027, '01-01 03-26 03-29'],
  ])('E12 · TARGET %i', (year, days) => expect(closedIn(targetCalendar, year)).toBe(days));

  test.each([
    [2020, '01-01 02-17 04-10 05-18 07-01 08-03 09-07 10-12 11-11 12-25 12-28'],
    [2022, '01-03 02-21 04-15 05-23 07-01 08-01 09-05 09-30 10-10 11-11 12-26 12-27'],
    [2026, '01-01 02-16 04-03 05-18 07-01 08-03 09-07 09-30 10-12 11-11 12-25 12-28'],
    [2027, '01-01 02-15 03-26 05-24 07-01 08-02 09-06 09-30 10-11 11-11 12-27 12-28'],
    [2028, '01-03 02-21 04-14 05-22 07-03 08-07 09-04 10-02 10-09 11-13 12-25 12-26'],
  ])('A7 · Canada %i', (year, days) => expect(closedIn(caCalendar, year)).toBe(days));

  test.each([
    [
      2020,
      '01-01 01-02 01-03 01-13 02-11 02-24 03-20 04-29 05-04 05-05 05-06 07-23 07-24 08-10 09-21 09-22 11-03 11-23 12-31',
    ],
    [2021, '01-01 01-11 02-11 02-23 04-29 05-03 05-04 05-05 07-22 07-23 08-09 09-20 09-23 11-03 11-23 12-31'],
    [
      2026,
      '01-01 01-02 01-12 02-11 02-23 03-20 04-29 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23 12-31',
    ],
    [2027, '01-01 01-11 02-11 02-23 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23 12-31'],
  ])('J7 · Japan %i', (year, days) => expect(closedIn(jpCalendar, year)).toBe(days));
});

test('U4 · the Fed keeps a Sunday holiday on Monday and does not move one from Saturday', () => {
  const days = ['2026-07-03', '2027-07-05', '2027-12-31', '2029-11-12'];
  expect(days.map((at) => open(fedCalendar, at))).toEqual([true, false, true, false]);
});

test('E12 · TARGET settles on 24 and 31 December, on Ascension and on the German Day of Unity', () => {
  const days = ['2026-12-24', '2026-12-31', '2026-05-14', '2025-10-03'];
  expect(days.map((at) => open(targetCalendar, at))).toEqual([true, true, true, true]);
  expect(rollDate(day('2026-12-24'), 'following', targetCalendar)).toEqual({ ok: true, value: '2026-12-24' });
});

test('A7 · Family Day and the Civic Holiday can each be kept or not, and the version says which', () => {
  const [family, civic] = ['2026-02-16', '2026-08-03'];
  const kept = (choice: Parameters<typeof canadianCalendar>[0]) => {
    const calendar = canadianCalendar(choice);
    return [open(calendar, family), open(calendar, civic), calendar.version];
  };
  expect(kept({})).toEqual([false, false, '2026.1']);
  expect(kept({ familyDay: false })).toEqual([true, false, '2026.1-family-day']);
  expect(kept({ civicHoliday: false })).toEqual([false, true, '2026.1-civic-holiday']);
});

test('J7 · in Japan a day between two holidays is one, and a reason is given for every closure', () => {
  const days = jpCalendar.closedDays(2026);
  const why = new Map(days.ok ? days.value.map(({ on, name }) => [on as string, name]) : []);
  expect(why.get('2026-09-22')).toBe('Between Respect for the Aged Day and Autumnal Equinox Day');
  expect(why.get('2026-05-06')).toBe('Constitution Memorial Day, in lieu');
  expect(open(jpCalendar, '2027-03-22')).toBe(false);
});

const calendars = [fedCalendar, targetCalendar, caCalendar, jpCalendar];
const rolls: readonly Roll[] = ['following', 'modified-following', 'preceding', 'modified-preceding'];

describe.each(calendars)('$id', (calendar) => {
  // A fortnight inside the edges, so that a roll does not leave the known years.
  const first = addDays(day(`${calendar.known[0]}-01-01`), 14);
  const span = (calendar.known[1] - calendar.known[0] + 1) * 365 - 28;
  const days = fc.integer({ min: 0, max: span }).map((n) => addDays(first, n));

  test('C6 · a rolled day is open; following never moves back, preceding never forward, modified stays in its month', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...rolls), (at, roll) => {
        const rolled = rollDate(at, roll, calendar);
        if (!rolled.ok) throw new Error(`${at} is refused`);
        expect(calendar.isOpen(rolled.value)).toEqual({ ok: true, value: true });
        if (roll === 'following') expect(rolled.value >= at).toBe(true);
        if (roll === 'preceding') expect(rolled.value <= at).toBe(true);
        if (roll.startsWith('modified')) expect(isSameMonth(rolled.value, at)).toBe(true);
        expect(rollDate(rolled.value, roll, calendar)).toEqual(rolled);
      }),
      { numRuns: 300 },
    );
  });

  test('bank days add up: so many and so many more are their sum', () => {
    const few = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: span - 60 }).map((n) => addDays(first, n)),
        few,
        few,
        (at, a, b) => {
          const once = addBankDays(at, a + b, calendar);
          const half = addBankDays(at, a, calendar);
          expect(half.ok && addBankDays(half.value, b, calendar)).toEqual(once);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('C10 · a year outside the known ones is refused, never open', () => {
    const [from, to] = calendar.known;
    for (const year of [from - 1, to + 1]) {
      const refused = { ok: false, refusal: { code: 'YEAR_OUT_OF_RANGE', year, known: [from, to] } };
      const at = day(`${year}-06-15`);
      expect([calendar.isOpen(at), calendar.next(at), calendar.previous(at), calendar.closedDays(year)]).toEqual([
        refused,
        refused,
        refused,
        refused,
      ]);
    }
  });
});

describe("an operator's days", () => {
  const notice = (on: string, is: 'open' | 'closed'): CalendarOverride => ({
    on: day(on),
    is,
    name: 'Notice',
    source: 'operator',
  });

  test('are put in and taken out under a version of their own', () => {
    const added = withOverrides(fedCalendar, [notice('2026-03-02', 'closed'), notice('2026-06-19', 'open')], 'ours-1');
    if (!added.ok) throw new Error('refused');
    expect([added.value.version, open(added.value, '2026-03-02'), open(added.value, '2026-06-19')]).toEqual([
      'ours-1',
      false,
      true,
    ]);
    expect(open(fedCalendar, '2026-03-02')).toBe(true);
  });

  test('are refused all at once when they change nothing, come twice, or lie outside the known years', () => {
    const wrong = ['2026-12-25', '2026-03-07', '2026-03-02', '2026-03-02', '2040-01-02'].map((at) =>
      notice(at, 'closed'),
    );
    const refused = withOverrides(fedCalendar, wrong, 'ours-2');
    expect(refused.ok ? [] : refused.refusal.map(({ code, on }) => `${on} ${code}`)).toEqual([
      '2026-12-25 OVERRIDE_CHANGES_NOTHING',
      '2026-03-07 OVERRIDE_CHANGES_NOTHING',
      '2026-03-02 OVERRIDE_GIVEN_TWICE',
      '2040-01-02 YEAR_OUT_OF_RANGE',
    ]);
  });
});
