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

const target = 'European Central Bank, TARGET closing days from 2002 until further notice';
const clock = 'Vendor Central, Financial Dashboard notice on the payment terms trigger date, as told by Vendor Society';
const directive = 'Directive 2011/7/EU, article 3(5)';
const commerce = 'Code de commerce, article L441-10';
const belgium = 'Belgian act of 2 August 2002 as amended, in force 1 February 2022';

const asked = (name: string, source: string, input: SettlementQuestion, answer: unknown): GoldenCase => ({
  rule: 'settlement',
  name,
  site: 'EU',
  source,
  input,
  answer,
});
const due = (unadjusted: string, adjusted = unadjusted) =>
  yes({ unadjusted: day(unadjusted), adjusted: day(adjusted) });
/** Amazon had the invoice on its own date, and fetched the goods. */
const collect = (
  invoiced: string,
  country = 'DE',
): Omit<SettlementQuestion, 'terms'> & Pick<SettlementQuestion, 'dates'> => ({
  freightTerm: 'COLLECT',
  country,
  dates: { 'invoice-date': day(invoiced), 'invoice-received': day(invoiced) },
});
const net30 = (name: string, invoiced: string, unadjusted: string, adjusted = unadjusted): GoldenCase =>
  asked(name, target, { terms: { text: 'NET 30' }, ...collect(invoiced) }, due(unadjusted, adjusted));
/** So many days net, and what the law of a country says of them. */
const judged = (
  name: string,
  source: string,
  {
    country,
    net,
    invoiced,
    agreed,
  }: Pick<SettlementQuestion, 'agreed'> & { country: string; net: number; invoiced: string },
  adjusted: string,
  legal: object,
): GoldenCase =>
  asked(
    name,
    source,
    { terms: { text: `NET ${net}` }, ...collect(invoiced, country), ...(agreed === undefined ? {} : { agreed }) },
    yes({ adjusted: day(adjusted), legal }),
  );

const euros = (cents: bigint) => money(cents, 'EUR' as Currency);
const thirds: PaymentTerms = {
  base: { kind: 'event', event: 'invoice-date' },
  parts: [
    { percent: decimal('33.33'), offset: { kind: 'days', days: 30 } },
    { percent: decimal('33.33'), offset: { kind: 'days', days: 60 } },
    { percent: decimal('33.34'), offset: { kind: 'days', days: 90 } },
  ],
  roll: 'following',
};
const fortyFive = (reading: 'month-end-then-days' | 'days-then-month-end', unadjusted: string): GoldenCase =>
  asked(
    `E13 · 45 jours fin de mois read as ${reading}, with the limit read alike`,
    commerce,
    {
      terms: { text: 'EndOfMonth', netDueDays: 45 },
      ...collect('2026-01-15', 'FR'),
      agreed: { monthEnd: reading, legal: { kind: 'fr-45-days-month-end', reading } },
    },
    yes({
      unadjusted: day(unadjusted),
      legal: { verdict: 'within', rule: 'fr-45-days-month-end', latest: day(unadjusted) },
    }),
  );

/** When the Union’s stores settle, case by case. */
export const goldenSettlement: readonly GoldenCase[] = [
  net30('E12 · due on 24 December is paid on it', '2026-11-24', '2026-12-24'),
  net30('E12 · due on 25 December is paid on Monday', '2026-11-25', '2026-12-25', '2026-12-28'),
  net30('E12 · due on 31 December is paid on it', '2026-12-01', '2026-12-31'),
  net30('E12 · due on New Year’s Day, a Friday', '2026-12-02', '2027-01-01', '2027-01-04'),
  net30('E12 · due on Good Friday, paid on Tuesday after Easter', '2026-03-04', '2026-04-03', '2026-04-07'),
  net30('E12 · Labour Day on a Saturday is not moved', '2027-04-01', '2027-05-01', '2027-05-03'),
  net30('E12 · Ascension Day is a holiday in states, not in TARGET', '2026-04-14', '2026-05-14'),
  net30('C6 · a leap day is a day', '2024-01-30', '2024-02-29'),
  fortyFive('month-end-then-days', '2026-03-17'),
  fortyFive('days-then-month-end', '2026-03-31'),
  judged(
    'E13 · France: 60 days from the invoice keep the limit',
    commerce,
    { country: 'FR', net: 60, invoiced: '2026-05-01' },
    '2026-06-30',
    { verdict: 'within', rule: 'fr-60-days', latest: day('2026-06-30') },
  ),
  judged(
    'E13 · France: 61 days exceed it by one, and are reported, not shortened',
    commerce,
    { country: 'FR', net: 61, invoiced: '2026-05-01' },
    '2026-07-01',
    { verdict: 'exceeds', rule: 'fr-60-days', latest: day('2026-06-30'), daysOver: 1, byRollOnly: false },
  ),
  judged(
    'E13 · France: the roll alone breaks the limit',
    commerce,
    { country: 'FR', net: 60, invoiced: '2026-08-25' },
    '2026-10-26',
    { verdict: 'exceeds', rule: 'fr-60-days', latest: day('2026-10-24'), daysOver: 2, byRollOnly: true },
  ),
  judged(
    'C6 · the Union: 90 days exceed 60 unless they were agreed',
    directive,
    { country: 'DE', net: 90, invoiced: '2026-06-01' },
    '2026-08-31',
    { verdict: 'exceeds', rule: 'eu-60-days', latest: day('2026-07-31'), daysOver: 31, byRollOnly: false },
  ),
  judged(
    'C6 · the Union: expressly agreed they are lawful',
    directive,
    {
      country: 'DE',
      net: 90,
      invoiced: '2026-06-01',
      agreed: { legal: { kind: 'eu-60-days', expresslyAgreed: true } },
    },
    '2026-08-31',
    { verdict: 'tolerated', rule: 'eu-60-days', because: 'expressly-agreed' },
  ),
  judged(
    'C10 · Belgium until 31 January 2022: the limit of the Union',
    belgium,
    { country: 'BE', net: 30, invoiced: '2022-01-31' },
    '2022-03-02',
    { verdict: 'within', rule: 'eu-60-days', latest: day('2022-04-01') },
  ),
  judged(
    'C10 · Belgium from 1 February 2022: a limit of its own',
    belgium,
    { country: 'BE', net: 30, invoiced: '2022-02-01' },
    '2022-03-03',
    { verdict: 'within', rule: 'be-60-days', latest: day('2022-04-02') },
  ),
  asked(
    'C6 · the Union’s limit cannot be told while nobody knows that Amazon has the invoice',
    directive,
    { terms: { text: 'NET 30' }, dates: { 'invoice-date': day('2024-06-03') } },
    yes({ unadjusted: day('2024-07-03'), legal: { verdict: 'cannot-tell', missing: 'invoice-received' } }),
  ),
  asked(
    'C6 · the Union’s limit counts from the goods where they come later',
    directive,
    {
      terms: { text: 'NET 60' },
      freightTerm: 'PREPAID',
      country: 'DE',
      dates: {
        'invoice-date': day('2026-06-01'),
        'invoice-received': day('2026-06-02'),
        'goods-received': day('2026-06-08'),
      },
    },
    yes({
      unadjusted: day('2026-08-07'),
      legal: { verdict: 'within', rule: 'eu-60-days', latest: day('2026-08-07') },
    }),
  ),
  asked(
    'clock · on 31 December 2024 terms count from the invoice date',
    clock,
    {
      terms: { text: 'NET 30' },
      freightTerm: 'COLLECT',
      dates: { 'invoice-date': day('2024-12-31'), 'invoice-received': day('2025-01-07') },
    },
    due('2025-01-30'),
  ),
  asked(
    'clock · on 1 January 2025 from when Amazon has the invoice',
    clock,
    {
      terms: { text: 'NET 30' },
      freightTerm: 'COLLECT',
      dates: { 'invoice-date': day('2025-01-01'), 'invoice-received': day('2025-01-07') },
    },
    due('2025-02-06'),
  ),
  asked(
    'clock · an invoice that Amazon does not have yet',
    clock,
    { terms: { text: 'NET 30' }, freightTerm: 'COLLECT', dates: { 'invoice-date': day('2026-03-02') } },
    no({ code: 'TERM_DATE_MISSING', event: 'invoice-received' }),
  ),
  asked(
    'E10 · an amount is due, and nobody states terms',
    'EN 16931-1, BR-CO-25: a due date or terms where an amount is due',
    collect('2026-03-02'),
    no({ code: 'TERMS_NOT_STATED' }),
  ),
  asked(
    'C6 · 3 % 10 net 60, the discount of the whole with tax',
    'Agreement on cash discount; the VAT of the invoice stays as it is until the discount is taken',
    { terms: { text: '3% 10 NET 60' }, ...collect('2026-03-31'), amounts: { total: euros(1_190_50n) } },
    yes({
      unadjusted: day('2026-05-30'),
      adjusted: day('2026-06-01'),
      discount: { percent: decimal('3'), adjusted: day('2026-04-10'), amount: euros(35_72n) },
    }),
  ),
  asked(
    'C9 · three instalments of 100.01 add up to the cent',
    'UNTDID 4279, code 21: payment by instalment',
    { normalForm: thirds, ...collect('2026-03-31'), amounts: { total: euros(10_001n) } },
    yes({
      parts: [
        { adjusted: day('2026-04-30'), amount: euros(3_333n) },
        { adjusted: day('2026-06-01'), amount: euros(3_333n) },
        { adjusted: day('2026-06-29'), amount: euros(3_335n) },
      ],
    }),
  ),
  asked(
    'C10 · due in a year whose closing days are not known',
    target,
    { terms: { text: 'NET 30' }, ...collect('2032-12-15') },
    no({ code: 'YEAR_OUT_OF_RANGE', year: 2033, known: [2002, 2032] }),
  ),
];
