import type { CalendarDate } from '../../base/calendar-date.ts';
import { canonicalJson, sha256 } from '../../base/canonical-json.ts';
import { invariant } from '../../base/invariant.ts';
import { no, type Result, yes } from '../../base/result.ts';
import type { BankCalendar } from '../bank-calendar.ts';
import type { FreightTerm } from '../changes.ts';
import { type DatedRowProblem, datedRowProblems } from '../dated-rows.ts';
import type { StatedTerms } from '../facts.ts';
import type { Roll } from '../roll.ts';
import {
  type Agreed,
  type AgreementRow,
  agreementKey,
  agreementOn,
  type LegalRow,
  legalKey,
  legalOn,
} from './agreement.ts';
import type { TermsUnread } from './amazon.ts';
import { type Due, dueDate, type TermAmounts, type TermsRefusal } from './due-date.ts';
import type { LegalVerdict } from './legal-limits.ts';
import { baseInWords, type ClockRefusal, type ClockRow, clockKey, clockOn } from './payment-clock.ts';
import { readStatedTerms, statedInWords } from './stated-terms.ts';
import { checkTerms, type Discount, type PaymentTerms, type TermDates, type TermsInvalid } from './terms.ts';

/** What a site knows of when it pays: dated facts, and no rule of its own. */
export interface SettlementBook {
  /** The code of the site. */
  readonly site: string;
  /** Of the bank that pays. */
  readonly calendar: BankCalendar;
  readonly clock: readonly ClockRow[];
  readonly agreements?: readonly AgreementRow[];
  readonly legal?: readonly LegalRow[];
  /** How a due day moves unless an agreement says otherwise. Left out: to the next open day. */
  readonly roll?: Roll;
  /** What earns no discount unless an agreement says otherwise. Left out: everything earns it. */
  readonly discountExcludes?: Discount['excludes'];
}

/** Everything that is known of one invoice and could decide when it is paid. */
export interface SettlementQuestion {
  /** As its document states them. An agreement that has terms of its own counts before them. */
  readonly terms?: StatedTerms;
  /** Terms in normal form: taken as they are, before any agreement, and without the payment clock. */
  readonly normalForm?: PaymentTerms;
  /** What is agreed for this invoice, before what the site's agreements say. */
  readonly agreed?: Agreed;
  /** All that are known, where the site is; see `datesIn`. The invoice date is always needed. */
  readonly dates: TermDates;
  readonly vendorCode?: string;
  readonly freightTerm?: FreightTerm;
  /** Of the store, ISO 3166 alpha-2: its law sets the limit unless an agreement names another. */
  readonly country?: string;
  /** Left out: only days are asked for. */
  readonly amounts?: TermAmounts;
}

/** When an invoice is due and paid, what of it, and every fact that decided it. */
export interface Settlement extends Due {
  /** In normal form, as they were applied. */
  readonly terms: PaymentTerms;
  readonly termsFrom: 'document' | 'agreement' | 'question';
  /** The agreement in force, where there is one. */
  readonly agreement?: AgreementRow;
  /** The row that chose the base date. Absent where the terms name it themselves. */
  readonly clock?: ClockRow;
  /** Of the site's clock, agreements and limits: changes with any row. The calendar has its own. */
  readonly version: string;
}

export type SettlementRefusal =
  | TermsRefusal
  | TermsUnread
  | ClockRefusal
  /** No document states terms, and no agreement has any. */
  | { readonly code: 'TERMS_NOT_STATED' };

/** A problem of a book, with the table it is in. */
export type BookProblem =
  | (DatedRowProblem & { readonly table: 'clock' | 'agreements' | 'legal' })
  | (TermsInvalid & { readonly table: 'agreements'; readonly row: number });

/** All that is wrong with a book: gaps and overlaps of its rows, and agreements nobody can mean. */
export function bookProblems({ clock, agreements = [], legal = [] }: SettlementBook): BookProblem[] {
  return [
    ...datedRowProblems(clock, clockKey).map((problem) => ({ ...problem, table: 'clock' as const })),
    ...datedRowProblems(agreements, agreementKey).map((problem) => ({ ...problem, table: 'agreements' as const })),
    ...datedRowProblems(legal, legalKey).map((problem) => ({ ...problem, table: 'legal' as const })),
    ...agreements.flatMap(({ terms }, row) => {
      const checked = terms === undefined ? undefined : checkTerms(terms);
      return checked === undefined || checked.ok ? [] : [{ ...checked.refusal, table: 'agreements' as const, row }];
    }),
  ];
}

/**
 * A site's answer to "when is this paid, and how much": the same rule for all sites, over each one's facts.
 *
 * Terms come from the question's normal form, else from the agreement, else from the document. The days a document
 * states are counted from where the payment clock says; terms in normal form name their own base date.
 */
export function settledBy(
  book: SettlementBook,
): (question: SettlementQuestion) => Result<Settlement, SettlementRefusal> {
  const problems = bookProblems(book);
  invariant(problems.length === 0, `the settlement of ${book.site} is whole: ${canonicalJson(problems)}`);
  const { site, calendar, agreements = [], legal = [] } = book;
  const { calendar: _calendar, ...facts } = book;
  const version = `${site.toLowerCase()}/settlement@${sha256(canonicalJson(facts)).slice(0, 12)}`;

  return (question) => {
    const on = question.dates['invoice-date'];
    if (on === undefined) return no({ code: 'TERM_DATE_MISSING', event: 'invoice-date' });
    const agreement = agreementOn(agreements, on, question.vendorCode);
    const agreed: Agreed = { ...agreement, ...question.agreed };
    const found = termsOf(question, on, book, agreement, agreed);
    if (!found.ok) return found;
    const { because, clock, termsFrom } = found.value;
    const law = found.value.terms.legal ?? agreed.legal ?? legalOn(legal, on, question.country);
    const terms: PaymentTerms = { ...found.value.terms, ...(law === undefined ? {} : { legal: law }) };
    const due = dueDate(terms, question.dates, calendar, question.amounts);
    if (!due.ok) return due;
    return yes({
      ...due.value,
      explanation: [...because, ...due.value.explanation, ...legalInWords(due.value.legal)],
      terms,
      termsFrom,
      ...(agreement === undefined ? {} : { agreement }),
      ...(clock === undefined ? {} : { clock }),
      version,
    });
  };
}

interface FoundTerms {
  readonly terms: PaymentTerms;
  readonly termsFrom: Settlement['termsFrom'];
  readonly clock?: ClockRow;
  /** First lines of the explanation. */
  readonly because: readonly string[];
}

function termsOf(
  { normalForm, terms: stated, vendorCode, freightTerm }: SettlementQuestion,
  on: CalendarDate,
  { clock: rows, roll = 'following', discountExcludes = [] }: SettlementBook,
  agreement: AgreementRow | undefined,
  agreed: Agreed,
): Result<FoundTerms, SettlementRefusal> {
  if (normalForm !== undefined) return yes({ terms: normalForm, termsFrom: 'question', because: ['terms as asked'] });
  if (agreement?.terms !== undefined) {
    const because = [`terms agreed since ${agreement.since}: ${agreement.source}`];
    return yes({ terms: agreement.terms, termsFrom: 'agreement', because });
  }
  if (stated === undefined) return no({ code: 'TERMS_NOT_STATED' });
  const read = readStatedTerms(stated, agreed);
  if (!read.ok) return read;
  const { discount } = read.value;
  const terms: PaymentTerms = {
    ...read.value,
    roll: agreed.roll ?? roll,
    ...(discount === undefined
      ? {}
      : {
          discount: {
            ...discount,
            excludes: agreed.discountExcludes ?? discountExcludes,
            roll: agreed.discountRoll ?? discount.roll,
          },
        }),
  };
  const because = [`terms stated: ${statedInWords(stated)}`];
  // Terms that name another day than the invoice's are not counted by the clock: due on receipt, and a fixed day.
  if (terms.base.kind !== 'event' || terms.base.event !== 'invoice-date') {
    return yes({ terms, termsFrom: 'document', because });
  }
  const clock = clockOn(rows, {
    on,
    ...(vendorCode === undefined ? {} : { vendorCode }),
    ...(freightTerm === undefined ? {} : { freightTerm }),
  });
  if (!clock.ok) return clock;
  const { base, since } = clock.value;
  return yes({
    terms: { ...terms, base },
    termsFrom: 'document',
    clock: clock.value,
    because: [...because, `counted since ${since} from ${baseInWords(base)}`],
  });
}

function legalInWords(verdict: LegalVerdict): string[] {
  switch (verdict.verdict) {
    case 'no-limit':
      return [];
    case 'cannot-tell':
      return [`limit ${verdict.rule}: cannot be told without ${verdict.missing}`];
    case 'within':
      return [`limit ${verdict.rule}: ${verdict.latest}, kept`];
    default:
      return [`limit ${verdict.rule}: ${verdict.latest}, ${verdict.verdict} by ${verdict.daysOver} days`];
  }
}
