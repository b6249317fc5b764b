import type { CalendarDate } from '../base/calendar-date.ts';
import type { Currency } from '../base/currency.ts';
import type { Decimal } from '../base/decimal.ts';
import type { Money } from '../base/money.ts';
import type { Result } from '../base/result.ts';
import type { IdentifierScheme } from '../domain/identifiers/scheme.ts';
import type { Settlement, SettlementQuestion, SettlementRefusal } from '../domain/payment-terms/settlement.ts';
import type { RateUnknown } from '../domain/tax/rate-table.ts';
import type { Rounding } from '../domain/tax/rounding.ts';
import type { PriceBasis, TaxCurrency } from '../domain/tax/tax-of.ts';
import type { Exemption, LegalNote, TaxCategory } from '../domain/tax/treatment.ts';
import type { Requirement } from './requirement.ts';
import type { SiteTables, TableProblem } from './site-tables.ts';
import type { TaxFact, TaxFactName } from './tax-facts.ts';

/**
 * What an Amazon site must answer. The platform asks; it never looks inside, and no code outside
 * `plugins/sites` compares a site code.
 *
 * Asked:     `tax` and `settle` once per invoice, `payday` once per due date, `withTables` once at the start.
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
  /**
   * When an invoice is due and paid under its terms, with every fact that decided it. A day that nobody has told is a
   * refusal, `TERM_DATE_MISSING`, and never a guess. `settledBy` makes it of a site's dated facts.
   *
   * If absent: NOT_ANSWERED_YET; a day that Amazon states is shown all the same.
   */
  settle?(question: SettlementQuestion): Result<Settlement, SiteRefusal>;
  /**
   * The site with an operator's rows beside its own, or everything that is wrong with them, each by its row. Pure as
   * well: the site asked stays as it is. `siteFrom` makes it. If absent: the site takes no rows.
   */
  withTables?(tables: SiteTables): Result<Site, readonly TableProblem[]>;
  /** What the law wants to stand on an invoice, for `invoicePreview`. If absent: no field is missed. */
  readonly requirements?: readonly Requirement[];
  /** Kinds of number by which parties are known here, such as `JP-T`. International ones are the core's. */
  readonly identifiers?: readonly IdentifierScheme[];
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
  /** Without tax, unless the invoice's price basis is `gross`: then with it. Negative where it takes something back. */
  readonly net: Money;
  /** Product tax class in the site's words; `standard` when nothing else is known. */
  readonly taxClass: string;
}

/**
 * What a site is asked about: a document, or one that is not written yet.
 *
 * A member that is left out says that nobody knows it. What a site cannot do without, it names in NOT_ENOUGH_KNOWN;
 * a site that does not need it answers all the same.
 */
export interface TaxableInvoice {
  readonly lines: readonly TaxableLine[];
  /** The day that decides the rate: delivery, not invoice date. That of the original where this takes it back. */
  readonly taxPoint: CalendarDate;
  /** ISO 3166 alpha-2; `XI` is understood for Northern Ireland. */
  readonly shipToCountry: string;
  /** The part after the country in ISO 3166-2, with or without it: `ON`, `CA-ON`, `NIR`. */
  readonly shipToRegion?: string;
  /** Buyer's certificates on file, such as `resale`. */
  readonly certificates: readonly Certificate[];
  readonly shipFromCountry?: string;
  readonly shipFromRegion?: string;
  /** Left out: nothing is known of the supplier, which is not the same as registered nowhere. */
  readonly supplier?: TaxSupplier;
  /** The VAT id the buyer uses for this order; one buyer has them in several states. */
  readonly buyerTaxId?: string;
  /** Who brings the goods in, where they come from outside: incoterm DDP says supplier, DAP says buyer. */
  readonly importer?: 'supplier' | 'buyer';
  /** `invoice` when left out. It changes what the document is called, and no amount: amounts carry their own sign. */
  readonly kind?: 'invoice' | 'credit-note';
  /** `buyer`: the buyer writes it in the supplier's name, which is self-billing. `supplier` when left out. */
  readonly issuer?: 'supplier' | 'buyer';
  /** `net` when left out. */
  readonly priceBasis?: PriceBasis;
  /** The supplier's constant choice, where the law leaves one. Left out: the site's own. */
  readonly rounding?: Rounding;
  /** The rate the law fixes, when the invoice is not in the currency of the state. */
  readonly taxCurrency?: TaxCurrency;
}

/** A paper of the buyer that changes a tax. */
export interface Certificate {
  readonly kind: string;
  readonly validFrom?: CalendarDate;
  /** The last day. */
  readonly validUntil?: CalendarDate;
  /** As it must be printed on the invoice. */
  readonly number?: string;
  /** Region that issued it; left out where it holds for the country. */
  readonly region?: string;
}

export interface TaxSupplier {
  /** Country, ISO 3166 alpha-2, or two letters of a VAT id. Left out: where it is registered, when that is one place. */
  readonly establishedIn?: string;
  /** All that it has: an empty list says that it is registered nowhere. */
  readonly registrations: readonly TaxRegistration[];
}

export interface TaxRegistration {
  /** `JP-T`, `CA-GST`, `CA-QST`, `CA-PST`, `EU-VAT`. */
  readonly scheme: string;
  readonly number: string;
  /** The region it holds in, where the scheme does not say: `BC` of a `CA-PST`. */
  readonly region?: string;
  readonly validFrom?: CalendarDate;
  /** The last day. */
  readonly validUntil?: CalendarDate;
}

export interface TaxLine {
  /** The rule that made it, such as `jp/consumption-tax`. */
  readonly rule: string;
  readonly base: Money;
  /** Per cent. */
  readonly rate: Decimal;
  readonly tax: Money;
  /** As printed: VAT, GST, QST. */
  readonly name?: string;
  readonly category?: TaxCategory;
  /** Country or country-region whose tax it is: `DE`, `CA-QC`. */
  readonly jurisdiction?: string;
  readonly exemption?: Exemption;
  readonly inTaxCurrency?: { readonly base: Money; readonly tax: Money; readonly source: string };
}

/** Which of the taxes a line bears, by rule and rate, and its status to be shown beside it. */
export interface LineTax {
  readonly rule: string;
  readonly category: TaxCategory;
  readonly rate: Decimal;
}

/** Something a person should see to: the site's own code for programs, and what to do, for people. */
export interface TaxProblem {
  readonly code: string;
  readonly message: string;
}

/** What the document has to say for its treatment to hold. */
export interface RequiredTerm {
  /** A business term of EN 16931, such as `BT-48`; where that does not reach, the site's own word. */
  readonly term: string;
  readonly value: string;
}

export interface TaxAnswer {
  readonly taxes: readonly TaxLine[];
  /** The tax stands, and somebody should look. What stops a document is a refusal, and no warning. */
  readonly warnings: readonly TaxProblem[];
  /** The rule that answered, so that "no tax" can be followed home too. */
  readonly rule: string;
  /** In the order of the invoice's lines, what each of them bears. */
  readonly lines?: readonly (readonly LineTax[])[];
  /** What the document may call itself, such as `qualified-invoice`. */
  readonly document?: string;
  /** Version of the rates and tables that were read. */
  readonly rates?: string;
  /** Every member of the invoice that was looked at: without any other, the answer is the same. */
  readonly facts?: readonly TaxFact[];
  /** Sentences that the law wants on the document. */
  readonly notes?: readonly LegalNote[];
  readonly required?: readonly RequiredTerm[];
}

export type SiteRefusal =
  | { readonly code: 'YEAR_OUT_OF_RANGE'; readonly year: number; readonly known: readonly [number, number] }
  | { readonly code: 'NOT_ANSWERED_YET'; readonly site: string; readonly question: string }
  /** A class this site has no rate for; `known` are those it has. Guessing one would be a wrong tax. */
  | { readonly code: 'TAX_CLASS_UNKNOWN'; readonly taxClass: string; readonly known: readonly string[] }
  /** The table of rates does not reach that day. */
  | RateUnknown
  /** Why the terms of an invoice lead to no day. */
  | SettlementRefusal
  /** What the answer depends on, and nobody has said: in words, and as members of the invoice. */
  | {
      readonly code: 'NOT_ENOUGH_KNOWN';
      readonly site: string;
      readonly missing: string;
      readonly facts?: readonly TaxFactName[];
    }
  /**
   * It is blocked: the facts are there, and the law gives them no treatment that this site can decide. `problem` is the
   * site's own code for the case, and the message says what to do.
   */
  | { readonly code: 'TAX_NOT_DECIDABLE'; readonly site: string; readonly problem: string; readonly message: string };

/** A site, checked as far as the type can. */
export const defineSite = (site: Site): Site => site;
