import { type CalendarDate, dayIn } from '../src/base/calendar-date.ts';
import { fromMillis } from '../src/base/instant.ts';
import { money } from '../src/base/money.ts';
import { no, type Result, yes } from '../src/base/result.ts';
import type { Party } from '../src/domain/facts.ts';
import type { Site, TaxableInvoice } from '../src/seams/site.ts';
import type { FilledSlots, InvoicedProduct } from '../src/seams/slots.ts';
import type { NotEnoughKnown } from './site-answers.ts';

/** The columns of an invoice, and of what it charges, that decide its tax. */
export interface InvoiceRows {
  readonly currency: string;
  readonly issuedOn: Date;
  readonly account: { readonly timeZone: string };
  readonly lines: readonly {
    readonly lineNumber: string;
    readonly invoiced: number;
    readonly netMinor: bigint | null;
    readonly asin: string | null;
    readonly vendorSku: string | null;
    readonly description: string | null;
    readonly orderLine: {
      readonly invoiced: number;
      readonly lastReceivedAt: Date | null;
      readonly order: { readonly shipTo: unknown };
    } | null;
  }[];
}

/** Where a day that decides a rate comes from. */
export type TaxPointFrom = 'RECEIPT' | 'INVOICE_DATE';

export interface Taxable {
  readonly invoice: TaxableInvoice;
  readonly taxPointFrom: TaxPointFrom;
}

/**
 * What a site is asked about an invoice. Product tax classes and certificates are in no document that reaches us. A
 * plugin may know the class (slot `tax.product-class`), or else it is `standard`; there are no certificates, and a site
 * that minds says so in a warning.
 *
 * @returns a refusal rather than a guess, where a document has not said what decides the tax
 */
export function taxableInvoice(rows: InvoiceRows, site: Site, slots: FilledSlots): Result<Taxable, NotEnoughKnown> {
  const missing = (what: string) => no<NotEnoughKnown>({ code: 'NOT_ENOUGH_KNOWN', site: site.code, missing: what });
  if (rows.lines.length === 0) return missing('its lines');
  const without = rows.lines.find(({ netMinor }) => netMinor === null);
  if (without !== undefined) return missing(`the net amount of line ${without.lineNumber}`);

  const parties = rows.lines.map(({ orderLine }) => (orderLine?.order.shipTo ?? {}) as Partial<Party>);
  const [country, ...otherCountries] = distinct(parties.map((party) => party.countryCode ?? onlyCountryOf(site)));
  if (country === undefined) return missing('the country it was shipped to');
  const [region, ...otherRegions] = distinct(parties.map((party) => party.region));
  if (otherCountries.length + otherRegions.length > 0) return missing('one place that all of it was shipped to');

  const received = receivedOn(rows);
  return yes({
    taxPointFrom: received === undefined ? 'INVOICE_DATE' : 'RECEIPT',
    invoice: {
      lines: rows.lines.map(({ netMinor, ...product }) => ({
        net: money(netMinor ?? 0n, rows.currency),
        taxClass: slots.productClass(site.code, named(product)) ?? 'standard',
      })),
      taxPoint: received ?? dateOf(rows.issuedOn),
      shipToCountry: country,
      ...(region === undefined ? {} : { shipToRegion: region }),
      certificates: [],
    },
  });
}

/** A product by those of its names that the line has. */
const named = ({
  asin,
  vendorSku,
  description,
}: Record<'asin' | 'vendorSku' | 'description', string | null>): InvoicedProduct => ({
  ...(asin !== null && { asin }),
  ...(vendorSku !== null && { vendorSku }),
  ...(description !== null && { description }),
});

/** The country of a site whose stores are all in one. */
const onlyCountryOf = ({ marketplaces }: Site): string | undefined => {
  const [only, ...others] = distinct(marketplaces.map(({ country }) => country));
  return others.length === 0 ? only : undefined;
};

/**
 * The day Amazon counted the last of it in, where that is known of this invoice: when each of its lines charges all
 * that was invoiced of an order line. Otherwise the receipt may belong to another invoice of the same line.
 */
function receivedOn({ lines, account }: InvoiceRows): CalendarDate | undefined {
  const days = lines.map(({ invoiced, orderLine }) =>
    orderLine?.lastReceivedAt != null && orderLine.invoiced === invoiced
      ? dayIn(fromMillis(orderLine.lastReceivedAt.getTime()), account.timeZone)
      : undefined,
  );
  return days.includes(undefined) ? undefined : days.sort().at(-1);
}

/** A date column, as Prisma reads it: midnight in UTC. */
export const dateOf = (column: Date): CalendarDate => column.toISOString().slice(0, 10) as CalendarDate;

const distinct = <Value>(values: readonly (Value | undefined)[]): (Value | undefined)[] => [...new Set(values)];
