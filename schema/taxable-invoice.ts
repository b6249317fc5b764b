import { type CalendarDate, dayIn } from '../src/base/calendar-date.ts';
import { fromMillis } from '../src/base/instant.ts';
import { money } from '../src/base/money.ts';
import { no, type Result, yes } from '../src/base/result.ts';
import type { TaxPointFrom } from '../src/seams/assessed-invoice.ts';
import type { Site, TaxableInvoice } from '../src/seams/site.ts';
import type { FilledSlots, InvoicedProduct } from '../src/seams/slots.ts';
import { saidBy, type TaxProfile } from '../src/seams/tax-profile.ts';
import type { NotEnoughKnown } from './site-answers.ts';
import { buyerTaxIdOf, destinationOf, type InvoicedOrderLine, importerOf, originOf } from './taxed-places.ts';

/** The columns of an invoice, and of what it charges, that decide its tax; as Prisma selects them. */
export const taxColumns = {
  currency: true,
  document: true,
  issuedOn: true,
  account: { select: { site: true, timeZone: true, taxProfile: true } },
  lines: {
    select: {
      lineNumber: true,
      invoiced: true,
      netMinor: true,
      asin: true,
      vendorSku: true,
      description: true,
      orderLine: {
        select: {
          invoiced: true,
          lastReceivedAt: true,
          order: { select: { shipTo: true, billTo: true, buyer: true, importTerms: true } },
          shipmentLines: { select: { shipment: { select: { cancelled: true, shipFrom: true } } } },
        },
      },
    },
  },
} as const;

/** What `taxColumns` brings. */
export interface InvoiceRows {
  readonly currency: string;
  readonly document: string;
  readonly issuedOn: Date;
  readonly account: { readonly site: string; readonly timeZone: string; readonly taxProfile: unknown };
  readonly lines: readonly {
    readonly lineNumber: string;
    readonly invoiced: number;
    readonly netMinor: bigint | null;
    readonly asin: string | null;
    readonly vendorSku: string | null;
    readonly description: string | null;
    readonly orderLine: (InvoicedOrderLine & ReceivedOrderLine) | null;
  }[];
}

interface ReceivedOrderLine {
  readonly invoiced: number;
  readonly lastReceivedAt: Date | null;
}

export interface Taxable {
  readonly invoice: TaxableInvoice;
  readonly taxPointFrom: TaxPointFrom;
}

/**
 * What a site is asked about an invoice. Places and the buyer's number come from the documents of its orders and
 * shipments, the supplier's registrations, certificates and choices from the account's tax profile. Product tax classes
 * are in no document: a plugin may know the class (slot `tax.product-class`), or else it is `standard`.
 *
 * @returns a refusal rather than a guess, where a document has not said what decides the tax at every site. What only
 *          some sites need is left out when it is not known, and the site says whether it minds
 */
export function taxableInvoice(rows: InvoiceRows, site: Site, slots: FilledSlots): Result<Taxable, NotEnoughKnown> {
  const missing = (what: string) => no<NotEnoughKnown>({ code: 'NOT_ENOUGH_KNOWN', site: site.code, missing: what });
  if (rows.lines.length === 0) return missing('its lines');
  const without = rows.lines.find(({ netMinor }) => netMinor === null);
  if (without !== undefined) return missing(`the net amount of line ${without.lineNumber}`);

  const profile = rows.account.taxProfile as TaxProfile | null;
  const orderLines = rows.lines.map(({ orderLine }) => orderLine);
  const destination = destinationOf(orderLines, onlyCountryOf(site));
  if (!destination.ok) return missing(destination.refusal);
  const origin = originOf(orderLines) ?? profile?.shipsFrom;
  const buyerTaxId = buyerTaxIdOf(orderLines);
  const importer = importerOf(orderLines);
  const received = receivedOn(rows);
  return yes({
    taxPointFrom: received === undefined ? 'INVOICE_DATE' : 'RECEIPT',
    invoice: {
      lines: rows.lines.map(({ netMinor, ...product }) => ({
        net: money(netMinor ?? 0n, rows.currency),
        taxClass: slots.productClass(site.code, named(product)) ?? 'standard',
      })),
      taxPoint: received ?? dateOf(rows.issuedOn),
      shipToCountry: destination.value.country,
      ...(destination.value.region !== undefined && { shipToRegion: destination.value.region }),
      ...(origin !== undefined && { shipFromCountry: origin.country }),
      ...(origin?.region !== undefined && { shipFromRegion: origin.region }),
      ...(buyerTaxId !== undefined && { buyerTaxId }),
      ...(importer !== undefined && { importer }),
      ...(rows.document === 'CREDIT_NOTE' && { kind: 'credit-note' as const }),
      ...saidBy(profile ?? undefined),
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
  const [only, ...others] = [...new Set(marketplaces.map(({ country }) => country))];
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
