import type { TaxAnswer, TaxableInvoice, TaxTreatment } from 'acorn/plugin';
import { gstAccountVerdict, qstNumberVerdict } from './business-number.ts';

type Warnings = TaxAnswer['warnings'];

/**
 * What the supplier's registrations leave open for the taxes it charges. Without the number on the invoice the buyer
 * has no credit; the tax is stated all the same.
 * @source Input Tax Credit Information (GST/HST) Regulations, section 3; Act respecting the Québec sales tax, section 425
 */
export function registrationWarnings(
  { supplier, taxPoint }: TaxableInvoice,
  treatments: readonly TaxTreatment[],
): Warnings {
  const names = new Set(treatments.map(({ name }) => name));
  if (supplier === undefined) {
    return names.size === 0
      ? []
      : [
          {
            code: 'SUPPLIER_REGISTRATION_UNKNOWN',
            message: 'Nobody has said where the supplier is registered for tax.',
          },
        ];
  }
  const numberOf = (wanted: string) =>
    supplier.registrations.find(
      ({ scheme, validFrom, validUntil }) =>
        scheme === wanted &&
        (validFrom === undefined || validFrom <= taxPoint) &&
        (validUntil === undefined || taxPoint <= validUntil),
    )?.number;
  const warnings: Warnings[number][] = [];
  const look = (tax: string, scheme: string, verdict: (number: string) => string) => {
    const number = numberOf(scheme);
    if (number === undefined) {
      warnings.push({
        code: `${tax}_REGISTRATION_MISSING`,
        message: `The supplier has no ${tax} registration on ${taxPoint}.`,
      });
    } else if (verdict(number) === 'invalid') {
      warnings.push({ code: `${tax}_NUMBER_INVALID`, message: `${number} is no ${tax} registration number.` });
    }
  };
  if (names.has('GST') || names.has('HST') || names.has('GST/HST')) look('GST', 'CA-GST', gstAccountVerdict);
  if (names.has('QST')) look('QST', 'CA-QST', qstNumberVerdict);
  return warnings;
}
