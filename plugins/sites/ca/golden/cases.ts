import {
  day,
  decimal,
  type GoldenCase,
  money,
  no,
  type TaxableInvoice,
  type TaxCategory,
  type TaxFactName,
  taxFacts,
  yes,
} from 'acorn/plugin';
import { caRates } from '../rates.ts';

const registered = {
  registrations: [
    { scheme: 'CA-GST', number: '123456782 RT 0001' },
    { scheme: 'CA-QST', number: '1234567890 TQ 0001' },
  ],
};
export const line = (minor: bigint, taxClass = 'standard') => ({ net: money(minor, 'CAD'), taxClass });
export const invoice = (shipToRegion: string, over: Partial<TaxableInvoice> = {}): TaxableInvoice => ({
  lines: [line(100_00n)],
  taxPoint: day('2026-11-02'),
  shipToCountry: 'CA',
  shipToRegion,
  certificates: [],
  supplier: registered,
  ...over,
});
export const group = (
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
export const gst = (base: bigint, tax: bigint) => group('gst', 'GST', 'CA', '5', base, tax);
export const hst = (province: string, rate: string, base: bigint, tax: bigint) =>
  group('hst', 'HST', `CA-${province}`, rate, base, tax);
export const qst = (base: bigint, tax: bigint) => group('qst', 'QST', 'CA-QC', '9.975', base, tax);
export const noPst = (name: string, province: string, number: string) => ({
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
export const exported = (base: bigint) => ({
  ...group('export', 'GST/HST', 'CA', '0', base, 0n, 'G'),
  exemption: { code: 'CA-ETA-VI-V', text: { en: 'Zero-rated: export', fr: 'Détaxé : exportation' } },
});

/** One group of the answer. */
type Group = ReturnType<typeof group> & {
  readonly exemption?: { readonly code: string; readonly reference?: string };
};
type Warning = readonly [code: string, message: string];

const source =
  'Canada Revenue Agency, Revenu Québec, the finance ministries of BC, SK and MB: by the rate and the rule';

/** Numbers that a document with these taxes prints: the supplier's, but for those it is warned about, and the buyer's. */
const numbersFor = (taxes: readonly Group[], { supplier }: TaxableInvoice, warnings: readonly Warning[]) => {
  const printed = (tax: string, ...names: readonly string[]) =>
    taxes.some(({ name }) => names.includes(name)) && !warnings.some(([code]) => code.startsWith(`${tax}_`))
      ? (supplier?.registrations ?? []).filter(({ scheme }) => scheme === `CA-${tax}`)
      : [];
  return [
    ...printed('GST', 'GST', 'HST', 'GST/HST').map(({ number }) => ({ term: 'gst-number', value: number })),
    ...printed('QST', 'QST').map(({ number }) => ({ term: 'qst-number', value: number })),
    ...taxes.flatMap(({ exemption }) =>
      exemption?.reference === undefined ? [] : [{ term: 'resale-number', value: exemption.reference }],
    ),
  ];
};

/** @param lines what each line bears, as places in `taxes`; left out: one line that bears them all */
export const taxed = (
  name: string,
  input: TaxableInvoice,
  taxes: readonly Group[],
  lines: readonly (readonly number[])[] = [taxes.map((_, at) => at)],
  ...warnings: readonly Warning[]
): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'CA',
  source,
  input,
  answer: yes({
    rule: 'ca/sales-tax',
    taxes,
    document: input.kind ?? 'invoice',
    rates: caRates.version,
    facts: taxFacts(input, [
      ...places,
      ...(input.kind === undefined ? [] : (['kind'] as const)),
      ...(input.taxCurrency === undefined ? [] : (['taxCurrency'] as const)),
    ]),
    notes: taxes.flatMap(({ exemption }) => exemption ?? []),
    required: numbersFor(taxes, input, warnings),
    warnings: warnings.map(([code, message]) => ({ code, message })),
    lines: lines.map((ofLine) =>
      ofLine.flatMap((at) => taxes.slice(at, at + 1).map(({ rule, category, rate }) => ({ rule, category, rate }))),
    ),
  }),
});
const places: readonly TaxFactName[] = ['taxPoint', 'shipToCountry', 'shipToRegion', 'certificates', 'supplier'];

export const refused = (name: string, input: TaxableInvoice, refusal: unknown): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'CA',
  source,
  input,
  answer: no(refusal),
});
export const on = (date: string, over: Partial<TaxableInvoice> = {}) => ({ taxPoint: day(date), ...over });
export const resale = (number: string, over: object = {}) => ({ certificates: [{ kind: 'resale', number, ...over }] });
export const oneLine = undefined;
export const missing = (name: string, province: string): Warning => [
  'RESALE_NUMBER_MISSING',
  `${name} is charged on goods for resale: the buyer's number in ${province} is not on file.`,
];
