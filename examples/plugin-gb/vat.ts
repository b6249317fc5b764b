import {
  type Decimal,
  decimal,
  type Money,
  money,
  multiply,
  no,
  type Result,
  type SiteRefusal,
  type TaxAnswer,
  type TaxableInvoice,
  type TaxTreatment,
  taxFacts,
  taxGroups,
  toScaledInteger,
  yes,
} from 'acorn/plugin';
import { vatRateOn } from './vat-rates.ts';

const rule = 'gb/vat';

/**
 * VAT of a base at a rate in per cent: to the nearest penny, half a penny away from zero, once per rate of an invoice.
 * Rounding down, which the notice also allows on an invoice's total, would make a credit note's VAT differ from ours.
 * @source HMRC VAT Notice 700, section 17.5, calculation of VAT on invoices
 */
export const vatOf = (base: Money, rate: Decimal): Money =>
  money(toScaledInteger(multiply(decimal(base.minor.toString()), rate), -2), base.currency);

/**
 * VAT of goods delivered in Great Britain, by rate, lowest first. Zero-rated goods stand at 0 %: they are taxable.
 * What is delivered abroad is an export with papers of its own, and not answered here.
 */
export function vat(invoice: TaxableInvoice): Result<TaxAnswer, SiteRefusal> {
  const { lines, taxPoint, shipToCountry } = invoice;
  if (shipToCountry !== 'GB') {
    return no({ code: 'NOT_ANSWERED_YET', site: 'GB', question: `VAT of goods delivered to ${shipToCountry}` });
  }
  const treatments: TaxTreatment[] = [];
  for (const { taxClass } of lines) {
    const found = vatRateOn(taxClass, taxPoint);
    if (!found.ok) return found;
    const { rate } = found.value;
    treatments.push({ rule, name: 'VAT', category: rate === '0' ? 'Z' : 'S', jurisdiction: 'GB', rate });
  }
  return yes({
    rule,
    taxes: taxGroups(
      lines.map(({ net }, at) => ({ amount: net, treatments: treatments.slice(at, at + 1) })),
      { rounding: 'half-away-from-zero' },
    ),
    lines: treatments.map(({ category, rate }) => [{ rule, category, rate }]),
    facts: taxFacts(invoice, ['taxPoint', 'shipToCountry']),
    warnings: [],
  });
}
