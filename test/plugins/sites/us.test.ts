import { expect, test } from 'vitest';
import { us } from '../../../plugins/sites/us/index.ts';
import { day } from '../../../src/base/calendar-date.ts';
import { money } from '../../../src/base/money.ts';

const invoice = {
  lines: [{ net: money(125_000n, 'USD'), taxClass: 'standard' }],
  taxPoint: day('2026-09-13'),
  shipToCountry: 'US',
};

test('U1 · no tax for resale with a valid certificate; a warning without one, or with an expired one', () => {
  const warnings = (certificates: Parameters<typeof us.tax>[0]['certificates']) => {
    const answer = us.tax({ ...invoice, certificates });
    return (
      answer.ok && [answer.value.taxes.length, answer.value.rule, ...answer.value.warnings.map(({ code }) => code)]
    );
  };
  expect(warnings([{ kind: 'resale', validUntil: day('2026-12-31') }])).toEqual([0, 'us/resale']);
  expect(warnings([])).toEqual([0, 'us/resale', 'RESALE_CERTIFICATE_MISSING']);
  expect(warnings([{ kind: 'resale', validUntil: day('2026-09-12') }])).toEqual([
    0,
    'us/resale',
    'RESALE_CERTIFICATE_EXPIRED',
  ]);
});

test.each([
  ['2026-07-03', '2026-07-03', 'a holiday on a Saturday is not moved to Friday'],
  ['2027-07-04', '2027-07-06', 'a holiday on a Sunday is kept on Monday'],
  ['2027-12-31', '2027-12-31', 'New Year on a Saturday is not moved'],
  ['2029-11-11', '2029-11-13', 'Veterans Day on a Sunday is kept on Monday'],
  ['2026-11-26', '2026-11-27', 'Thanksgiving is the fourth Thursday'],
  ['2026-05-25', '2026-05-26', 'Memorial Day is the last Monday of May'],
  ['2026-09-12', '2026-09-14', 'banks keep their weekend'],
])('U4 · due %s is paid %s: %s', (due, paid) => {
  expect(us.payday(day(due))).toEqual({ ok: true, value: paid });
});

test('C10 · a year outside the known ones is a refusal, never "open"', () => {
  expect(us.payday(day('2033-01-03'))).toEqual({
    ok: false,
    refusal: { code: 'YEAR_OUT_OF_RANGE', year: 2033, known: [2022, 2032] },
  });
});
