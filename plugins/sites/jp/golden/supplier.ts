import { day, type GoldenCase } from 'acorn/plugin';
import { group, invoice, number, numbered, taxed, unqualified } from './cases.ts';

const act = 'Consumption Tax Act, articles 57-2, 57-4, 57-5';
const groups = [group('S', '10', 1_000n, 100n)];
const supplier = (given: string, dates: object = {}) => ({
  supplier: { registrations: [{ scheme: 'JP-T', number: given, ...dates }] },
});
const notRegistered = unqualified({
  code: 'SUPPLIER_NOT_REGISTERED',
  message: 'The supplier is not registered on 2026-11-02: this is no qualified invoice.',
});
const { supplier: _unknown, ...withoutSupplier } = invoice();
const toBeConfirmed = {
  code: 'PURCHASE_STATEMENT_TO_BE_CONFIRMED',
  message: "The buyer's statement stands for a qualified invoice once the supplier has confirmed it.",
};
const unchecked = (given: string) => ({
  code: 'REGISTRATION_NUMBER_UNCHECKED',
  message: `The check digit of ${given} is not that of a corporate number: look it up in the register.`,
});

/** Which document a supplier can write. */
export const suppliers: readonly GoldenCase[] = [
  taxed(
    'J2 · an unregistered supplier never writes a qualified invoice',
    invoice({ supplier: { registrations: [] } }),
    { ...notRegistered, groups },
    act,
  ),
  taxed(
    'J2 · nor one of whom nothing is known',
    withoutSupplier,
    {
      ...unqualified({
        code: 'SUPPLIER_REGISTRATION_UNKNOWN',
        message: 'Nobody has said whether the supplier is registered for qualified invoices.',
      }),
      groups,
    },
    act,
  ),
  taxed(
    'J2 · nor one whose registration begins the day after',
    invoice(supplier(number, { validFrom: day('2026-11-03') })),
    { ...notRegistered, groups },
    act,
  ),
  taxed('J2 · on its first day it does', invoice(supplier(number, { validFrom: day('2026-11-02') })), { groups }, act),
  taxed(
    'J2 · one whose registration ends that day still does',
    invoice(supplier('T5835678256246', { validUntil: day('2026-11-02') })),
    { groups, required: numbered('T5835678256246') },
    act,
  ),
  taxed(
    'J2 · the day after it does not',
    invoice(supplier('T5835678256246', { validUntil: day('2026-11-01') })),
    { ...notRegistered, groups },
    act,
  ),
  taxed(
    'J2 · a registration of another kind is none',
    invoice({ supplier: { registrations: [{ scheme: 'EU-VAT', number: 'DE136695976' }] } }),
    { ...notRegistered, groups },
    act,
  ),
  taxed(
    'J2 · a number of another shape is none',
    invoice(supplier('T700001205000')),
    {
      ...unqualified({
        code: 'REGISTRATION_NUMBER_INVALID',
        message: 'T700001205000 is not T and 13 digits: this is no qualified invoice.',
      }),
      groups,
    },
    act,
  ),
  taxed(
    'J2 · a number with another check digit has to be looked up',
    invoice(supplier('T8000012050002')),
    {
      groups,
      required: numbered('T8000012050002'),
      warnings: [unchecked('T8000012050002')],
    },
    act,
  ),
  taxed(
    'J2 · before October 2023 there were no qualified invoices to miss',
    invoice({ taxPoint: day('2023-09-30'), supplier: { registrations: [] } }),
    { ...unqualified(), groups },
    act,
  ),
  taxed('J2 · from 1 October 2023 there are', invoice({ taxPoint: day('2023-10-01') }), { groups }, act),
  taxed(
    'J2 · a return by an unregistered supplier is no qualified one',
    invoice({ supplier: { registrations: [] }, kind: 'credit-note' }),
    { ...notRegistered, document: 'return-invoice', groups, facts: ['kind'] },
    act,
  ),
  taxed(
    'J5 · the buyer’s statement is to be confirmed by the supplier',
    invoice({ issuer: 'buyer' }),
    { groups, facts: ['issuer'], document: 'purchase-statement', warnings: [toBeConfirmed] },
    'Consumption Tax Act, article 30, paragraph 9: purchase statement',
  ),
  taxed(
    'J5 · and is no more than an invoice, where the supplier is not registered',
    invoice({ issuer: 'buyer', supplier: { registrations: [] } }),
    { ...notRegistered, groups, facts: ['issuer'] },
    'Consumption Tax Act, article 30, paragraph 9: purchase statement',
  ),
];
