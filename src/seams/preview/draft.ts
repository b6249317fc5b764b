import type { CalendarDate } from '../../base/calendar-date.ts';
import type { Currency } from '../../base/currency.ts';
import type { Eaches } from '../../base/eaches.ts';
import type { Money, UnitCost } from '../../base/money.ts';
import type { StatedTerms } from '../../domain/facts.ts';
import type { TermDates } from '../../domain/payment-terms/terms.ts';
import type { TaxableInvoice } from '../site.ts';
import type { TaxPlace, TaxProfile } from '../tax-profile.ts';

/** An invoice that nobody has written or sent yet, as far as it is known. A member that is left out is not known. */
export interface InvoiceDraft {
  /** Amounts carry their own sign: the lines of a credit note are negative. */
  readonly kind: 'invoice' | 'credit-note';
  readonly number?: string;
  readonly issuedOn?: CalendarDate;
  /** The day of supply, which decides the rates. Left out: the date of the invoice stands in for it. */
  readonly suppliedOn?: CalendarDate;
  readonly currency: Currency;
  readonly supplier?: DraftParty;
  readonly buyer?: DraftParty & { readonly taxId?: string };
  /** Registrations, certificates and choices. Left out: nothing is known of the supplier's taxes. */
  readonly profile?: Partial<TaxProfile>;
  readonly shipFrom?: TaxPlace;
  readonly shipTo?: TaxPlace;
  readonly importer?: TaxableInvoice['importer'];
  readonly taxCurrency?: TaxableInvoice['taxCurrency'];
  readonly terms?: StatedTerms;
  /** Days beside the date of the invoice from which terms may count. */
  readonly dates?: TermDates;
  readonly vendorCode?: string;
  readonly freightTerm?: 'PREPAID' | 'COLLECT';
  readonly lines: readonly [DraftLine, ...DraftLine[]];
}

export interface DraftParty {
  readonly name?: string;
  /** One line is enough: it is looked for, not read. */
  readonly address?: string;
}

export interface DraftLine {
  readonly description?: string;
  readonly orderNumber?: string;
  readonly quantity?: Eaches;
  readonly unitCost?: UnitCost;
  /** As charged: with tax inside where the price basis is `gross`. */
  readonly amount: Money;
  /** In the site's words. */
  readonly taxClass: string;
  /** Whether it charges freight, which some discounts leave out. */
  readonly freight: boolean;
}
