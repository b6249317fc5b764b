import { no, type Result, yes } from '../src/base/result.ts';
import type { ImportTerms, Party } from '../src/domain/facts.ts';
import type { TaxPlace } from '../src/seams/tax-profile.ts';

/** What an invoiced order line tells of places and buyers. Parties are stored as JSON, in the shape of the domain's own. */
export interface InvoicedOrderLine {
  readonly order: {
    readonly shipTo: unknown;
    readonly billTo: unknown;
    readonly buyer: unknown;
    readonly importTerms: unknown;
  };
  readonly shipmentLines: readonly { readonly shipment: { readonly cancelled: boolean; readonly shipFrom: unknown } }[];
}

type OrderLines = readonly (InvoicedOrderLine | null)[];

/**
 * Where all of it was shipped to, or what is not known of that.
 * @param otherwise the country of an order that does not say one, where it can only be this
 */
export function destinationOf(lines: OrderLines, otherwise: string | undefined): Result<TaxPlace, string> {
  const parties = lines.map((line) => partyOf(line?.order.shipTo));
  const [country, ...otherCountries] = distinct(parties.map((party) => party.countryCode ?? otherwise));
  if (country === undefined) return no('the country it was shipped to');
  const [region, ...otherRegions] = distinct(parties.map((party) => party.region));
  if (otherCountries.length + otherRegions.length > 0) return no('one place that all of it was shipped to');
  return yes({ country, ...(region !== undefined && { region }) });
}

/** Where all of it left from, as far as its shipments say; `undefined` when they say nothing, or not one place. */
export function originOf(lines: OrderLines): TaxPlace | undefined {
  const parties = lines
    .flatMap((line) => line?.shipmentLines ?? [])
    .filter(({ shipment }) => !shipment.cancelled && shipment.shipFrom !== null)
    .map(({ shipment }) => partyOf(shipment.shipFrom));
  const [country, ...otherCountries] = distinct(parties.map(({ countryCode }) => countryCode));
  if (country === undefined || otherCountries.length > 0) return undefined;
  const [region, ...otherRegions] = distinct(parties.map((party) => party.region));
  return { country, ...(region !== undefined && otherRegions.length === 0 && { region }) };
}

/**
 * The tax number the buyer uses for all of it: on the bill, else as the one who buys, else where it is delivered.
 * Orders of several numbers have no one number; each would need an invoice of its own.
 */
export function buyerTaxIdOf(lines: OrderLines): string | undefined {
  const ids = lines.map((line) => {
    if (line === null) return undefined;
    const { billTo, buyer, shipTo } = line.order;
    return partyOf(billTo).taxId ?? partyOf(buyer).taxId ?? partyOf(shipTo).taxId;
  });
  const [only, ...others] = distinct(ids);
  return others.length === 0 ? only : undefined;
}

/**
 * Who brings all of it in, by the commercial terms of its orders: duty paid is the supplier, every other the buyer.
 * @source Vendor Orders API, `internationalCommercialTerms`; Incoterms 2020, DDP: the seller clears the goods for import; in all other rules the buyer does
 */
export function importerOf(lines: OrderLines): 'supplier' | 'buyer' | undefined {
  const incoterms = lines.map((line) => (line?.order.importTerms as ImportTerms | null | undefined)?.incoterm);
  const [importer, ...others] = distinct(
    incoterms.map((incoterm) =>
      incoterm === undefined ? undefined : incoterm === 'DeliverDutyPaid' ? ('supplier' as const) : ('buyer' as const),
    ),
  );
  return others.length > 0 ? undefined : importer;
}

const partyOf = (stored: unknown): Partial<Party> => (stored ?? {}) as Partial<Party>;

const distinct = <Value>(values: readonly (Value | undefined)[]): (Value | undefined)[] => [...new Set(values)];
