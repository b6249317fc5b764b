import {
  day,
  inForce,
  type RequiredTerm,
  type TaxAnswer,
  type TaxableInvoice,
  type TaxProblem,
  type TaxRegistration,
} from 'acorn/plugin';
import { registrationNumberVerdict } from './registration-number.ts';

/** From this day only a registered supplier's invoice gives the buyer the whole credit. */
const qualifiedInvoicesSince = day('2023-10-01');

/** What a document may call itself; a purchase statement is the buyer's, and stands for an invoice once it is confirmed. */
export type JpDocument =
  | 'qualified-invoice'
  | 'qualified-return-invoice'
  | 'purchase-statement'
  | 'invoice'
  | 'return-invoice';

type Document = Pick<TaxAnswer, 'warnings' | 'required'> & { readonly document: JpDocument };

/**
 * Which document a supplier can write. Without a registration in force, or with nothing known of it, it is never a
 * qualified invoice: the tax it states is a part of the price, and the buyer's credit is partial.
 * @source Consumption Tax Act, articles 57-2 (registration), 57-4 (qualified invoice and return invoice), 57-5 (documents
 *         that mislead), 30 (9) (purchase statement of the buyer)
 */
export function documentOf({ supplier, taxPoint, kind, issuer }: TaxableInvoice): Document {
  const plain = kind === 'credit-note' ? 'return-invoice' : 'invoice';
  const unqualified = (...warnings: readonly TaxProblem[]): Document => ({ document: plain, required: [], warnings });
  if (taxPoint < qualifiedInvoicesSince) return unqualified();
  if (supplier === undefined) {
    return unqualified({
      code: 'SUPPLIER_REGISTRATION_UNKNOWN',
      message: 'Nobody has said whether the supplier is registered for qualified invoices.',
    });
  }
  const registered = supplier.registrations.find((one) => one.scheme === 'JP-T' && inForce(one, taxPoint));
  if (registered === undefined) {
    return unqualified({
      code: 'SUPPLIER_NOT_REGISTERED',
      message: `The supplier is not registered on ${taxPoint}: this is no qualified invoice.`,
    });
  }
  const verdict = registrationNumberVerdict(registered.number);
  if (verdict === 'invalid') {
    return unqualified({
      code: 'REGISTRATION_NUMBER_INVALID',
      message: `${registered.number} is not T and 13 digits: this is no qualified invoice.`,
    });
  }
  return {
    document: issuer === 'buyer' ? 'purchase-statement' : `qualified-${plain}`,
    required: [registrationTerm(registered)],
    warnings: [
      ...(verdict === 'shape-only' ? [unchecked(registered)] : []),
      ...(issuer === 'buyer' ? [unconfirmed] : []),
    ],
  };
}

const registrationTerm = ({ number }: TaxRegistration): RequiredTerm => ({
  term: 'registration-number',
  value: number,
});

const unchecked = ({ number }: TaxRegistration): TaxProblem => ({
  code: 'REGISTRATION_NUMBER_UNCHECKED',
  message: `The check digit of ${number} is not that of a corporate number: look it up in the register.`,
});

const unconfirmed: TaxProblem = {
  code: 'PURCHASE_STATEMENT_TO_BE_CONFIRMED',
  message: "The buyer's statement stands for a qualified invoice once the supplier has confirmed it.",
};
