import {
  choicesMade,
  no,
  type RateTable,
  type Result,
  type SiteRefusal,
  sentences,
  type TaxAnswer,
  type TaxableInvoice,
  type TaxTreatment,
  taxFacts,
  taxGroups,
  yes,
} from 'acorn/plugin';
import { jpRates } from './rates.ts';
import { documentOf } from './supplier.ts';
import { reducedRate, treatmentOf } from './treatment.ts';

/**
 * Consumption tax, rounded once per rate per invoice to a whole yen and never per line; truncated unless the supplier
 * has chosen otherwise, always the same. A monthly summary is one invoice.
 *
 * @param rates a table of the operator's, where a new rate is in force already
 * @source National Tax Agency, Q&A on the qualified invoice system, fractions of consumption tax
 */
export const consumptionTaxBy =
  (rates: RateTable) =>
  (invoice: TaxableInvoice): Result<TaxAnswer, SiteRefusal> => {
    const { lines, taxPoint, shipToCountry, priceBasis, taxCurrency, rounding = 'truncate' } = invoice;
    const treatments: TaxTreatment[] = [];
    for (const { taxClass } of lines) {
      const treatment = treatmentOf(taxClass, { taxPoint, shipToCountry, rates });
      if (!treatment.ok) return treatment;
      treatments.push(treatment.value);
    }
    if (taxCurrency?.currency !== 'JPY' && lines.some(({ net }) => net.currency !== 'JPY')) {
      return no({
        code: 'NOT_ENOUGH_KNOWN',
        site: 'JP',
        missing: 'the exchange rate at which its tax is stated in yen',
        facts: ['taxCurrency'],
      });
    }
    const treated = lines.map(({ net }, at) => ({ amount: net, treatments: treatments.slice(at, at + 1) }));
    return yes({
      rule: 'jp/consumption-tax',
      taxes: taxGroups(treated, {
        rounding,
        ...(priceBasis === undefined ? {} : { priceBasis }),
        ...(taxCurrency === undefined ? {} : { taxCurrency }),
      }),
      lines: treatments.map(({ rule, category, rate }) => [{ rule, category, rate }]),
      rates: rates.version,
      facts: taxFacts(invoice, [
        'taxPoint',
        'shipToCountry',
        'supplier',
        ...choicesMade(invoice, 'kind', 'issuer', 'priceBasis', 'rounding', 'taxCurrency'),
      ]),
      notes: sentences(treatments, ...(treatments.some(({ category }) => category === 'AA') ? [reducedRate] : [])),
      ...documentOf(invoice),
    });
  };

export const consumptionTax = consumptionTaxBy(jpRates);
