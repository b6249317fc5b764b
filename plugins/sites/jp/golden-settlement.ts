import {
  type Currency,
  type DayOfMonth,
  day,
  decimal,
  type GoldenCase,
  money,
  no,
  type Offset,
  type PaymentTerms,
  type Roll,
  type SettlementQuestion,
  yes,
} from 'acorn/plugin';

const banks = 'Banking Act, article 15; Act on National Holidays, articles 2 and 3';
const practice = 'Closing day and pay day as agreed in a basic agreement; the closing day belongs to its period';
const subcontract =
  'Act on subcontract payments, article 2-2 (toriteki-ho since 1 January 2026), with guidance of the JFTC';

const asked = (name: string, source: string, input: SettlementQuestion, answer: unknown): GoldenCase => ({
  rule: 'settlement',
  name,
  site: 'JP',
  source,
  input,
  answer,
});
const due = (unadjusted: string, adjusted = unadjusted) =>
  yes({ unadjusted: day(unadjusted), adjusted: day(adjusted) });
const stated = (name: string, text: string, invoiced: string, unadjusted: string, adjusted = unadjusted): GoldenCase =>
  asked(name, banks, { terms: { text }, dates: { 'invoice-date': day(invoiced) } }, due(unadjusted, adjusted));

const fromGoods = (offset: Offset, roll: Roll = 'following'): PaymentTerms => ({
  base: { kind: 'event', event: 'goods-received' },
  parts: [{ percent: decimal('100'), offset }],
  roll,
});
const closing = (closesOn: DayOfMonth, monthsLater: number, paysOn: DayOfMonth): Offset => ({
  kind: 'closing',
  closesOn,
  monthsLater,
  paysOn,
});
const received = (on: string): SettlementQuestion['dates'] => ({ 'invoice-date': day(on), 'goods-received': day(on) });
const closed = (name: string, offset: Offset, goods: string, unadjusted: string, adjusted = unadjusted): GoldenCase =>
  asked(name, practice, { normalForm: fromGoods(offset), dates: received(goods) }, due(unadjusted, adjusted));

const monthEnd = closing('last', 1, 'last');
/** Month-end closing, paid at the end of the next month, under the law of two months. */
const judged = (
  name: string,
  { offset = monthEnd, goods, inWriting, roll }: { offset?: Offset; goods: string; inWriting: boolean; roll?: Roll },
  adjusted: string,
  legal: object,
): GoldenCase =>
  asked(
    name,
    subcontract,
    {
      normalForm: { ...fromGoods(offset, roll), legal: { kind: 'jp-two-months', rollAgreedInWriting: inWriting } },
      dates: received(goods),
    },
    yes({ adjusted: day(adjusted), legal: { rule: 'jp-two-months', ...legal } }),
  );

const yen = (minor: bigint) => money(minor, 'JPY' as Currency);

/** When amazon.co.jp settles, case by case. */
export const goldenSettlement: readonly GoldenCase[] = [
  closed('J7 · month end, end of next month: a Saturday', monthEnd, '2026-01-31', '2026-02-28', '2026-03-02'),
  closed('J7 · month end over a leap day', monthEnd, '2028-01-31', '2028-02-29'),
  closed('J7 · over New Year: 31 December to 3 January', monthEnd, '2026-11-02', '2026-12-31', '2027-01-04'),
  closed('J7 · over New Year and the weekend after it', monthEnd, '2027-11-15', '2027-12-31', '2028-01-04'),
  closed('J7 · 20th, end of next month, received on the 20th', closing(20, 1, 'last'), '2026-08-20', '2026-09-30'),
  closed('J7 · received on the 21st, a month later', closing(20, 1, 'last'), '2026-08-21', '2026-10-31', '2026-11-02'),
  closed('J7 · 20th, end of the same month', closing(20, 0, 'last'), '2026-05-01', '2026-05-31', '2026-06-01'),
  closed('J7 · 20th, end of next month, in a leap year', closing(20, 1, 'last'), '2028-01-20', '2028-02-29'),
  closed(
    'J7 · month end, 20th of the month after next',
    closing('last', 2, 20),
    '2026-07-31',
    '2026-09-20',
    '2026-09-24',
  ),
  closed(
    'J7 · month end, 5th of next month, in Golden Week',
    closing('last', 1, 5),
    '2026-04-10',
    '2026-05-05',
    '2026-05-07',
  ),
  closed(
    'J7 · 6 May 2026 is closed in lieu of Sunday the 3rd',
    closing('last', 1, 3),
    '2026-04-02',
    '2026-05-03',
    '2026-05-07',
  ),
  closed(
    'J7 · 21 September 2026 leads past the 22nd and 23rd',
    closing('last', 1, 21),
    '2026-08-05',
    '2026-09-21',
    '2026-09-24',
  ),
  closed(
    'J7 · 22 September 2026 lies between two holidays',
    closing('last', 1, 22),
    '2026-08-05',
    '2026-09-22',
    '2026-09-24',
  ),
  closed(
    'J7 · 22 March 2027 is closed for the equinox on Sunday',
    closing('last', 1, 21),
    '2027-02-10',
    '2027-03-21',
    '2027-03-23',
  ),
  closed('J7 · 15th, 10th of the month after next, on the 15th', closing(15, 2, 10), '2026-07-15', '2026-09-10'),
  closed(
    'J7 · and on the 16th: the 10th is a Saturday before Sports Day',
    closing(15, 2, 10),
    '2026-07-16',
    '2026-10-10',
    '2026-10-13',
  ),
  closed('J7 · 25th, 25th of next month: a Saturday', closing(25, 1, 25), '2026-03-25', '2026-04-25', '2026-04-27'),
  closed('J7 · the 30th of February is its last day', closing(30, 1, 'last'), '2026-02-28', '2026-03-31'),
  closed('J7 · 10th, 10th of next month', closing(10, 1, 10), '2026-08-10', '2026-09-10'),
  asked(
    'J7 · before the holidays, where that is agreed',
    practice,
    { normalForm: fromGoods(monthEnd, 'preceding'), dates: received('2026-11-02') },
    due('2026-12-31', '2026-12-30'),
  ),
  stated('C6 · net 30 of a document counts from the invoice date', 'NET 30', '2026-12-02', '2027-01-01', '2027-01-04'),
  stated('C6 · 30 EOM in Amazon’s reading', '30 EOM', '2026-01-31', '2026-03-02'),
  stated('J7 · due on Marine Day', 'NET 30', '2026-06-20', '2026-07-20', '2026-07-21'),
  stated('J7 · due on Mountain Day', 'NET 30', '2026-07-12', '2026-08-11', '2026-08-12'),
  stated('J7 · due on Labour Thanksgiving Day', 'NET 30', '2026-10-24', '2026-11-23', '2026-11-24'),
  stated('J7 · due on Culture Day', 'NET 30', '2026-10-04', '2026-11-03', '2026-11-04'),
  stated('J7 · the day after Golden Week is open', 'NET 30', '2026-04-07', '2026-05-07'),
  stated('J7 · due on 22 March 2027', 'NET 30', '2027-02-20', '2027-03-22', '2027-03-23'),
  judged(
    'J8 · received on the first, paid within two months',
    { goods: '2026-07-01', inWriting: false },
    '2026-08-31',
    {
      verdict: 'within',
      latest: day('2026-08-31'),
    },
  ),
  judged(
    'J8 · a roll of two days past it, agreed in writing, is tolerated',
    { goods: '2026-01-01', inWriting: true },
    '2026-03-02',
    {
      verdict: 'tolerated',
      latest: day('2026-02-28'),
      daysOver: 2,
      because: 'roll-agreed-in-writing',
    },
  ),
  judged('J8 · the same roll without it exceeds the limit', { goods: '2026-01-01', inWriting: false }, '2026-03-02', {
    verdict: 'exceeds',
    latest: day('2026-02-28'),
    daysOver: 2,
    byRollOnly: true,
  }),
  judged(
    'J8 · a roll of four days is too long, whatever was agreed',
    { goods: '2026-11-01', inWriting: true },
    '2027-01-04',
    {
      verdict: 'exceeds',
      latest: day('2026-12-31'),
      daysOver: 4,
      byRollOnly: true,
    },
  ),
  judged(
    'J8 · rolled back instead, it keeps the limit',
    { goods: '2026-11-01', inWriting: false, roll: 'preceding' },
    '2026-12-30',
    { verdict: 'within', latest: day('2026-12-31') },
  ),
  judged(
    'J8 · 20th and the end of the month after next is too late by its terms',
    { offset: closing(20, 2, 'last'), goods: '2026-07-21', inWriting: true },
    '2026-11-02',
    { verdict: 'exceeds', latest: day('2026-09-20'), daysOver: 43, byRollOnly: false },
  ),
  asked(
    'J8 · the flag of an agreement judges stated terms too; without the goods it cannot be told',
    subcontract,
    {
      terms: { text: 'NET 60' },
      dates: { 'invoice-date': day('2026-06-12') },
      agreed: { legal: { kind: 'jp-two-months', rollAgreedInWriting: false } },
    },
    yes({
      unadjusted: day('2026-08-11'),
      adjusted: day('2026-08-12'),
      legal: { verdict: 'cannot-tell', rule: 'jp-two-months', missing: 'goods-received' },
    }),
  ),
  asked(
    'J8 · without the flag no law limits a purchase',
    subcontract,
    { terms: { text: 'NET 60' }, dates: received('2026-06-12') },
    yes({ legal: { verdict: 'no-limit' } }),
  ),
  asked(
    'J7 · goods that have not come are a reason and not a guess',
    practice,
    { normalForm: fromGoods(monthEnd), dates: { 'invoice-date': day('2026-07-03') } },
    no({ code: 'TERM_DATE_MISSING', event: 'goods-received' }),
  ),
  asked(
    'C5 · C9 · instalments of 100 yen are whole yen, and add up',
    practice,
    {
      normalForm: {
        ...fromGoods(monthEnd),
        parts: [
          { percent: decimal('33.33'), offset: monthEnd },
          { percent: decimal('33.33'), offset: closing('last', 2, 'last') },
          { percent: decimal('33.34'), offset: closing('last', 3, 'last') },
        ],
      },
      dates: received('2026-07-01'),
      amounts: { total: yen(100n) },
    },
    yes({ parts: [{ amount: yen(33n) }, { amount: yen(33n) }, { amount: yen(34n) }] }),
  ),
  asked(
    'C5 · half a yen of discount is rounded up to a whole one',
    practice,
    {
      terms: { text: '1% 10 NET 30' },
      dates: { 'invoice-date': day('2026-04-07') },
      amounts: { total: yen(12_350n) },
    },
    yes({ discount: { adjusted: day('2026-04-17'), amount: yen(124n) } }),
  ),
  asked(
    'C10 · due in a year whose holidays are not known',
    banks,
    { terms: { text: 'NET 30' }, dates: { 'invoice-date': day('2032-12-15') } },
    no({ code: 'YEAR_OUT_OF_RANGE', year: 2033, known: [2020, 2032] }),
  ),
];
