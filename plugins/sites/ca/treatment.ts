import {
  type CalendarDate,
  decimal,
  no,
  type RateTable,
  type Result,
  type SiteRefusal,
  type TaxTreatment,
  yes,
} from 'acorn/plugin';
import { type Province, provinces } from './provinces.ts';

/** Exempt goods are none of them: what Schedule V exempts are services and homes. */
export const taxClasses = ['standard', 'zero-rated'] as const;
export type TaxClass = (typeof taxClasses)[number];

/** Where, when, and what the buyer has shown. */
export interface Delivery {
  readonly province: string;
  readonly taxPoint: CalendarDate;
  readonly rates: RateTable;
  /** The buyer's number that frees goods for resale of the provincial tax, to be printed. */
  readonly resaleNumber?: string;
}

export const isTaxClass = (text: string): text is TaxClass => (taxClasses as readonly string[]).includes(text);

/**
 * The taxes a line bears in the province of delivery, each on the price without any of them.
 *
 * Zero-rated means basic groceries: GST, HST and QST at 0, and no PST, which all three provinces leave off food. Goods
 * for resale bear GST, HST and QST as usual, since a registered buyer has the credit; only PST and RST are left off.
 * @source Excise Tax Act, Schedule VI (zero-rated) and Schedule IX, Part II (place of supply); BC Bulletin PST 104; Saskatchewan PST-5; Manitoba Bulletin 004
 */
export function treatmentsOf(taxClass: TaxClass, delivery: Delivery): Result<readonly TaxTreatment[], SiteRefusal> {
  const province = provinces[delivery.province];
  if (province === undefined) {
    return no({ code: 'NOT_ENOUGH_KNOWN', site: 'CA', missing: 'the province it was delivered to' });
  }
  const federal = federalTax(taxClass, province, delivery);
  if (!federal.ok) return federal;
  const own = provincialTax(taxClass, province, delivery);
  return own.ok ? yes([federal.value, ...own.value]) : own;
}

/** Goods delivered outside Canada. @source Excise Tax Act, Schedule VI, Part V */
export const exported: TaxTreatment = {
  rule: 'ca/export',
  name: 'GST/HST',
  category: 'G',
  jurisdiction: 'CA',
  rate: decimal('0'),
  exemption: { code: 'CA-ETA-VI-V', text: { en: 'Zero-rated: export', fr: 'Détaxé : exportation' } },
};

function federalTax(taxClass: TaxClass, { regime }: Province, { province, taxPoint, rates }: Delivery) {
  const harmonised = regime === 'HST';
  const found = rates.on(harmonised ? `HST ${province}` : 'GST', taxPoint);
  if (!found.ok) return found;
  return yes(
    treatment(taxClass, {
      rule: harmonised ? 'ca/hst' : 'ca/gst',
      name: harmonised ? 'HST' : 'GST',
      jurisdiction: harmonised ? `CA-${province}` : 'CA',
      rate: found.value.rate,
    }),
  );
}

function provincialTax(taxClass: TaxClass, { provincial }: Province, delivery: Delivery) {
  const { province, taxPoint, rates, resaleNumber } = delivery;
  if (provincial === undefined) return yes([]);
  const found = rates.on(`${provincial} ${province}`, taxPoint);
  if (!found.ok) return found;
  const tax = {
    rule: `ca/${provincial.toLowerCase()}`,
    name: provincial,
    jurisdiction: `CA-${province}`,
    rate: found.value.rate,
  };
  if (provincial === 'QST') return yes([treatment(taxClass, tax)]);
  if (taxClass !== 'standard') return yes([]);
  if (resaleNumber === undefined) return yes([treatment('standard', tax)]);
  const resale: TaxTreatment = {
    ...tax,
    rule: `${tax.rule}-resale`,
    category: 'E',
    rate: decimal('0'),
    exemption: {
      code: `CA-${province}-RESALE`,
      text: {
        en: `${provincial} exempt: goods for resale, number ${resaleNumber}`,
        fr: `Exonéré de ${provincial} : produits destinés à la revente, numéro ${resaleNumber}`,
      },
      reference: resaleNumber,
    },
  };
  return yes([resale]);
}

function treatment(
  taxClass: TaxClass,
  tax: Pick<TaxTreatment, 'rule' | 'name' | 'jurisdiction' | 'rate'>,
): TaxTreatment {
  const free = { ...tax, rate: decimal('0') };
  switch (taxClass) {
    case 'standard':
      return { ...tax, category: 'S' };
    case 'zero-rated':
      return { ...free, rule: `${tax.rule}-zero`, category: 'Z' };
  }
}
