import {
  day,
  decimal,
  type GoldenCase,
  money,
  no,
  type RequiredTerm,
  type TaxableInvoice,
  type TaxCategory,
  type TaxFactName,
  type TaxProblem,
  taxFacts,
  yes,
} from 'acorn/plugin';
import { jpRates } from '../rates.ts';

export const nta = 'National Tax Agency, Q&A on the qualified invoice system';
export const number = 'T7000012050002';
const registered = { registrations: [{ scheme: 'JP-T', number, validFrom: day('2023-10-01') }] };

export const line = (minor: bigint, taxClass = 'standard', currency = 'JPY') => ({
  net: money(minor, currency),
  taxClass,
});

/** 1,000 yen of goods in Japan from a registered supplier, in November 2026: unless it is said otherwise. */
export const invoice = (over: Partial<TaxableInvoice> = {}): TaxableInvoice => ({
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
const reducedMark = { code: 'JP-REDUCED-RATE', text: { ja: '軽減税率対象', en: 'Subject to the reduced rate' } };
type Rule = 'jp/consumption-tax' | keyof typeof exemptions;

export const group = (
  category: TaxCategory,
  rate: string,
  base: bigint,
  tax: bigint,
  rule: Rule = 'jp/consumption-tax',
) => ({
  rule,
  name: 'Consumption tax',
  category,
  jurisdiction: 'JP',
  rate: decimal(rate),
  base: money(base, 'JPY'),
  tax: money(tax, 'JPY'),
  ...(rule === 'jp/consumption-tax' ? {} : { exemption: exemptions[rule] }),
});
export type Group = ReturnType<typeof group> & { readonly inTaxCurrency?: unknown };

export interface Expected {
  readonly groups: readonly Group[];
  /** For each line, the place of its group in `groups`. Left out: all lines are in the first. */
  readonly lines?: readonly number[];
  /** What was looked at beside the day, the place and the supplier. */
  readonly facts?: readonly TaxFactName[];
  /** `qualified-invoice`, with the supplier's number, when left out. */
  readonly document?: string;
  readonly required?: readonly RequiredTerm[];
  readonly warnings?: readonly TaxProblem[];
}

export const numbered = (value = number): readonly RequiredTerm[] => [{ term: 'registration-number', value }];

export function taxed(name: string, input: TaxableInvoice, expected: Expected, source = nta): GoldenCase {
  const { groups: taxes, facts = [], document = 'qualified-invoice', required = numbered(), warnings = [] } = expected;
  const at = expected.lines ?? input.lines.map(() => 0);
  const notes = [
    ...(taxes.some(({ category }) => category === 'AA') ? [reducedMark] : []),
    ...taxes.flatMap(({ rule }) => (rule === 'jp/consumption-tax' ? [] : [exemptions[rule]])),
  ];
  return {
    rule: 'tax',
    name,
    site: 'JP',
    source,
    input,
    answer: yes({
      rule: 'jp/consumption-tax',
      taxes,
      lines: at.map((place) =>
        taxes.slice(place, place + 1).map(({ rule, category, rate }) => ({ rule, category, rate })),
      ),
      document,
      rates: jpRates.version,
      facts: taxFacts(input, ['taxPoint', 'shipToCountry', 'supplier', ...facts]),
      notes: notes.sort((a, b) => (a.code < b.code ? -1 : 1)),
      required,
      warnings,
    }),
  };
}

/** A document that may not call itself a qualified invoice. */
export const unqualified = (...warnings: readonly TaxProblem[]) =>
  ({ document: 'invoice', required: [], warnings }) as const;

export const refused = (name: string, input: TaxableInvoice, refusal: object, source = nta): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'JP',
  source,
  input,
  answer: no(refusal),
});
