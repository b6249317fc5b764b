import {
  type CalendarDate,
  inForce,
  normaliseIdentifier,
  type Result,
  type SiteRefusal,
  type TaxSupplier,
  yes,
} from 'acorn/plugin';
import { blocked } from './refusals.ts';
import { stateOfVatId, vatIdVerdict } from './vat-id.ts';

const vatIdsOf = ({ registrations }: TaxSupplier, on: CalendarDate): readonly string[] =>
  registrations
    .filter((one) => one.scheme === 'EU-VAT' && inForce(one, on))
    .map(({ number }) => normaliseIdentifier(number));

/** The supplier's VAT id of a state; nothing where it has none in force there, and a refusal where it cannot be one. */
export function supplierVatId(
  supplier: TaxSupplier,
  state: string,
  on: CalendarDate,
): Result<string | undefined, SiteRefusal> {
  const id = vatIdsOf(supplier, on).find((one) => stateOfVatId(one) === state);
  return id !== undefined && vatIdVerdict(id) === 'invalid'
    ? blocked('SUPPLIER_VAT_ID_INVALID', `${id} is no VAT id of ${state}: correct the supplier's registration.`)
    : yes(id);
}

/** The same, where the supply needs one. */
export function requiredSupplierVatId(
  supplier: TaxSupplier,
  state: string,
  on: CalendarDate,
): Result<string, SiteRefusal> {
  const id = supplierVatId(supplier, state, on);
  if (!id.ok) return id;
  return id.value === undefined
    ? blocked(
        'SUPPLIER_NOT_REGISTERED',
        `The supplier has no VAT id of ${state} in force on ${on}, and this supply needs one: register there, or name the registration.`,
      )
    : yes(id.value);
}

/** Any VAT id of the supplier, its own state's first: what a document without VAT of that state carries. */
export const anySupplierVatId = (supplier: TaxSupplier, on: CalendarDate): string | undefined => {
  const ids = vatIdsOf(supplier, on);
  return ids.find((id) => stateOfVatId(id) === establishmentOf(supplier)) ?? ids[0];
};

/** Where the supplier is established, by the letters of VAT ids: as it says, or the one state it is registered in. */
export function establishmentOf({ establishedIn, registrations }: TaxSupplier): string | undefined {
  if (establishedIn !== undefined) return establishedIn === 'GR' ? 'EL' : establishedIn;
  const [only, ...others] = new Set(
    registrations.filter(({ scheme }) => scheme === 'EU-VAT').map(({ number }) => stateOfVatId(number)),
  );
  return others.length === 0 ? only : undefined;
}

/** The buyer's VAT id, when it can be one. @param why what hangs on it, for the person who has to ask for it */
export function requiredBuyerVatId(buyerTaxId: string | undefined, why: string): Result<string, SiteRefusal> {
  if (buyerTaxId === undefined || buyerTaxId.trim() === '') {
    return blocked('BUYER_VAT_ID_MISSING', `${why}: ask the buyer for the VAT id it uses for this order.`);
  }
  const id = normaliseIdentifier(buyerTaxId);
  return vatIdVerdict(id) === 'invalid'
    ? blocked(
        'BUYER_VAT_ID_INVALID',
        `${why}, and ${id} cannot be one: ask the buyer for the VAT id it uses for this order.`,
      )
    : yes(id);
}
