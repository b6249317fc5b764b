import {
  choicesMade,
  type RateTable,
  type Result,
  type SiteRefusal,
  sentences,
  type TaxAnswer,
  type TaxableInvoice,
  type TaxCurrency,
  type TaxFactName,
  type TaxProblem,
  type TaxTreatment,
  taxFacts,
  taxGroups,
  yes,
} from 'acorn/plugin';
import { selfBilling } from './legal-notes.ts';
import { euRates } from './rates.ts';
import { blocked, notEnoughKnown } from './refusals.ts';
import { reverseChargeVersion } from './reverse-charge.ts';
import { currencyOf, type StatePlace } from './states.ts';
import { supplyOf } from './supply.ts';
import { treatmentOf } from './treatment.ts';

/**
 * VAT of goods: the supply is decided once for the document, its treatment line by line, and each group of equal
 * category and rate is rounded once, half a cent away from zero.
 *
 * @param rates a table of the operator's, where a new rate is in force already
 * @source Directive 2006/112/EC; EN 16931-1, rules BR-CO-17 and BR-S-08 (one rounding per category and rate)
 */
export const vatBy =
  (rates: RateTable) =>
  (invoice: TaxableInvoice): Result<TaxAnswer, SiteRefusal> => {
    const { lines, taxPoint, priceBasis, rounding } = invoice;
    if (rounding !== undefined && rounding !== 'half-away-from-zero') {
      return blocked('ROUNDING_NOT_ALLOWED', 'VAT is rounded half away from zero (EN 16931): leave the choice out.');
    }
    const supply = supplyOf(invoice, rates);
    if (!supply.ok) return supply;
    const treatments: TaxTreatment[] = [];
    for (const { taxClass } of lines) {
      const treatment = treatmentOf(taxClass, supply.value, { taxPoint, rates });
      if (!treatment.ok) return treatment;
      treatments.push(treatment.value);
    }
    const stated = statedIn(invoice, supply.value.place, treatments);
    if (!stated.ok) return stated;
    return yes({
      rule: 'eu/vat',
      taxes: taxGroups(
        lines.map(({ net }, at) => ({ amount: net, treatments: treatments.slice(at, at + 1) })),
        {
          rounding: 'half-away-from-zero',
          ...(priceBasis === undefined ? {} : { priceBasis }),
          ...(stated.value === undefined ? {} : { taxCurrency: stated.value }),
        },
      ),
      lines: treatments.map(({ rule, category, rate }) => [{ rule, category, rate }]),
      document: documentOf(invoice),
      rates: `${rates.version} ${reverseChargeVersion}`,
      facts: taxFacts(invoice, [
        ...supply.value.facts,
        ...(stated.value === undefined ? [] : (['taxCurrency'] as const)),
        ...choicesMade(invoice, 'kind', 'issuer', 'priceBasis', 'rounding'),
      ]),
      notes: sentences(treatments, ...(invoice.issuer === 'buyer' ? [selfBilling] : [])),
      required: [
        ...supply.value.required,
        ...(stated.value === undefined ? [] : [{ term: 'BT-6', value: stated.value.currency }]),
      ],
      warnings: [...supply.value.warnings, ...warningsOf(treatments)],
    });
  };

export const vat = vatBy(euRates);

/** The currency in which VAT is stated besides, where the state has another than the invoice: only where there is any. */
function statedIn(
  { lines, taxPoint, taxCurrency }: TaxableInvoice,
  place: StatePlace | undefined,
  treatments: readonly TaxTreatment[],
): Result<TaxCurrency | undefined, SiteRefusal> {
  if (place === undefined || !treatments.some(({ category }) => category === 'S')) return yes(undefined);
  const currency = currencyOf(place.state, taxPoint);
  if (lines.every(({ net }) => net.currency === currency)) return yes(undefined);
  return taxCurrency?.currency === currency
    ? yes(taxCurrency)
    : notEnoughKnown(
        ['taxCurrency'] satisfies TaxFactName[],
        `the exchange rate at which its VAT is stated in ${currency}`,
      );
}

function documentOf({ kind = 'invoice', issuer = 'supplier' }: TaxableInvoice): string {
  return issuer === 'buyer' ? `self-billed-${kind}` : kind;
}

function warningsOf(treatments: readonly TaxTreatment[]): readonly TaxProblem[] {
  const categories = new Set(treatments.map(({ category }) => category));
  const warnings: TaxProblem[] = [];
  if (categories.has('E')) {
    warnings.push({
      code: 'EXEMPTION_TO_BE_NAMED',
      message: 'Which provision exempts these goods is not known here: name it on the document.',
    });
  }
  if (categories.has('O') && categories.size > 1) {
    warnings.push({
      code: 'OUT_OF_SCOPE_BESIDE_OTHERS',
      message: 'EN 16931 has no document with category O beside another: invoice what is not subject to VAT apart.',
    });
  }
  return warnings;
}
