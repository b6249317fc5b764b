import {
  no,
  type RateTable,
  type Result,
  type SiteRefusal,
  type TaxAnswer,
  type TaxableInvoice,
  type TaxTreatment,
  taxGroups,
  yes,
} from 'acorn/plugin';
import { caRates } from './rates.ts';
import { resaleOf } from './resale.ts';
import { registrationWarnings } from './supplier.ts';
import { exported, isTaxClass, taxClasses, treatmentsOf } from './treatment.ts';

/**
 * GST, HST, QST, PST and RST of the province of delivery, each on the price and on the whole invoice, half a cent up.
 *
 * HST is one tax at the combined rate, rounded once: 10.10 at 13 % is 1.31. Rounding the federal and the provincial part
 * apart, which is allowed too, would say 1.32; whoever does one does it always, and this is ours.
 * @source Excise Tax Act, sections 165 and 165.2 (rounding), Schedule IX, Part II (place of supply)
 */
export const salesTaxBy =
  (rates: RateTable) =>
  (invoice: TaxableInvoice): Result<TaxAnswer, SiteRefusal> => {
    const { lines, taxPoint, shipToCountry, shipToRegion: province = '', priceBasis, rounding, taxCurrency } = invoice;
    if (priceBasis === 'gross')
      return undecidable('TAX_INCLUSIVE_PRICES', 'two taxes inside one price have no single answer');
    if (rounding !== undefined && rounding !== 'half-away-from-zero') {
      return undecidable('ROUNDING_NOT_ALLOWED', 'half a cent or more is rounded up, and the law leaves no choice');
    }
    const treatments: (readonly TaxTreatment[])[] = [];
    const resale = resaleOf(invoice);
    for (const { taxClass } of lines) {
      const found = treatmentsOfLine(taxClass);
      if (!found.ok) return found;
      treatments.push(found.value);
    }
    const bearsPst = treatments.flat().some(({ rule }) => rule === 'ca/pst' || rule === 'ca/rst');
    return yes({
      rule: 'ca/sales-tax',
      taxes: taxGroups(
        lines.map(({ net }, at) => ({ amount: net, treatments: treatments[at] ?? [] })),
        { rounding: 'half-away-from-zero', ...(taxCurrency === undefined ? {} : { taxCurrency }) },
      ),
      lines: treatments.map((ofLine) => ofLine.map(({ rule, category, rate }) => ({ rule, category, rate }))),
      rates: rates.version,
      warnings: [...(bearsPst ? resale.warnings : []), ...registrationWarnings(invoice, treatments.flat())],
    });

    function treatmentsOfLine(taxClass: string): Result<readonly TaxTreatment[], SiteRefusal> {
      if (!isTaxClass(taxClass)) return no({ code: 'TAX_CLASS_UNKNOWN', taxClass, known: taxClasses });
      if (shipToCountry !== 'CA') {
        const law = rates.on('GST', taxPoint);
        return law.ok ? yes([exported]) : law;
      }
      const resaleNumber = resale.number === undefined ? {} : { resaleNumber: resale.number };
      return treatmentsOf(taxClass, { province, taxPoint, rates, ...resaleNumber });
    }
  };

export const salesTax = salesTaxBy(caRates);

const undecidable = (problem: string, why: string) =>
  no<SiteRefusal>({ code: 'TAX_NOT_DECIDABLE', site: 'CA', problem, message: `Canadian tax is not decided: ${why}.` });
