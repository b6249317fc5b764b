import {
  choicesMade,
  no,
  type RateTable,
  type RequiredTerm,
  type Result,
  regionCode,
  type SiteRefusal,
  sentences,
  type TaxAnswer,
  type TaxableInvoice,
  type TaxTreatment,
  taxFacts,
  taxGroups,
  yes,
} from 'acorn/plugin';
import { caRates } from './rates.ts';
import { resaleOf } from './resale.ts';
import { registrationsFor } from './supplier.ts';
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
    const { lines, taxPoint, shipToCountry, shipToRegion = '', priceBasis, rounding, taxCurrency } = invoice;
    const province = regionCode(shipToRegion);
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
    const all = treatments.flat();
    const bearsPst = all.some(({ rule }) => rule === 'ca/pst' || rule === 'ca/rst');
    const registrations = registrationsFor(invoice, all);
    return yes({
      rule: 'ca/sales-tax',
      taxes: taxGroups(
        lines.map(({ net }, at) => ({ amount: net, treatments: treatments[at] ?? [] })),
        { rounding: 'half-away-from-zero', ...(taxCurrency === undefined ? {} : { taxCurrency }) },
      ),
      lines: treatments.map((ofLine) => ofLine.map(({ rule, category, rate }) => ({ rule, category, rate }))),
      document: invoice.kind ?? 'invoice',
      rates: rates.version,
      facts: taxFacts(invoice, [
        'taxPoint',
        'shipToCountry',
        'shipToRegion',
        'certificates',
        'supplier',
        ...choicesMade(invoice, 'kind', 'priceBasis', 'rounding', 'taxCurrency'),
      ]),
      notes: sentences(all),
      required: [...registrations.required, ...resaleNumbers(all)],
      warnings: [...(bearsPst ? resale.warnings : []), ...registrations.warnings],
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

/** The buyer's number has to be printed where it frees goods of PST or RST. */
const resaleNumbers = (treatments: readonly TaxTreatment[]): readonly RequiredTerm[] =>
  [...new Set(treatments.map(({ exemption }) => exemption?.reference))].flatMap((value) =>
    value === undefined ? [] : [{ term: 'resale-number', value }],
  );

export const salesTax = salesTaxBy(caRates);

const undecidable = (problem: string, why: string) =>
  no<SiteRefusal>({ code: 'TAX_NOT_DECIDABLE', site: 'CA', problem, message: `Canadian tax is not decided: ${why}.` });
