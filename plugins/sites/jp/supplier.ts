import { type CalendarDate, day, type TaxAnswer, type TaxSupplier } from 'acorn/plugin';
import { registrationNumberVerdict } from './registration-number.ts';

/** From this day only a registered supplier's invoice gives the buyer the whole credit. */
const qualifiedInvoicesSince = day('2023-10-01');

/** What a document may call itself. */
export type JpDocument = 'qualified-invoice' | 'invoice';

/**
 * Which document a supplier can write. Without a registration in force, or with nothing known of it, it is never a
 * qualified invoice: the tax it states is a part of the price, and the buyer's credit is partial.
 * @source Consumption Tax Act, articles 57-2 (registration), 57-4 (qualified invoice), 57-5 (documents that mislead)
 */
export function documentOf(
  supplier: TaxSupplier | undefined,
  taxPoint: CalendarDate,
): { readonly document: JpDocument; readonly warnings: TaxAnswer['warnings'] } {
  if (taxPoint < qualifiedInvoicesSince) return { document: 'invoice', warnings: [] };
  const warn = (code: string, message: string) => ({ document: 'invoice' as const, warnings: [{ code, message }] });
  if (supplier === undefined) {
    return warn(
      'SUPPLIER_REGISTRATION_UNKNOWN',
      'Nobody has said whether the supplier is registered for qualified invoices.',
    );
  }
  const numbers = supplier.registrations.filter(({ scheme }) => scheme === 'JP-T');
  const registered = numbers.find(
    ({ validFrom, validUntil }) =>
      (validFrom === undefined || validFrom <= taxPoint) && (validUntil === undefined || taxPoint <= validUntil),
  );
  if (registered === undefined) {
    return warn(
      'SUPPLIER_NOT_REGISTERED',
      `The supplier is not registered on ${taxPoint}: this is no qualified invoice.`,
    );
  }
  switch (registrationNumberVerdict(registered.number)) {
    case 'invalid':
      return warn(
        'REGISTRATION_NUMBER_INVALID',
        `${registered.number} is not T and 13 digits: this is no qualified invoice.`,
      );
    case 'shape-only':
      return {
        document: 'qualified-invoice',
        warnings: [
          {
            code: 'REGISTRATION_NUMBER_UNCHECKED',
            message: `The check digit of ${registered.number} is not that of a corporate number: look it up in the register.`,
          },
        ],
      };
    case 'valid':
      return { document: 'qualified-invoice', warnings: [] };
  }
}
