// Parties and amounts as the order and shipment documents write them.
import type { SimulatedAccount } from '../accounts.ts';
import { isoInstant } from '../calendar.ts';
import type { Json } from '../json.ts';
import type { LinePlaced, Window } from '../life.ts';
import { costText, type UnitCost } from '../money.ts';
import { type Address, type Place, sites } from '../sites.ts';

const address = (of: Address): Json => ({ ...of });

export const placeParty = (place: Place): Json => ({ partyId: place.code, address: address(place.address) });

/** Amazon as the one who pays, with its tax number where the site has one. */
export function billToParty(account: SimulatedAccount): Json {
  const { billTo, buyerTax } = sites[account.site];
  return {
    partyId: billTo.code,
    address: address(billTo.address),
    taxInfo: buyerTax && { taxRegistrationType: buyerTax.type, taxRegistrationNumber: buyerTax.number },
  };
}

/** The vendor under the code the order was sent to. */
export function sellingParty(account: SimulatedAccount, vendorCode: string): Json {
  const { warehouse } = sites[account.site];
  return { partyId: vendorCode, address: { ...warehouse.address, name: account.vendorName } };
}

/** A cost as text, per each or per weight unit. */
export function cost(account: SimulatedAccount, line: LinePlaced, amount: UnitCost): Json {
  return {
    currencyCode: account.currency,
    amount: costText(amount, account.minorDigits),
    unitOfMeasure: line.product.weight?.unit,
  };
}

/** Eaches in the unit the line was ordered in. */
export function quantity(line: LinePlaced, eaches: number): Json {
  return { amount: Math.trunc(eaches / line.unitSize), unitOfMeasure: line.unit, unitSize: line.unitSize };
}

/** Counted eaches: in the line's unit, unless the warehouse counted pieces or a case is broken. */
export function countedQuantity(line: LinePlaced, eaches: number): Json {
  const inEaches = line.receivedInEaches || eaches % line.unitSize !== 0;
  return inEaches ? { amount: eaches, unitOfMeasure: 'Eaches', unitSize: 1 } : quantity(line, eaches);
}

export const interval = (window: Window): string => `${isoInstant(window.from)}--${isoInstant(window.until)}`;
