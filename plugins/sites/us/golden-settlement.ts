import {
  type Currency,
  day,
  decimal,
  type GoldenCase,
  money,
  no,
  type PaymentTerms,
  type SettlementQuestion,
  yes,
} from 'acorn/plugin';

const model = 'Vendor Invoices API v1, PaymentTerms; Federal Reserve Banks, Holiday Schedule';
const clock = 'Vendor Central, Financial Dashboard notice on the payment terms trigger date, as told by Vendor Society';
const eom = 'Vendor services’ worked example of Amazon’s EOM: 1 January gives 2 March';

const asked = (name: string, source: string, input: SettlementQuestion, answer: unknown): GoldenCase => ({
  rule: 'settlement',
  name,
  site: 'US',
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
const prepaid = (
  invoiced: string,
  received: string,
  goods: string,
): Pick<SettlementQuestion, 'freightTerm' | 'dates'> => ({
  freightTerm: 'PREPAID',
  dates: { 'invoice-date': day(invoiced), 'invoice-received': day(received), 'goods-received': day(goods) },
});
const net30 = { terms: { text: 'NET 30' } } as const;

const plain = (name: string, text: string, invoiced: string, unadjusted: string, adjusted = unadjusted): GoldenCase =>
  asked(name, model, { terms: { text }, ...collect(invoiced) }, due(unadjusted, adjusted));

const dollars = (cents: bigint) => money(cents, 'USD' as Currency);
const quickPay = { terms: { text: '2% 10 NET 30' }, ...collect('2026-06-24') } as const;
const discounted = (
  name: string,
  input: Omit<SettlementQuestion, 'dates'>,
  deadline: string,
  amount: bigint,
): GoldenCase =>
  asked(
    name,
    'ASC X12 004010, ITD and TDS02: the amount subject to terms discount',
    { ...quickPay, ...input },
    yes({
      adjusted: day('2026-07-24'),
      discount: { unadjusted: day('2026-07-04'), adjusted: day(deadline), amount: dollars(amount) },
    }),
  );

const tenthWithCutOff: PaymentTerms = {
  base: { kind: 'event', event: 'invoice-date' },
  parts: [{ percent: decimal('100'), offset: { kind: 'proximo', day: 10, monthsLater: 1, cutOff: 25 } }],
  roll: 'following',
};

/** When amazon.com settles, case by case. */
export const goldenSettlement: readonly GoldenCase[] = [
  plain('U3 · net 30: day 1 is the day after, so 31 January gives 2 March', 'NET 30', '2026-01-31', '2026-03-02'),
  plain('C6 · net 30 over a leap day', 'NET 30', '2028-01-31', '2028-03-01'),
  plain('U4 · due on Veterans Day, paid on Thursday', 'NET 30', '2026-10-12', '2026-11-11', '2026-11-12'),
  plain('U4 · due on Thanksgiving, paid on Friday', 'NET 30', '2026-10-27', '2026-11-26', '2026-11-27'),
  plain('U4 · 5 July 2027 is kept for the Fourth, a Sunday', 'NET 30', '2027-06-05', '2027-07-05', '2027-07-06'),
  asked(
    'U3 · 30 EOM in Amazon’s reading',
    eom,
    { terms: { text: '30 EOM' }, ...collect('2026-01-01') },
    due('2026-03-02'),
  ),
  asked(
    'U3 · 60 EOM over the end of the year',
    eom,
    { terms: { text: '60 EOM' }, ...collect('2026-11-30') },
    due('2027-01-29'),
  ),
  asked(
    'U3 · EndOfMonth as the API names it',
    eom,
    { terms: { text: 'EndOfMonth', netDueDays: 30 }, ...collect('2026-02-28') },
    due('2026-03-30'),
  ),
  plain(
    'U3 · Proximo, the end of the following month, a Saturday',
    'Proximo',
    '2026-01-31',
    '2026-02-28',
    '2026-03-02',
  ),
  asked(
    'U3 · on the cut-off day, the 10th of next month',
    'ASC X12 data element 336, code 09 proximo',
    { normalForm: tenthWithCutOff, ...collect('2026-01-25') },
    due('2026-02-10'),
  ),
  asked(
    'U3 · after the cut-off day, the 10th of the month after',
    'ASC X12 data element 336, code 09 proximo',
    { normalForm: tenthWithCutOff, ...collect('2026-01-26') },
    due('2026-03-10'),
  ),
  plain(
    'U3 · due on receipt of the invoice, on a Saturday',
    'due on receipt',
    '2026-07-04',
    '2026-07-04',
    '2026-07-06',
  ),
  asked(
    'U3 · a fixed day, a Sunday, that an agreement names',
    model,
    { terms: { text: 'FixedDate' }, agreed: { fixedOn: day('2027-02-28') }, ...collect('2027-01-04') },
    due('2027-02-28', '2027-03-01'),
  ),
  asked(
    'U3 · the later of two: the goods came after the invoice',
    clock,
    { ...net30, ...prepaid('2026-03-15', '2026-03-17', '2026-03-25') },
    due('2026-04-24'),
  ),
  asked(
    'U3 · the later of two: the invoice came after the goods',
    clock,
    { ...net30, ...prepaid('2026-02-20', '2026-03-10', '2026-02-24') },
    due('2026-04-09'),
  ),
  asked(
    'clock · on 31 December 2024 terms count from the invoice date',
    clock,
    { ...net30, ...prepaid('2024-12-31', '2025-01-08', '2025-01-10') },
    due('2025-01-30'),
  ),
  asked(
    'clock · on 1 January 2025 from the later of invoice and goods',
    clock,
    { ...net30, ...prepaid('2025-01-01', '2025-01-08', '2025-01-10') },
    due('2025-02-09', '2025-02-10'),
  ),
  asked(
    'clock · 15 March by the rule of 2024',
    clock,
    { ...net30, ...prepaid('2024-03-15', '2024-03-17', '2024-03-25') },
    due('2024-04-14', '2024-04-15'),
  ),
  asked(
    'clock · collect freight counts from the invoice, whenever the goods come',
    clock,
    {
      ...net30,
      freightTerm: 'COLLECT',
      dates: {
        'invoice-date': day('2026-02-26'),
        'invoice-received': day('2026-03-01'),
        'goods-received': day('2026-03-25'),
      },
    },
    due('2026-03-31'),
  ),
  discounted(
    'U2 · freight earns no discount, half a cent is rounded up, and its day does not move',
    { amounts: { total: dollars(105_025n), freight: dollars(5_000n) } },
    '2026-07-04',
    2_001n,
  ),
  discounted(
    'U2 · its day moves where that is agreed',
    { amounts: { total: dollars(105_025n), freight: dollars(5_000n) }, agreed: { discountRoll: 'following' } },
    '2026-07-06',
    2_001n,
  ),
  discounted(
    'U2 · the discount of a credit is its exact negative',
    { amounts: { total: dollars(-105_025n), freight: dollars(-5_000n) } },
    '2026-07-04',
    -2_001n,
  ),
  discounted(
    'U2 · freight earns it where that is agreed',
    { amounts: { total: dollars(105_025n) }, agreed: { discountExcludes: [] } },
    '2026-07-04',
    2_101n,
  ),
  asked(
    'U2 · a freight that nobody told is not taken for nothing',
    model,
    { ...quickPay, amounts: { total: dollars(105_025n) } },
    no({ code: 'TERM_AMOUNT_MISSING', amount: 'freight' }),
  ),
  asked(
    'C6 · modified following stays in October',
    'ISDA 2006 Definitions, 4.12 Business Day Convention',
    { ...net30, ...collect('2026-10-01'), agreed: { roll: 'modified-following' } },
    due('2026-10-31', '2026-10-30'),
  ),
  asked(
    'C6 · no roll, where that is agreed',
    'ISDA 2006 Definitions, 4.12 Business Day Convention',
    { ...net30, ...collect('2026-10-01'), agreed: { roll: 'none' } },
    due('2026-10-31'),
  ),
  asked(
    'clock · goods that have not come are a reason and not a guess',
    clock,
    { ...net30, freightTerm: 'PREPAID', dates: collect('2026-03-02').dates },
    no({ code: 'TERM_DATE_MISSING', event: 'goods-received' }),
  ),
  asked(
    'clock · an order that does not say who pays the carrier',
    clock,
    { ...net30, dates: collect('2026-03-02').dates },
    no({ code: 'FREIGHT_TERM_MISSING', on: day('2026-03-02') }),
  ),
  asked(
    'C10 · before the first row of the clock nothing is counted',
    clock,
    { ...net30, ...collect('2015-12-31') },
    no({ code: 'PAYMENT_CLOCK_UNKNOWN', on: day('2015-12-31'), since: day('2016-01-01') }),
  ),
  asked(
    'U5 · terms in a form that is not read',
    model,
    { terms: { text: 'as agreed' }, ...collect('2026-03-02') },
    no({ code: 'TERMS_NOT_READ', text: 'as agreed' }),
  ),
  asked(
    'U5 · a letter of credit has no due day here',
    model,
    { terms: { text: 'LetterofCredit' }, ...collect('2026-03-02') },
    no({ code: 'TERMS_NOT_HANDLED', type: 'LetterofCredit' }),
  ),
  asked('terms that nobody states', model, collect('2026-03-02'), no({ code: 'TERMS_NOT_STATED' })),
  asked(
    'C10 · due in a year whose holidays are not known',
    model,
    { ...net30, ...collect('2032-12-15') },
    no({ code: 'YEAR_OUT_OF_RANGE', year: 2033, known: [2022, 2032] }),
  ),
];
