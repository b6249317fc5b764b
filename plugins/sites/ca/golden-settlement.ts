import { type Currency, day, type GoldenCase, money, no, type SettlementQuestion, yes } from 'acorn/plugin';

const banks = 'Payments Canada By-law No. 1, holiday schedule';
const clock = 'Vendor Central, Financial Dashboard notice on the payment terms trigger date, as told by Vendor Society';

const asked = (name: string, source: string, input: SettlementQuestion, answer: unknown): GoldenCase => ({
  rule: 'settlement',
  name,
  site: 'CA',
  source,
  input,
  answer,
});
const due = (unadjusted: string, adjusted = unadjusted) =>
  yes({ unadjusted: day(unadjusted), adjusted: day(adjusted) });
/** Amazon had the invoice on its own date, and fetched the goods. */
const collect = (invoiced: string): Pick<SettlementQuestion, 'freightTerm' | 'dates'> => ({
  freightTerm: 'COLLECT',
  dates: { 'invoice-date': day(invoiced), 'invoice-received': day(invoiced) },
});
const net30 = (name: string, invoiced: string, unadjusted: string, adjusted = unadjusted): GoldenCase =>
  asked(name, banks, { terms: { text: 'NET 30' }, ...collect(invoiced) }, due(unadjusted, adjusted));
const net45 = (invoiced: string, received: string, goods: string): SettlementQuestion => ({
  terms: { text: 'NET45' },
  freightTerm: 'PREPAID',
  dates: { 'invoice-date': day(invoiced), 'invoice-received': day(received), 'goods-received': day(goods) },
});

/** When amazon.ca settles, case by case. */
export const goldenSettlement: readonly GoldenCase[] = [
  net30('A7 · due on the Day for Truth and Reconciliation', '2026-08-31', '2026-09-30', '2026-10-01'),
  net30('A7 · due on Christmas, with Boxing Day kept on Monday', '2026-11-25', '2026-12-25', '2026-12-29'),
  net30('A7 · Christmas on a Saturday takes Monday, Boxing Day Tuesday', '2027-11-25', '2027-12-25', '2027-12-29'),
  net30('A7 · due on Family Day', '2026-01-17', '2026-02-16', '2026-02-17'),
  net30('A7 · due on the Civic Holiday', '2026-07-04', '2026-08-03', '2026-08-04'),
  net30('A7 · due on Victoria Day', '2026-04-18', '2026-05-18', '2026-05-19'),
  net30('A7 · due on Canada Day', '2026-06-01', '2026-07-01', '2026-07-02'),
  net30('A7 · due on Thanksgiving', '2026-09-12', '2026-10-12', '2026-10-13'),
  net30('A7 · Remembrance Day on a Saturday is kept on Monday', '2028-10-12', '2028-11-11', '2028-11-14'),
  net30('A7 · due on Good Friday; Easter Monday is open', '2026-03-04', '2026-04-03', '2026-04-06'),
  net30('C6 · a leap day is a day', '2028-01-30', '2028-02-29'),
  asked(
    'C6 · 30 EOM in Amazon’s reading',
    'Vendor services’ worked example of Amazon’s EOM: 1 January gives 2 March',
    { terms: { text: 'EndOfMonth', netDueDays: 30 }, ...collect('2026-01-01') },
    due('2026-03-02'),
  ),
  asked(
    'clock · on 31 December 2024 terms count from the invoice date',
    clock,
    net45('2024-12-31', '2025-01-06', '2025-01-09'),
    due('2025-02-14'),
  ),
  asked(
    'clock · on 1 January 2025 from the later of invoice and goods',
    clock,
    net45('2025-01-01', '2025-01-06', '2025-01-09'),
    due('2025-02-23', '2025-02-24'),
  ),
  asked(
    'clock · goods that have not come are a reason and not a guess',
    clock,
    { terms: { text: 'NET45' }, freightTerm: 'PREPAID', dates: collect('2026-03-02').dates },
    no({ code: 'TERM_DATE_MISSING', event: 'goods-received' }),
  ),
  asked(
    'C6 · 1 % 10 net 30 of 1,000.50: half a cent is rounded up',
    banks,
    {
      terms: { text: '1% 10 NET 30' },
      ...collect('2026-06-01'),
      amounts: { total: money(100_050n, 'CAD' as Currency) },
    },
    yes({
      adjusted: day('2026-07-02'),
      discount: { adjusted: day('2026-06-11'), amount: money(1_001n, 'CAD' as Currency) },
      legal: { verdict: 'no-limit' },
    }),
  ),
  asked(
    'C10 · due in a year whose holidays are not known',
    banks,
    { terms: { text: 'NET 30' }, ...collect('2032-12-15') },
    no({ code: 'YEAR_OUT_OF_RANGE', year: 2033, known: [2019, 2032] }),
  ),
];
