import {
  type CalendarDate,
  decimal,
  type LegalNote,
  no,
  type RateTable,
  type Result,
  type SiteRefusal,
  type TaxTreatment,
  yes,
} from 'acorn/plugin';

const jp = { name: 'Consumption tax', jurisdiction: 'JP', rate: decimal('0') } as const;

/**
 * The mark of goods at the reduced rate, which a qualified invoice has to show.
 * @source Consumption Tax Act, article 57-4, paragraph 1, item 3
 */
export const reducedRate: LegalNote = {
  code: 'JP-REDUCED-RATE',
  text: { ja: '軽減税率対象', en: 'Subject to the reduced rate' },
};

/** Treatments without a rate in the table, by the class that asks for them. */
const untaxed = {
  exempt: {
    ...jp,
    rule: 'jp/exempt',
    category: 'E',
    // Land, securities, authorised textbooks and the like.
    exemption: { code: 'JP-CTA-6', text: { ja: '非課税', en: 'Exempt from consumption tax' } },
  },
  'out-of-scope': {
    ...jp,
    rule: 'jp/out-of-scope',
    category: 'O',
    exemption: { code: 'JP-CTA-4', text: { ja: '不課税', en: 'Outside the scope of consumption tax' } },
  },
  export: {
    ...jp,
    rule: 'jp/export',
    category: 'G',
    exemption: { code: 'JP-CTA-7', text: { ja: '輸出免税', en: 'Export, exempt from consumption tax' } },
  },
} satisfies Readonly<Record<string, TaxTreatment>>;

/**
 * What a line bears. Goods of a rated class that leave Japan are exported; what is exempt at home is exempt abroad.
 * The day must be in the table even for what bears no tax: the exemptions are of the same law.
 * @source Consumption Tax Act, articles 4 (scope), 6 (exempt), 7 (export), 29 (rate)
 */
export function treatmentOf(
  taxClass: string,
  { taxPoint, shipToCountry, rates }: { taxPoint: CalendarDate; shipToCountry: string; rates: RateTable },
): Result<TaxTreatment, SiteRefusal> {
  const known = [...rates.keys, ...Object.keys(untaxed)];
  if (!known.includes(taxClass)) return no({ code: 'TAX_CLASS_UNKNOWN', taxClass, known });
  const exempt = isUntaxed(taxClass) ? untaxed[taxClass] : undefined;
  const found = rates.on(exempt === undefined ? taxClass : 'standard', taxPoint);
  if (!found.ok) return found;
  if (exempt !== undefined) return yes(exempt);
  if (shipToCountry !== 'JP') return yes(untaxed.export);
  const { rate, category = 'S' } = found.value;
  return yes({ ...jp, rule: 'jp/consumption-tax', category, rate });
}

const isUntaxed = (taxClass: string): taxClass is keyof typeof untaxed => Object.hasOwn(untaxed, taxClass);
