import { describe, expect, test } from 'vitest';
import { fedCalendar } from '../../plugins/sites/us/bank-calendar.ts';
import { day } from '../../src/base/calendar-date.ts';
import { decimal } from '../../src/base/decimal.ts';
import {
  type AmazonTerms,
  type BaseDate,
  dueDate,
  fromAmazonTerms,
  inFull,
  netTerms,
  type Offset,
  type PaymentTerms,
  parseTermsText,
  toAmazonTerms,
  toItd,
} from '../../src/domain/payment-terms/index.ts';

const terms = (offset: Offset, base: BaseDate = { kind: 'event', event: 'invoice-date' }): PaymentTerms => ({
  base,
  parts: inFull(offset),
  roll: 'none',
});
const quick: PaymentTerms = {
  ...netTerms(60),
  discount: { percent: decimal('2'), offset: { kind: 'days', days: 30 }, excludes: [], roll: 'none' },
};
const read = (text: string, agreed?: Parameters<typeof parseTermsText>[1]) => {
  const parsed = parseTermsText(text, agreed);
  return parsed.ok ? parsed.value : parsed.refusal;
};

describe('U3 · terms as Amazon writes them', () => {
  test.each(['NET30', 'NET 30', 'net 30', 'N30', ' Net 30 days '])('%s', (text) => {
    expect(read(text)).toEqual(netTerms(30));
  });
  test.each(['2% 30 NET 60', '2% 30, net 60', '2 30 N60', '2.00% 30 NET60'])('%s', (text) =>
    expect(read(text)).toEqual(quick),
  );
  test.each(['30 EOM', 'NET 30 EOM', '30 days EOM', 'net30 eom'])('%s', (text) => {
    expect(read(text)).toEqual(terms({ kind: 'month-end-then-days', days: 30 }));
  });
  test('30 EOM of an invoice of 1 January is due on 2 March', () => {
    const parsed = parseTermsText('30 EOM');
    const due = parsed.ok && dueDate(parsed.value, { 'invoice-date': day('2026-01-01') }, fedCalendar);
    expect(due).toMatchObject({ ok: true, value: { unadjusted: '2026-03-02' } });
  });
  test('the other reading is taken only where it was agreed', () => {
    expect(read('45 EOM', { monthEnd: 'days-then-month-end' })).toEqual(
      terms({ kind: 'days-then-month-end', days: 45 }),
    );
  });
  test.each(['', 'NET', 'EOM', 'NET 30 60', '2% NET 60', 'as agreed', 'NET 3000', '-5'])(
    '"%s" is not guessed',
    (text) => {
      expect(read(text)).toEqual({ code: 'TERMS_NOT_READ', text });
    },
  );
});

describe('U5 · Amazon’s structure', () => {
  const from = (structure: AmazonTerms, agreed?: Parameters<typeof fromAmazonTerms>[1]) => {
    const result = fromAmazonTerms(structure, agreed);
    return result.ok ? result.value : result.refusal;
  };
  test.each<[AmazonTerms, PaymentTerms]>([
    [{ type: 'Basic', netDueDays: 90 }, netTerms(90)],
    [{ type: 'Basic', discountPercent: decimal('2'), discountDueDays: 30, netDueDays: 60 }, quick],
    [{ type: 'EndOfMonth', netDueDays: 60 }, terms({ kind: 'month-end-then-days', days: 60 })],
    [{ type: 'Proximo' }, terms({ kind: 'proximo', day: 'last', monthsLater: 1 })],
    [
      { type: 'PaymentDueUponReceiptOfInvoice' },
      terms({ kind: 'days', days: 0 }, { kind: 'event', event: 'invoice-received' }),
    ],
  ])('%o is read, and written back the same', (structure, normal) => {
    expect(from(structure)).toEqual(normal);
    expect(toAmazonTerms(normal)).toEqual({ ok: true, value: structure });
  });
  test('a fixed date needs its date', () => {
    expect(from({ type: 'FixedDate' })).toEqual({ code: 'TERMS_INCOMPLETE', type: 'FixedDate', missing: 'fixedOn' });
    expect(from({ type: 'FixedDate' }, { fixedOn: day('2027-02-28') })).toMatchObject({
      base: { kind: 'fixed', on: '2027-02-28' },
    });
  });
  test('half of a term is not completed, and what is not handled is said', () => {
    expect(from({ type: 'Basic' })).toMatchObject({ code: 'TERMS_INCOMPLETE', missing: 'netDueDays' });
    expect(from({ discountPercent: decimal('2'), netDueDays: 60 })).toMatchObject({ missing: 'discountDueDays' });
    expect(from({ discountDueDays: 10, netDueDays: 60 })).toMatchObject({ missing: 'discountPercent' });
    expect(from({ type: 'LetterofCredit' })).toEqual({ code: 'TERMS_NOT_HANDLED', type: 'LetterofCredit' });
    expect(from({ type: 'Proximo', netDueDays: 30 })).toMatchObject({ code: 'TERMS_NOT_READ' });
    expect(from({ type: 'Weekly', netDueDays: 7 })).toEqual({ code: 'TERMS_NOT_READ', text: 'Weekly' });
    expect(from({ type: 'Basic', netDueDays: 30.5 })).toMatchObject({ code: 'TERMS_INVALID' });
  });
});

const laterOf: PaymentTerms = terms(
  { kind: 'days', days: 60 },
  {
    kind: 'later-of',
    events: ['invoice-received', 'goods-received'],
  },
);

describe('U5 · X12 ITD', () => {
  test.each<[string, PaymentTerms, object]>([
    ['net', netTerms(60), { itd01: '05', itd02: '3', itd07: '60' }],
    ['net with discount', quick, { itd01: '08', itd02: '3', itd03: '2', itd05: '30', itd07: '60' }],
    ['end of month', terms({ kind: 'month-end-then-days', days: 60 }), { itd01: '02', itd02: '3', itd07: '60' }],
    ['10 days after end of month', terms({ kind: 'month-end-then-days', days: 10 }), { itd01: '12', itd02: '3' }],
    ['10th proximo', terms({ kind: 'proximo', day: 10, monthsLater: 1 }), { itd01: '09', itd02: '3', itd13: '10' }],
    [
      'from receipt of goods',
      terms({ kind: 'days', days: 30 }, { kind: 'event', event: 'goods-received' }),
      { itd01: '05', itd02: '15', itd07: '30' },
    ],
    [
      'on receipt of the invoice',
      terms({ kind: 'days', days: 0 }, { kind: 'event', event: 'invoice-received' }),
      { itd01: '23', itd02: '5' },
    ],
    [
      'a fixed date',
      terms({ kind: 'days', days: 0 }, { kind: 'fixed', on: day('2027-02-28') }),
      { itd01: '03', itd02: '4', itd06: '20270228' },
    ],
  ])('%s', (_name, from, elements) => expect(toItd(from)).toEqual({ ok: true, value: elements }));
});

test.each<[string, PaymentTerms, 'sp-api' | 'x12-itd', string]>([
  ['later of two dates', laterOf, 'sp-api', 'later-of'],
  ['later of two dates', laterOf, 'x12-itd', 'later-of'],
  [
    'from receipt of goods',
    terms({ kind: 'days', days: 30 }, { kind: 'event', event: 'goods-received' }),
    'sp-api',
    'base-date',
  ],
  ['the other French reading', terms({ kind: 'days-then-month-end', days: 45 }), 'sp-api', 'days-then-month-end'],
  ['the other French reading', terms({ kind: 'days-then-month-end', days: 45 }), 'x12-itd', 'days-then-month-end'],
  ['a cut-off day', terms({ kind: 'proximo', day: 10, monthsLater: 1, cutOff: 25 }), 'x12-itd', 'proximo'],
  ['the 10th of next month', terms({ kind: 'proximo', day: 10, monthsLater: 1 }), 'sp-api', 'proximo'],
  ['a closing day', terms({ kind: 'closing', closesOn: 20, monthsLater: 1, paysOn: 'last' }), 'x12-itd', 'closing'],
  ['bank days', terms({ kind: 'bank-days', days: 5 }), 'sp-api', 'bank-days'],
  ['a fixed date', terms({ kind: 'days', days: 0 }, { kind: 'fixed', on: day('2027-02-28') }), 'sp-api', 'fixed-date'],
  [
    'instalments',
    {
      ...netTerms(0),
      parts: [
        { percent: decimal('50'), offset: { kind: 'days', days: 30 } },
        { percent: decimal('50'), offset: { kind: 'days', days: 60 } },
      ],
    },
    'x12-itd',
    'instalments',
  ],
  [
    'a discount without freight',
    {
      ...quick,
      discount: { percent: decimal('2'), offset: { kind: 'days', days: 30 }, excludes: ['freight'], roll: 'none' },
    },
    'sp-api',
    'discount-base',
  ],
])('U5 · %s is refused, not approximated', (_name, from, format, because) => {
  expect(format === 'sp-api' ? toAmazonTerms(from) : toItd(from)).toEqual({
    ok: false,
    refusal: { code: 'TERMS_CANNOT_BE_MAPPED', format, because },
  });
});
