import {
  type Currency,
  day,
  decimal,
  type GoldenCase,
  money,
  no,
  type TaxableInvoice,
  type TaxCategory,
  yes,
} from 'acorn/plugin';
import { jpRates } from './rates.ts';

const registered = { registrations: [{ scheme: 'JP-T', number: 'T7000012050002', validFrom: day('2023-10-01') }] };
const line = (minor: bigint, taxClass = 'standard', currency = 'JPY') => ({ net: money(minor, currency), taxClass });
const invoice = (over: Partial<TaxableInvoice> = {}): TaxableInvoice => ({
  lines: [line(1_000n)],
  taxPoint: day('2026-11-02'),
  shipToCountry: 'JP',
  certificates: [],
  supplier: registered,
  ...over,
});

const exemptions = {
  'jp/exempt': { code: 'JP-CTA-6', text: { ja: '非課税', en: 'Exempt from consumption tax' } },
  'jp/export': { code: 'JP-CTA-7', text: { ja: '輸出免税', en: 'Export, exempt from consumption tax' } },
  'jp/out-of-scope': { code: 'JP-CTA-4', text: { ja: '不課税', en: 'Outside the scope of consumption tax' } },
} as const;
type Rule = 'jp/consumption-tax' | keyof typeof exemptions;
const group = (category: TaxCategory, rate: string, base: bigint, tax: bigint, rule: Rule = 'jp/consumption-tax') => ({
  rule,
  name: 'Consumption tax',
  category,
  jurisdiction: 'JP',
  rate: decimal(rate),
  base: money(base, 'JPY'),
  tax: money(tax, 'JPY'),
  ...(rule === 'jp/consumption-tax' ? {} : { exemption: exemptions[rule] }),
});
type Group = ReturnType<typeof group>;

/** @param lines what each line bears: the place of its group in `taxes` */
const taxed = (
  name: string,
  input: TaxableInvoice,
  taxes: readonly (Group & { readonly inTaxCurrency?: unknown })[],
  lines: readonly number[],
  document = 'qualified-invoice',
  warnings: readonly { readonly code: string; readonly message: string }[] = [],
): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'JP',
  input,
  answer: yes({
    rule: 'jp/consumption-tax',
    taxes,
    warnings,
    document,
    rates: jpRates.version,
    lines: lines.map((at) => taxes.slice(at, at + 1).map(({ rule, category, rate }) => ({ rule, category, rate }))),
  }),
});
const refused = (name: string, input: TaxableInvoice, refusal: unknown): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'JP',
  input,
  answer: no(refusal),
});
const unqualified = (code: string, message: string) => ['invoice', [{ code, message }]] as const;
const supplier = (number: string, dates: object = {}) => ({
  supplier: { registrations: [{ scheme: 'JP-T', number, ...dates }] },
});
const both = [line(1_005n), line(1_009n, 'reduced')];
const threeThirds = [line(333n), line(333n), line(339n)];

/** What amazon.co.jp must be answered of tax. @source National Tax Agency, Q&A on the qualified invoice system */
export const taxGolden: readonly GoldenCase[] = [
  taxed('J1 · 10 % on 1,000 yen is 100', invoice(), [group('S', '10', 1_000n, 100n)], [0]),
  taxed(
    'J3 · 10 % and 8 %, each rounded once, and truncated where nobody chose',
    invoice({ lines: both }),
    [group('AA', '8', 1_009n, 80n), group('S', '10', 1_005n, 100n)],
    [1, 0],
  ),
  taxed(
    'J3 · half up, when the supplier has chosen so',
    invoice({ lines: both, rounding: 'half-away-from-zero' }),
    [group('AA', '8', 1_009n, 81n), group('S', '10', 1_005n, 101n)],
    [1, 0],
  ),
  taxed(
    'J3 · up, when the supplier has chosen so',
    invoice({ lines: both, rounding: 'ceiling' }),
    [group('AA', '8', 1_009n, 81n), group('S', '10', 1_005n, 101n)],
    [1, 0],
  ),
  taxed(
    'J3 · once per rate: 333 + 333 + 339 yen bear 100, and not 33 + 33 + 33',
    invoice({ lines: threeThirds }),
    [group('S', '10', 1_005n, 100n)],
    [0, 0, 0],
  ),
  taxed(
    'J3 · up once, too: 101, and not 34 + 34 + 34',
    invoice({ lines: threeThirds, rounding: 'ceiling' }),
    [group('S', '10', 1_005n, 101n)],
    [0, 0, 0],
  ),
  taxed('J3 · one yen bears none', invoice({ lines: [line(1n)] }), [group('S', '10', 1n, 0n)], [0]),
  taxed(
    'C3 · a return mirrors it',
    invoice({ lines: [line(-1_005n), line(-1_009n, 'reduced')] }),
    [group('AA', '8', -1_009n, -80n), group('S', '10', -1_005n, -100n)],
    [1, 0],
  ),
  taxed(
    'C3 · and one rounded up is taken back as far',
    invoice({ lines: [line(-1_005n)], rounding: 'ceiling' }),
    [group('S', '10', -1_005n, -101n)],
    [0],
  ),
  taxed(
    'C4 · 8 % on the last day before October 2019',
    invoice({ taxPoint: day('2019-09-30') }),
    [group('S', '8', 1_000n, 80n)],
    [0],
    'invoice',
  ),
  taxed(
    'C4 · 10 % from 1 October 2019',
    invoice({ taxPoint: day('2019-10-01') }),
    [group('S', '10', 1_000n, 100n)],
    [0],
    'invoice',
  ),
  taxed(
    'C4 · food and all else have one rate until then, and one group',
    invoice({ lines: both, taxPoint: day('2019-09-30') }),
    [group('S', '8', 2_014n, 161n)],
    [0, 0],
    'invoice',
  ),
  taxed(
    'C4 · food keeps 8 % from then, as a reduced rate',
    invoice({ lines: [line(1_000n, 'reduced')], taxPoint: day('2019-10-01') }),
    [group('AA', '8', 1_000n, 80n)],
    [0],
    'invoice',
  ),
  taxed(
    'C4 · the first day that is known',
    invoice({ taxPoint: day('2014-04-01') }),
    [group('S', '8', 1_000n, 80n)],
    [0],
    'invoice',
  ),
  refused('C10 · the day before it is refused', invoice({ taxPoint: day('2014-03-31') }), {
    code: 'TAX_RATE_UNKNOWN',
    key: 'standard',
    on: '2014-03-31',
    since: '2014-04-01',
  }),
  refused('C10 · a class without a rate is refused', invoice({ lines: [line(1n, 'luxury')] }), {
    code: 'TAX_CLASS_UNKNOWN',
    taxClass: 'luxury',
    known: ['standard', 'reduced', 'exempt', 'out-of-scope', 'export'],
  }),
  taxed(
    'J1 · exempt goods stand apart, at no tax',
    invoice({ lines: [line(1_000n), line(500n, 'exempt')] }),
    [group('S', '10', 1_000n, 100n), group('E', '0', 500n, 0n, 'jp/exempt')],
    [0, 1],
  ),
  taxed(
    'J1 · what leaves Japan is exported, food too',
    invoice({ lines: both, shipToCountry: 'US' }),
    [group('G', '0', 2_014n, 0n, 'jp/export')],
    [0, 0],
  ),
  taxed(
    'J1 · what is exempt at home is exempt abroad',
    invoice({ lines: [line(500n, 'exempt'), line(500n)], shipToCountry: 'US' }),
    [group('E', '0', 500n, 0n, 'jp/exempt'), group('G', '0', 500n, 0n, 'jp/export')],
    [0, 1],
  ),
  taxed(
    'J1 · out of scope is neither exempt nor zero',
    invoice({ lines: [line(500n, 'out-of-scope')] }),
    [group('O', '0', 500n, 0n, 'jp/out-of-scope')],
    [0],
  ),
  taxed(
    'J3 · prices that include tax: 1,100 yen hold 100',
    invoice({ lines: [line(1_100n)], priceBasis: 'gross' }),
    [group('S', '10', 1_000n, 100n)],
    [0],
  ),
  taxed(
    'J3 · 999 yen of food with tax hold 74',
    invoice({ lines: [line(999n, 'reduced')], priceBasis: 'gross' }),
    [group('AA', '8', 925n, 74n)],
    [0],
  ),
  taxed(
    'J3 · 1,000 yen with 10 % hold 91 when rounded up',
    invoice({ lines: [line(1_000n)], priceBasis: 'gross', rounding: 'ceiling' }),
    [group('S', '10', 909n, 91n)],
    [0],
  ),
  taxed(
    'J6 · 133.53 dollars at 114: converted, taxed, and only then rounded: 1,522 yen',
    invoice({
      lines: [line(133_53n, 'standard', 'USD')],
      taxCurrency: { currency: 'JPY' as Currency, rate: decimal('114'), source: 'TTM, 2026-11-02' },
    }),
    [
      {
        ...group('S', '10', 0n, 0n),
        base: money(133_53n, 'USD'),
        tax: money(13_35n, 'USD'),
        inTaxCurrency: { base: money(15_222n, 'JPY'), tax: money(1_522n, 'JPY'), source: 'TTM, 2026-11-02' },
      },
    ],
    [0],
  ),
  refused('J6 · dollars without a rate are refused', invoice({ lines: [line(133_53n, 'standard', 'USD')] }), {
    code: 'NOT_ENOUGH_KNOWN',
    site: 'JP',
    missing: 'the exchange rate at which its tax is stated in yen',
  }),
  taxed(
    'J2 · an unregistered supplier never writes a qualified invoice',
    invoice({ supplier: { registrations: [] } }),
    [group('S', '10', 1_000n, 100n)],
    [0],
    ...unqualified(
      'SUPPLIER_NOT_REGISTERED',
      'The supplier is not registered on 2026-11-02: this is no qualified invoice.',
    ),
  ),
  taxed(
    'J2 · nor one whose registration begins the day after',
    invoice(supplier('T7000012050002', { validFrom: day('2026-11-03') })),
    [group('S', '10', 1_000n, 100n)],
    [0],
    ...unqualified(
      'SUPPLIER_NOT_REGISTERED',
      'The supplier is not registered on 2026-11-02: this is no qualified invoice.',
    ),
  ),
  taxed(
    'J2 · one whose registration ends that day still does',
    invoice(supplier('T5835678256246', { validUntil: day('2026-11-02') })),
    [group('S', '10', 1_000n, 100n)],
    [0],
  ),
  taxed(
    'J2 · a number of another shape is none',
    invoice(supplier('T700001205000')),
    [group('S', '10', 1_000n, 100n)],
    [0],
    ...unqualified(
      'REGISTRATION_NUMBER_INVALID',
      'T700001205000 is not T and 13 digits: this is no qualified invoice.',
    ),
  ),
  taxed(
    'J2 · a number with another check digit has to be looked up',
    invoice(supplier('T8000012050002')),
    [group('S', '10', 1_000n, 100n)],
    [0],
    'qualified-invoice',
    [
      {
        code: 'REGISTRATION_NUMBER_UNCHECKED',
        message: 'The check digit of T8000012050002 is not that of a corporate number: look it up in the register.',
      },
    ],
  ),
  taxed(
    'J2 · before October 2023 there were no qualified invoices to miss',
    invoice({ taxPoint: day('2023-09-30'), supplier: { registrations: [] } }),
    [group('S', '10', 1_000n, 100n)],
    [0],
    'invoice',
  ),
];
