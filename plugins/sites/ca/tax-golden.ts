import { day, decimal, type GoldenCase, money, no, type TaxableInvoice, type TaxCategory, yes } from 'acorn/plugin';
import { caRates } from './rates.ts';

const registered = {
  registrations: [
    { scheme: 'CA-GST', number: '123456782 RT 0001' },
    { scheme: 'CA-QST', number: '1234567890 TQ 0001' },
  ],
};
const line = (minor: bigint, taxClass = 'standard') => ({ net: money(minor, 'CAD'), taxClass });
const invoice = (shipToRegion: string, over: Partial<TaxableInvoice> = {}): TaxableInvoice => ({
  lines: [line(100_00n)],
  taxPoint: day('2026-11-02'),
  shipToCountry: 'CA',
  shipToRegion,
  certificates: [],
  supplier: registered,
  ...over,
});
const group = (
  rule: string,
  name: string,
  jurisdiction: string,
  rate: string,
  base: bigint,
  tax: bigint,
  category: TaxCategory = 'S',
) => ({
  rule: `ca/${rule}`,
  name,
  jurisdiction,
  category,
  rate: decimal(rate),
  base: money(base, 'CAD'),
  tax: money(tax, 'CAD'),
});
const gst = (base: bigint, tax: bigint) => group('gst', 'GST', 'CA', '5', base, tax);
const hst = (province: string, rate: string, base: bigint, tax: bigint) =>
  group('hst', 'HST', `CA-${province}`, rate, base, tax);
const qst = (base: bigint, tax: bigint) => group('qst', 'QST', 'CA-QC', '9.975', base, tax);
const noPst = (name: string, province: string, number: string) => ({
  ...group(`${name.toLowerCase()}-resale`, name, `CA-${province}`, '0', 100_00n, 0n, 'E'),
  exemption: {
    code: `CA-${province}-RESALE`,
    text: {
      en: `${name} exempt: goods for resale, number ${number}`,
      fr: `Exonéré de ${name} : produits destinés à la revente, numéro ${number}`,
    },
    reference: number,
  },
});
const exported = (base: bigint) => ({
  ...group('export', 'GST/HST', 'CA', '0', base, 0n, 'G'),
  exemption: { code: 'CA-ETA-VI-V', text: { en: 'Zero-rated: export', fr: 'Détaxé : exportation' } },
});

type Group = ReturnType<typeof group>;
type Warning = readonly [code: string, message: string];

/** @param lines what each line bears, as places in `taxes`; left out: one line that bears them all */
const taxed = (
  name: string,
  input: TaxableInvoice,
  taxes: readonly Group[],
  lines: readonly (readonly number[])[] = [taxes.map((_, at) => at)],
  ...warnings: readonly Warning[]
): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'CA',
  input,
  answer: yes({
    rule: 'ca/sales-tax',
    taxes,
    rates: caRates.version,
    warnings: warnings.map(([code, message]) => ({ code, message })),
    lines: lines.map((ofLine) =>
      ofLine.flatMap((at) => taxes.slice(at, at + 1).map(({ rule, category, rate }) => ({ rule, category, rate }))),
    ),
  }),
});
const refused = (name: string, input: TaxableInvoice, refusal: unknown): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'CA',
  input,
  answer: no(refusal),
});
const on = (date: string, over: Partial<TaxableInvoice> = {}) => ({ taxPoint: day(date), ...over });
const resale = (number: string, over: object = {}) => ({ certificates: [{ kind: 'resale', number, ...over }] });
const oneLine = undefined;
const missing = (name: string, province: string): Warning => [
  'RESALE_NUMBER_MISSING',
  `${name} is charged on goods for resale: the buyer's number in ${province} is not on file.`,
];

/** What amazon.ca must be answered of tax. @source Canada Revenue Agency, Revenu Québec, the finance ministries of BC, SK and MB */
export const taxGolden: readonly GoldenCase[] = [
  taxed('A1 · Ontario has 13 % HST', invoice('ON'), [hst('ON', '13', 100_00n, 13_00n)]),
  taxed('A1 · Alberta has GST alone', invoice('AB'), [gst(100_00n, 5_00n)]),
  taxed('A1 · so has Yukon', invoice('YT'), [gst(100_00n, 5_00n)]),
  taxed('A1 · the Northwest Territories', invoice('NT'), [gst(100_00n, 5_00n)]),
  taxed('A1 · and Nunavut', invoice('NU'), [gst(100_00n, 5_00n)]),
  taxed('A1 · New Brunswick has 15 %', invoice('NB'), [hst('NB', '15', 100_00n, 15_00n)]),
  taxed('A1 · Newfoundland and Labrador too', invoice('NL'), [hst('NL', '15', 100_00n, 15_00n)]),
  taxed('A1 · and Prince Edward Island', invoice('PE'), [hst('PE', '15', 100_00n, 15_00n)]),
  taxed('A1 · Nova Scotia has 14 %', invoice('NS'), [hst('NS', '14', 100_00n, 14_00n)]),
  taxed('A1 · from 1 April 2025', invoice('NS', on('2025-04-01')), [hst('NS', '14', 100_00n, 14_00n)]),
  taxed('A1 · and 15 % the day before', invoice('NS', on('2025-03-31')), [hst('NS', '15', 100_00n, 15_00n)]),
  taxed('C4 · New Brunswick on 30 June 2016', invoice('NB', on('2016-06-30')), [hst('NB', '13', 100_00n, 13_00n)]),
  taxed('C4 · and on 1 July', invoice('NB', on('2016-07-01')), [hst('NB', '15', 100_00n, 15_00n)]),
  taxed('C4 · Newfoundland on 30 June 2016', invoice('NL', on('2016-06-30')), [hst('NL', '13', 100_00n, 13_00n)]),
  taxed('C4 · and on 1 July, in Newfoundland', invoice('NL', on('2016-07-01')), [hst('NL', '15', 100_00n, 15_00n)]),
  taxed('C4 · Prince Edward Island on 30 September 2016', invoice('PE', on('2016-09-30')), [
    hst('PE', '14', 100_00n, 14_00n),
  ]),
  taxed('C4 · and on 1 October', invoice('PE', on('2016-10-01')), [hst('PE', '15', 100_00n, 15_00n)]),
  taxed('A1 · Québec has GST and QST side by side, both on the price', invoice('QC'), [
    gst(100_00n, 5_00n),
    qst(100_00n, 9_98n),
  ]),
  taxed('A1 · QST has three decimals: 1,234.56 bear 123.15', invoice('QC', { lines: [line(1234_56n)] }), [
    gst(1234_56n, 61_73n),
    qst(1234_56n, 123_15n),
  ]),
  taxed(
    'A2 · British Columbia: 7 % PST without a number for resale',
    invoice('BC'),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-BC', '7', 100_00n, 7_00n)],
    oneLine,
    missing('PST', 'BC'),
  ),
  taxed('A2 · none with it, and the number is printed', invoice('BC', resale('PST-1234-5678')), [
    gst(100_00n, 5_00n),
    noPst('PST', 'BC', 'PST-1234-5678'),
  ]),
  taxed(
    'A2 · Saskatchewan: 6 %',
    invoice('SK'),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-SK', '6', 100_00n, 6_00n)],
    oneLine,
    missing('PST', 'SK'),
  ),
  taxed('A2 · none for resale there', invoice('SK', resale('1234567', { region: 'SK' })), [
    gst(100_00n, 5_00n),
    noPst('PST', 'SK', '1234567'),
  ]),
  taxed(
    'A2 · Manitoba: 7 % RST',
    invoice('MB'),
    [gst(100_00n, 5_00n), group('rst', 'RST', 'CA-MB', '7', 100_00n, 7_00n)],
    oneLine,
    missing('RST', 'MB'),
  ),
  taxed('A2 · none for resale, either', invoice('MB', resale('123456-7')), [
    gst(100_00n, 5_00n),
    noPst('RST', 'MB', '123456-7'),
  ]),
  taxed(
    'C4 · Manitoba on 30 June 2019',
    invoice('MB', on('2019-06-30')),
    [gst(100_00n, 5_00n), group('rst', 'RST', 'CA-MB', '8', 100_00n, 8_00n)],
    oneLine,
    missing('RST', 'MB'),
  ),
  taxed(
    'C4 · and on 1 July',
    invoice('MB', on('2019-07-01')),
    [gst(100_00n, 5_00n), group('rst', 'RST', 'CA-MB', '7', 100_00n, 7_00n)],
    oneLine,
    missing('RST', 'MB'),
  ),
  taxed(
    'A2 · the number of another province frees of nothing',
    invoice('BC', resale('1234567', { region: 'SK' })),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-BC', '7', 100_00n, 7_00n)],
    oneLine,
    missing('PST', 'BC'),
  ),
  taxed(
    'A2 · nor does a certificate that has expired',
    invoice('BC', resale('PST-1234-5678', { validUntil: day('2026-11-01') })),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-BC', '7', 100_00n, 7_00n)],
    oneLine,
    [
      'RESALE_CERTIFICATE_EXPIRED',
      'PST is charged on goods for resale: the certificate has expired before 2026-11-02.',
    ],
  ),
  taxed(
    'A2 · or one without a number',
    invoice('BC', { certificates: [{ kind: 'resale' }] }),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-BC', '7', 100_00n, 7_00n)],
    oneLine,
    ['RESALE_NUMBER_MISSING', 'PST is charged on goods for resale: the certificate on file has no number to print.'],
  ),
  taxed('A2 · a number for resale changes nothing in Ontario', invoice('ON', resale('PST-1234-5678')), [
    hst('ON', '13', 100_00n, 13_00n),
  ]),
  taxed('A2 · nor in Québec', invoice('QC', resale('PST-1234-5678')), [gst(100_00n, 5_00n), qst(100_00n, 9_98n)]),
  taxed(
    'A3 · groceries beside other goods: each line shows its own',
    invoice('ON', { lines: [line(100_00n), line(40_00n, 'zero-rated'), line(10_00n)] }),
    [hst('ON', '13', 110_00n, 14_30n), group('hst-zero', 'HST', 'CA-ON', '0', 40_00n, 0n, 'Z')],
    [[0], [1], [0]],
  ),
  taxed('A3 · in Québec free of both taxes', invoice('QC', { lines: [line(40_00n, 'zero-rated')] }), [
    group('gst-zero', 'GST', 'CA', '0', 40_00n, 0n, 'Z'),
    group('qst-zero', 'QST', 'CA-QC', '0', 40_00n, 0n, 'Z'),
  ]),
  taxed(
    'A3 · in British Columbia without PST, and nothing to warn of',
    invoice('BC', { lines: [line(40_00n, 'zero-rated')] }),
    [group('gst-zero', 'GST', 'CA', '0', 40_00n, 0n, 'Z')],
  ),
  taxed('A4 · HST is one tax, rounded once: 10.10 at 13 % is 1.31', invoice('ON', { lines: [line(10_10n)] }), [
    hst('ON', '13', 10_10n, 1_31n),
  ]),
  taxed(
    'A4 · on the whole invoice: three times 0.33 bear 0.13, and not 0.04 each',
    invoice('ON', { lines: [line(33n), line(33n), line(33n)] }),
    [hst('ON', '13', 99n, 13n)],
    [[0], [0], [0]],
  ),
  taxed('A4 · half a cent goes up: 0.50 at 5 % is 0.03', invoice('AB', { lines: [line(50n)] }), [gst(50n, 3n)]),
  taxed('C3 · and a credit note takes back as much', invoice('AB', { lines: [line(-50n)] }), [gst(-50n, -3n)]),
  taxed('A3 · what leaves Canada is zero-rated', invoice('WA', { shipToCountry: 'US' }), [exported(100_00n)]),
  taxed(
    'A6 · without a GST account the buyer has no credit',
    invoice('AB', { supplier: { registrations: [] } }),
    [gst(100_00n, 5_00n)],
    oneLine,
    ['GST_REGISTRATION_MISSING', 'The supplier has no GST registration on 2026-11-02.'],
  ),
  taxed(
    'A6 · nor with a number that cannot be one',
    invoice('AB', { supplier: { registrations: [{ scheme: 'CA-GST', number: '123456789RT0001' }] } }),
    [gst(100_00n, 5_00n)],
    oneLine,
    ['GST_NUMBER_INVALID', '123456789RT0001 is no GST registration number.'],
  ),
  taxed(
    'A6 · Québec asks for its own number as well',
    invoice('QC', { supplier: { registrations: [{ scheme: 'CA-GST', number: '123456782RT0001' }] } }),
    [gst(100_00n, 5_00n), qst(100_00n, 9_98n)],
    oneLine,
    ['QST_REGISTRATION_MISSING', 'The supplier has no QST registration on 2026-11-02.'],
  ),
  refused('A1 · without a province nothing is charged, and nothing is guessed', invoice(''), {
    code: 'NOT_ENOUGH_KNOWN',
    site: 'CA',
    missing: 'the province it was delivered to',
  }),
  refused('C10 · before HST there was another tax', invoice('ON', on('2010-06-30')), {
    code: 'TAX_RATE_UNKNOWN',
    key: 'HST ON',
    on: '2010-06-30',
    since: '2010-07-01',
  }),
  refused('C10 · a class without a rate is refused', invoice('ON', { lines: [line(1n, 'reduced')] }), {
    code: 'TAX_CLASS_UNKNOWN',
    taxClass: 'reduced',
    known: ['standard', 'zero-rated'],
  }),
  refused('prices that include tax are not taken apart', invoice('QC', { priceBasis: 'gross' }), {
    code: 'TAX_NOT_DECIDABLE',
    site: 'CA',
    problem: 'TAX_INCLUSIVE_PRICES',
    message: 'Canadian tax is not decided: two taxes inside one price have no single answer.',
  }),
  refused('the law leaves no choice of rounding', invoice('ON', { rounding: 'truncate' }), {
    code: 'TAX_NOT_DECIDABLE',
    site: 'CA',
    problem: 'ROUNDING_NOT_ALLOWED',
    message: 'Canadian tax is not decided: half a cent or more is rounded up, and the law leaves no choice.',
  }),
];
