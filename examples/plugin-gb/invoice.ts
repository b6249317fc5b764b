import { type CalendarDate, type Decimal, day, decimal, type Money, money, type SchemaAdditions } from 'acorn/plugin';
import { vatOf } from './vat.ts';
import { vatRateOn, vatRates } from './vat-rates.ts';

/** Columns of an invoice, as the field below selects them. */
interface InvoiceRow {
  readonly currency: string;
  readonly issuedOn: Date;
  readonly account: { readonly site: string };
  readonly taxes: readonly {
    readonly lineNumber: string | null;
    readonly type: string;
    readonly currency: string;
    readonly rate: { toFixed(): string } | null;
    readonly taxableMinor: bigint | null;
    readonly taxMinor: bigint;
  }[];
}

interface VatAtRate {
  readonly rate: Decimal;
  /** Absent unless every part of it was stated. */
  readonly base: Money | undefined;
  readonly vat: Money;
  readonly vatByLaw: Money | undefined;
  readonly inForce: boolean;
}

/** `Invoice.gb`: what the invoice says of VAT, added up by rate, beside what the law says. */
export const invoiceAdditions: SchemaAdditions = {
  sdl: `
    extend type Invoice {
      "What only Great Britain asks of an invoice. Null on invoices of other sites."
      gb: GbInvoice
    }

    "An invoice at Amazon's store in Great Britain."
    type GbInvoice {
      "VAT as the invoice states it on its lines, or as a whole when no line does: by rate, lowest first."
      vatByRate: [GbVatAtRate!]!
    }

    "The VAT of an invoice at one rate."
    type GbVatAtRate {
      "Per cent."
      rate: Decimal!
      "What is taxed at this rate, without VAT. Null when the invoice does not state it."
      base: Money
      "The VAT the invoice states."
      vat: Money!
      "The VAT of this base at this rate, to the nearest penny. Null when the base is not stated."
      vatByLaw: Money
      "Whether this was a rate of VAT on the day of the invoice."
      inForce: Boolean!
    }
  `,
  fields: {
    'Invoice.gb': {
      needs: 'invoice:read',
      select: {
        currency: true,
        issuedOn: true,
        account: { select: { site: true } },
        taxes: {
          select: { lineNumber: true, type: true, currency: true, rate: true, taxableMinor: true, taxMinor: true },
        },
      },
      resolve: (invoice: InvoiceRow) => (invoice.account.site === 'GB' ? { vatByRate: vatByRate(invoice) } : null),
    },
  },
};

/** The same VAT once more, in the currency of the state that levies it. @source Vendor Invoices API, TaxDetails.taxType */
const repeated = 'DomesticVAT';

/** Line by line when any line states its VAT: the whole then only repeats it. */
export function vatByRate({ currency, issuedOn, taxes }: InvoiceRow): VatAtRate[] {
  const stated = taxes.filter((tax) => tax.currency === currency && tax.type !== repeated);
  const ofLines = stated.filter(({ lineNumber }) => lineNumber !== null);
  const byRate = new Map<Decimal, { base: bigint | undefined; vat: bigint }>();
  for (const { rate, taxableMinor, taxMinor } of ofLines.length > 0 ? ofLines : stated) {
    if (rate === null) continue;
    const key = decimal(rate.toFixed());
    const { base, vat } = byRate.get(key) ?? { base: 0n, vat: 0n };
    byRate.set(key, {
      base: base === undefined || taxableMinor === null ? undefined : base + taxableMinor,
      vat: vat + taxMinor,
    });
  }
  const on = day(issuedOn.toISOString().slice(0, 10));
  return [...byRate]
    .map(([rate, { base, vat }]) => ({
      rate,
      base: base === undefined ? undefined : money(base, currency),
      vat: money(vat, currency),
      vatByLaw: base === undefined ? undefined : vatOf(money(base, currency), rate),
      inForce: isRateOn(rate, on),
    }))
    .sort((a, b) => Number(a.rate) - Number(b.rate));
}

function isRateOn(rate: Decimal, on: CalendarDate): boolean {
  return Object.keys(vatRates).some((taxClass) => {
    const found = vatRateOn(taxClass, on);
    return found.ok && found.value.rate === rate;
  });
}
