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
  type TaxSupplier,
  taxFacts,
  yes,
} from 'acorn/plugin';
import { exemptions, selfBilling } from '../legal-notes.ts';
import { euRates } from '../rates.ts';
import { reverseChargeVersion } from '../reverse-charge.ts';

/** VAT ids that pass the check digits of their states. */
export const vatIds = {
  AT: 'ATU13585627',
  BE: 'BE0428759497',
  BG: 'BG175074752',
  CY: 'CY10259033P',
  CZ: 'CZ25123891',
  DE: 'DE136695976',
  DK: 'DK13585628',
  EE: 'EE100594102',
  EL: 'EL094259216',
  ES: 'ESB64717838',
  FI: 'FI20774740',
  FR: 'FR40303265045',
  HR: 'HR33392005961',
  HU: 'HU12892312',
  IE: 'IE6433435F',
  IT: 'IT00743110157',
  LT: 'LT119511515',
  LU: 'LU15027442',
  LV: 'LV40003521600',
  MT: 'MT11679112',
  NL: 'NL004495445B01',
  PL: 'PL8567346215',
  PT: 'PT501964843',
  RO: 'RO18547290',
  SE: 'SE556188840401',
  SI: 'SI50223054',
  SK: 'SK2022749619',
  XI: 'XI980780684',
} as const;
export type State = keyof typeof vatIds;

export const line = (minor: bigint, taxClass = 'standard', currency = 'EUR') => ({
  net: money(minor, currency),
  taxClass,
});

/** A supplier with VAT ids of these states. @param home where it is established; left out: nobody has said */
export const registeredIn = (home: string | undefined, ...states: readonly State[]): TaxSupplier => ({
  ...(home === undefined ? {} : { establishedIn: home }),
  registrations: states.map((state) => ({ scheme: 'EU-VAT', number: vatIds[state] })),
});

/** 100.00 of goods within Germany, from a German supplier, in November 2026: unless it is said otherwise. */
export const invoice = (over: Partial<TaxableInvoice> = {}): TaxableInvoice => ({
  lines: [line(100_00n)],
  taxPoint: day('2026-11-02'),
  shipFromCountry: 'DE',
  shipToCountry: 'DE',
  certificates: [],
  supplier: registeredIn('DE', 'DE'),
  ...over,
});

/** One group of the answer: its treatment, its place, what is taxed and the tax, in minor units. */
export interface Group {
  readonly kind: keyof typeof rules;
  readonly place: string;
  readonly rate?: string;
  readonly base: bigint;
  readonly tax?: bigint;
  readonly currency?: string;
  readonly inTaxCurrency?: {
    readonly base: bigint;
    readonly tax: bigint;
    readonly currency: string;
    readonly source: string;
  };
}

const rules = {
  vat: { rule: 'eu/vat', category: 'S' },
  zero: { rule: 'eu/vat-zero', category: 'Z' },
  exempt: { rule: 'eu/exempt', category: 'E', exemption: exemptions.exempt },
  'intra-community': { rule: 'eu/intra-community', category: 'K', exemption: exemptions['intra-community'] },
  'reverse-charge': { rule: 'eu/reverse-charge', category: 'AE', exemption: exemptions['reverse-charge'] },
  export: { rule: 'eu/export', category: 'G', exemption: exemptions.export },
  'out-of-scope': { rule: 'eu/out-of-scope', category: 'O', exemption: exemptions['out-of-scope'] },
} satisfies Readonly<Record<string, { rule: string; category: TaxCategory; exemption?: object }>>;

const groupOf = ({ kind, place, rate = '0', base, tax = 0n, currency = 'EUR', inTaxCurrency: stated }: Group) => ({
  ...rules[kind],
  name: 'VAT',
  jurisdiction: place,
  rate: decimal(rate),
  base: money(base, currency),
  tax: money(tax, currency),
  ...(stated === undefined
    ? {}
    : {
        inTaxCurrency: {
          base: money(stated.base, stated.currency),
          tax: money(stated.tax, stated.currency),
          source: stated.source,
        },
      }),
});

const places: readonly TaxFactName[] = [
  'taxPoint',
  'shipFromCountry',
  'shipFromRegion',
  'shipToCountry',
  'shipToRegion',
];

export interface Expected {
  readonly groups: readonly Group[];
  /** For each line, the place of its group in `groups`. Left out: all lines are in the first. */
  readonly lines?: readonly number[];
  /** What was looked at beside the places. */
  readonly facts: readonly TaxFactName[];
  readonly required: readonly RequiredTerm[];
  readonly document?: string;
  readonly warnings?: readonly TaxProblem[];
  /** The buyer wrote it, and it says so. */
  readonly selfBilled?: boolean;
}

/** A case that is taxed, or is free of tax with a reason. */
export function answered(name: string, source: string, input: TaxableInvoice, expected: Expected): GoldenCase {
  const taxes = expected.groups.map(groupOf);
  const reasons = expected.groups
    .map(({ kind }) => rules[kind])
    .flatMap((rule) => ('exemption' in rule ? rule.exemption : []));
  const notes = [...new Set([...reasons, ...(expected.selfBilled === true ? [selfBilling] : [])])];
  const at = expected.lines ?? input.lines.map(() => 0);
  return {
    rule: 'tax',
    name,
    site: 'EU',
    source,
    input,
    answer: yes({
      rule: 'eu/vat',
      taxes,
      lines: at.map((group) =>
        taxes.slice(group, group + 1).map(({ rule, category, rate }) => ({ rule, category, rate })),
      ),
      document: expected.document ?? 'invoice',
      rates: `${euRates.version} ${reverseChargeVersion}`,
      facts: taxFacts(input, [...places, ...expected.facts]),
      notes: notes.sort((a, b) => (a.code < b.code ? -1 : 1)),
      required: expected.required,
      warnings: expected.warnings ?? [],
    }),
  };
}

/** A case that is refused. */
export const refused = (name: string, source: string, input: TaxableInvoice, refusal: object): GoldenCase => ({
  rule: 'tax',
  name,
  site: 'EU',
  source,
  input,
  answer: no(refusal),
});

/** A case that is blocked, with what to do about it. */
export const blocked = (
  name: string,
  source: string,
  input: TaxableInvoice,
  problem: string,
  message: string,
): GoldenCase => refused(name, source, input, { code: 'TAX_NOT_DECIDABLE', site: 'EU', problem, message });

export const seller = (state: State): RequiredTerm => ({ term: 'BT-31', value: vatIds[state] });
export const buyer = (state: State): RequiredTerm => ({ term: 'BT-48', value: vatIds[state] });
