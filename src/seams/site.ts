import type { CalendarDate } from '../base/calendar-date.ts';
import type { Currency } from '../base/currency.ts';
import type { Decimal } from '../base/decimal.ts';
import type { Money } from '../base/money.ts';
import type { Result } from '../base/result.ts';

/**
 * What an Amazon site must answer. The platform asks; it never looks inside, and no code outside
 * `plugins/sites` compares a site code.
 *
 * Asked:     `tax` once per invoice, `payday` once per due date.
 * Promise:   pure and synchronous. No clock, no network, no database.
 * If absent: SITE_NOT_INSTALLED. The platform never falls back to zero tax.
 */
export interface Site {
  /** `US`, `CA`, `EU`, `JP`. */
  readonly code: string;
  readonly name: string;
  /** Where this site's stores buy. */
  readonly marketplaces: readonly Marketplace[];
  tax(invoice: TaxableInvoice): Result<TaxAnswer, SiteRefusal>;
  /** The first day on or after `due` on which the site pays. */
  payday(due: CalendarDate): Result<CalendarDate, SiteRefusal>;
}

/** One Amazon store. @source Selling Partner API, marketplace ids */
export interface Marketplace {
  readonly id: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  readonly currency: Currency;
  /** IANA zone in which its calendar days begin. */
  readonly timeZone: string;
}

export interface TaxableLine {
  readonly net: Money;
  /** Product tax class in the site's words; `standard` when nothing else is known. */
  readonly taxClass: string;
}

export interface TaxableInvoice {
  readonly lines: readonly TaxableLine[];
  /** The day that decides the rate: delivery, not invoice date. */
  readonly taxPoint: CalendarDate;
  readonly shipToCountry: string;
  readonly shipToRegion?: string;
  /** Buyer's certificates on file, such as `resale`. */
  readonly certificates: readonly { readonly kind: string; readonly validUntil?: CalendarDate }[];
}

export interface TaxLine {
  /** The rule that made it, such as `jp/consumption-tax`. */
  readonly rule: string;
  readonly base: Money;
  /** Per cent. */
  readonly rate: Decimal;
  readonly tax: Money;
}

export interface TaxAnswer {
  readonly taxes: readonly TaxLine[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  /** The rule that answered, so that "no tax" can be followed home too. */
  readonly rule: string;
}

export type SiteRefusal =
  | { readonly code: 'YEAR_OUT_OF_RANGE'; readonly year: number; readonly known: readonly [number, number] }
  | { readonly code: 'NOT_ANSWERED_YET'; readonly site: string; readonly question: string }
  /** A class this site has no rate for; `known` are those it has. Guessing one would be a wrong tax. */
  | { readonly code: 'TAX_CLASS_UNKNOWN'; readonly taxClass: string; readonly known: readonly string[] };

/** A site, checked as far as the type can. */
export const defineSite = (site: Site): Site => site;
