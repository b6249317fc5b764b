import {
  day,
  decimal,
  type GoldenCase,
  type IdentifierCheck,
  type IdentifierInput,
  invalidIdentifier,
  money,
  no,
  shapeOnly,
  type TaxableInvoice,
  taxFacts,
  validIdentifier,
  yes,
} from 'acorn/plugin';

const pounds = (pence: bigint) => money(pence, 'GBP');
const line = (pence: bigint, taxClass = 'standard') => ({ net: pounds(pence), taxClass });
const invoice = (taxPoint: string, ...lines: TaxableInvoice['lines']): TaxableInvoice => ({
  lines,
  taxPoint: day(taxPoint),
  shipToCountry: 'GB',
  certificates: [],
});
const at = (rate: string, base: bigint, tax: bigint) => ({
  rule: 'gb/vat',
  name: 'VAT',
  category: rate === '0' ? 'Z' : 'S',
  jurisdiction: 'GB',
  base: pounds(base),
  rate: decimal(rate),
  tax: pounds(tax),
});
/** @param lines for each line, the place of its tax in `taxes` */
const taxed = (name: string, input: TaxableInvoice, taxes: ReturnType<typeof at>[], lines: number[]): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'GB',
  source: 'HMRC VAT Notice 700, section 17.5; the acts beside the rates',
  input,
  answer: yes({
    rule: 'gb/vat',
    taxes,
    lines: lines.map((place) =>
      taxes.slice(place, place + 1).map(({ rule, category, rate }) => ({ rule, category, rate })),
    ),
    facts: taxFacts(input, ['taxPoint', 'shipToCountry']),
    warnings: [],
  }),
});
const tax = (name: string, input: TaxableInvoice, only: ReturnType<typeof at>) => taxed(name, input, [only], [0]);
const payday = (due: string, paid: string, why: string): GoldenCase => ({
  rule: 'payday',
  name: `due ${due} is paid ${paid}, ${why}`,
  site: 'GB',
  input: day(due),
  answer: yes(day(paid)),
});
const vatNumber = (name: string, text: string, answer: IdentifierCheck): GoldenCase => ({
  rule: 'identifier',
  name: `a VAT number, ${name}`,
  site: 'GB',
  input: { scheme: 'GB-VAT', text } satisfies IdentifierInput,
  answer,
});

const settlement = (name: string, invoiceDate: string, counted: string, due: string, paid: string): GoldenCase => ({
  rule: 'settlement',
  name,
  site: 'GB',
  input: {
    terms: { text: 'NET 30' },
    freightTerm: 'COLLECT',
    dates: { 'invoice-date': day(invoiceDate), 'invoice-received': day(counted) },
  },
  answer: yes({ unadjusted: day(due), adjusted: day(paid) }),
});

/** Both sides of every change of rate, every rate, the half penny; every kind of bank holiday; VAT numbers, good and bad. */
export const golden: readonly GoldenCase[] = [
  tax(
    '17.5 % on the last day before the cut of 2008',
    invoice('2008-11-30', line(100_00n)),
    at('17.5', 100_00n, 17_50n),
  ),
  tax('15 % from 1 December 2008', invoice('2008-12-01', line(100_00n)), at('15', 100_00n, 15_00n)),
  tax('15 % until the end of 2009', invoice('2009-12-31', line(100_00n)), at('15', 100_00n, 15_00n)),
  tax('17.5 % again from 1 January 2010', invoice('2010-01-01', line(100_00n)), at('17.5', 100_00n, 17_50n)),
  tax('17.5 % until 3 January 2011', invoice('2011-01-03', line(100_00n)), at('17.5', 100_00n, 17_50n)),
  tax('20 % from 4 January 2011', invoice('2011-01-04', line(100_00n)), at('20', 100_00n, 20_00n)),
  taxed(
    'three rates on one invoice, each rounded once',
    invoice('2026-11-23', line(33n), line(33n), line(33n), line(50n, 'reduced'), line(12_00n, 'zero')),
    [at('0', 12_00n, 0n), at('5', 50n, 3n), at('20', 99n, 20n)],
    [2, 2, 2, 1, 0],
  ),
  tax('a credit note mirrors it', invoice('2026-11-23', line(-50n, 'reduced')), at('5', -50n, -3n)),
  {
    rule: 'tax',
    name: 'a class without a rate is refused',
    site: 'GB',
    input: invoice('2026-11-23', line(100n, 'exempt')),
    answer: no({ code: 'TAX_CLASS_UNKNOWN', taxClass: 'exempt', known: ['standard', 'reduced', 'zero'] }),
  },
  payday('2026-11-23', '2026-11-23', 'a Monday'),
  payday('2021-12-25', '2021-12-29', 'Christmas on a Saturday has Monday, Boxing Day Tuesday'),
  payday('2022-12-24', '2022-12-28', 'Boxing Day on Monday, Christmas on Tuesday in place of Sunday'),
  payday('2026-12-25', '2026-12-29', 'Boxing Day on a Saturday has Monday'),
  payday('2027-01-01', '2027-01-04', 'New Year is on a Friday'),
  payday('2026-04-03', '2026-04-07', 'Good Friday to Easter Monday'),
  payday('2020-05-04', '2020-05-04', 'Early May was moved'),
  payday('2020-05-08', '2020-05-11', 'to VE Day'),
  payday('2022-06-02', '2022-06-06', 'the Platinum Jubilee'),
  payday('2022-09-19', '2022-09-20', 'the funeral of Queen Elizabeth II'),
  payday('2023-05-08', '2023-05-09', 'the coronation'),
  settlement('until 2024 terms count from the invoice date', '2024-11-20', '2024-11-27', '2024-12-20', '2024-12-20'),
  settlement('since 2025 from when Amazon has the invoice', '2026-11-20', '2026-11-25', '2026-12-25', '2026-12-29'),
  {
    rule: 'payday',
    name: 'a year that is not published is refused',
    site: 'GB',
    input: day('2028-01-03'),
    answer: no({ code: 'YEAR_OUT_OF_RANGE', year: 2028, known: [2011, 2027] }),
  },
  vatNumber('as it is printed', 'GB 980 7806 84', validIdentifier('GB980780684', 'GB 980 7806 84')),
  vatNumber('without its letters', '980780684', validIdentifier('GB980780684', 'GB 980 7806 84')),
  vatNumber(
    'another check digit',
    'GB980780685',
    invalidIdentifier(
      'GB980780685',
      'WRONG_CHECK_DIGIT',
      'the eighth and ninth digit check the others, and do not agree',
    ),
  ),
  vatNumber(
    'a department of the state',
    'GBGD001',
    shapeOnly('GBGD001', 'NO_CHECK_DIGIT', 'numbers of the state have no check digit'),
  ),
];
