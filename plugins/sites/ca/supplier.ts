import { inForce, type RequiredTerm, type TaxableInvoice, type TaxProblem, type TaxTreatment } from 'acorn/plugin';
import { gstAccountVerdict, qstNumberVerdict } from './business-number.ts';

/**
 * The supplier's numbers that an invoice with these taxes has to print, and what its registrations leave open. Without
 * the number the buyer has no credit; the tax is stated all the same.
 * @source Input Tax Credit Information (GST/HST) Regulations, section 3; Act respecting the Québec sales tax, section 425
 */
export function registrationsFor(
  { supplier, taxPoint }: TaxableInvoice,
  treatments: readonly TaxTreatment[],
): { readonly required: readonly RequiredTerm[]; readonly warnings: readonly TaxProblem[] } {
  const names = new Set(treatments.map(({ name }) => name));
  const required: RequiredTerm[] = [];
  const warnings: TaxProblem[] = [];
  if (supplier === undefined && names.size > 0) {
    warnings.push({
      code: 'SUPPLIER_REGISTRATION_UNKNOWN',
      message: 'Nobody has said where the supplier is registered for tax.',
    });
  }
  if (supplier === undefined) return { required, warnings };
  const look = (tax: string, scheme: string, verdict: (number: string) => string) => {
    const number = supplier.registrations.find((one) => one.scheme === scheme && inForce(one, taxPoint))?.number;
    if (number === undefined) {
      warnings.push({
        code: `${tax}_REGISTRATION_MISSING`,
        message: `The supplier has no ${tax} registration on ${taxPoint}.`,
      });
    } else if (verdict(number) === 'invalid') {
      warnings.push({ code: `${tax}_NUMBER_INVALID`, message: `${number} is no ${tax} registration number.` });
    } else {
      required.push({ term: `${tax.toLowerCase()}-number`, value: number });
    }
  };
  if (names.has('GST') || names.has('HST') || names.has('GST/HST')) look('GST', 'CA-GST', gstAccountVerdict);
  if (names.has('QST')) look('QST', 'CA-QST', qstNumberVerdict);
  return { required, warnings };
}
