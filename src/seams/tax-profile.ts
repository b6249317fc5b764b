import type { Rounding } from '../domain/tax/rounding.ts';
import type { PriceBasis } from '../domain/tax/tax-of.ts';
import type { Certificate, TaxableInvoice, TaxRegistration } from './site.ts';

/** A place as taxes know it. */
export interface TaxPlace {
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** State, province or prefecture in the words of addresses there: `ON`, `XI`. */
  readonly region?: string;
}

/**
 * What no document says and every tax depends on: who the supplier is for the tax offices, what its buyer has shown it,
 * and what it has chosen once and for all. The operator writes it down for each account; documents say the rest.
 */
export interface TaxProfile {
  /** Name under which it invoices. */
  readonly name?: string;
  /** Country of its establishment, ISO 3166 alpha-2. Left out: where it is registered. */
  readonly establishedIn?: string;
  /** All that it has: an empty list says that it is registered nowhere. */
  readonly registrations: readonly TaxRegistration[];
  /** What the buyer has handed in: resale certificates, numbers that free of PST. */
  readonly certificates: readonly Certificate[];
  /** Where its goods leave from, when no shipment says. */
  readonly shipsFrom?: TaxPlace;
  /** Its constant choice where the law leaves one. Left out: the site's own. */
  readonly rounding?: Rounding;
  /** Whether its unit costs include tax. Left out: they do not. */
  readonly priceBasis?: PriceBasis;
}

/** What a profile says of each invoice. One without a list of registrations says nothing of the supplier. */
export const saidBy = (
  profile: Partial<TaxProfile> | undefined,
): Pick<TaxableInvoice, 'certificates' | 'supplier' | 'rounding' | 'priceBasis'> => ({
  certificates: profile?.certificates ?? [],
  ...(profile?.registrations !== undefined && {
    supplier: {
      registrations: profile.registrations,
      ...(profile.establishedIn !== undefined && { establishedIn: profile.establishedIn }),
    },
  }),
  ...(profile?.rounding !== undefined && { rounding: profile.rounding }),
  ...(profile?.priceBasis !== undefined && { priceBasis: profile.priceBasis }),
});
