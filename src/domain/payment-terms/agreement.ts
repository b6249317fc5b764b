import type { CalendarDate } from '../../base/calendar-date.ts';
import { type DatedRow, rowOn } from '../dated-rows.ts';
import type { Roll } from '../roll.ts';
import type { TermsAgreed } from './amazon.ts';
import type { LegalRule } from './legal-limits.ts';
import type { Discount, PaymentTerms } from './terms.ts';

/** What was agreed beside what a document states. Whatever is left out is as the site has it. */
export interface Agreed extends TermsAgreed {
  /** How the due day moves when banks are closed. */
  readonly roll?: Roll;
  /** How the last day of the discount moves. */
  readonly discountRoll?: Roll;
  /** What of the total earns no discount. */
  readonly discountExcludes?: Discount['excludes'];
  /** The law the agreement is judged by, with the facts the law asks for. */
  readonly legal?: LegalRule;
}

/** An agreement with Amazon, for invoices dated in a time. */
export interface AgreementRow extends DatedRow, Agreed {
  /** Left out: for every vendor code that has no agreement of its own. */
  readonly vendorCode?: string;
  /** In place of whatever a document states: closing day and pay day, instalments, and all else Amazon has no words for. */
  readonly terms?: PaymentTerms;
}

/** Rows of one key follow each other in time. */
export const agreementKey = ({ vendorCode = '' }: AgreementRow): string => vendorCode;

/** The agreement in force for invoices of that day: the vendor code's own before that of all. */
export function agreementOn(
  rows: readonly AgreementRow[],
  on: CalendarDate,
  vendorCode: string | undefined,
): AgreementRow | undefined {
  const own = rows.filter((row) => row.vendorCode !== undefined && row.vendorCode === vendorCode);
  return (
    rowOn(own, on) ??
    rowOn(
      rows.filter((row) => row.vendorCode === undefined),
      on,
    )
  );
}

/** A limit set by law, for invoices dated in a time. */
export interface LegalRow extends DatedRow {
  /** ISO 3166 alpha-2. Left out: for every country of the site that has none of its own. */
  readonly country?: string;
  readonly rule: LegalRule;
}

export const legalKey = ({ country = '' }: LegalRow): string => country;

/** The limit that stands unless an agreement names another. None is an answer too. */
export function legalOn(
  rows: readonly LegalRow[],
  on: CalendarDate,
  country: string | undefined,
): LegalRule | undefined {
  const own = rows.filter((row) => row.country !== undefined && row.country === country);
  const all = rows.filter((row) => row.country === undefined);
  return (rowOn(own, on) ?? rowOn(all, on))?.rule;
}
