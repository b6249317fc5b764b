import type { CalendarDate } from '../src/base/calendar-date.ts';
import { never } from '../src/base/invariant.ts';
import { no } from '../src/base/result.ts';
import type {
  ClockRow,
  DueDiscount,
  DuePart,
  LegalVerdict,
  Settlement,
  TermEvent as TermEventValue,
} from '../src/domain/payment-terms/index.ts';
import type { SiteRefusal } from '../src/seams/site.ts';
import { builder } from './builder.ts';
import { Money } from './money.ts';
import { orSiteRefusal } from './site-answers.ts';
import { FreightTerm } from './terms.ts';

const readInvoices = { 'invoice:read': true } as const;

/** What a site found, and why amounts are not part of it. */
export interface DueByTermsShape {
  readonly settlement: Settlement;
  readonly amountsRefused?: SiteRefusal;
}

type Amounted<Part> = Part & { readonly amountsRefused: SiteRefusal | undefined };

const TermEvent = builder.enumType('TermEvent', {
  description: 'A day from which payment terms can count.',
  values: {
    INVOICE_DATE: { value: 'invoice-date', description: 'The date on the invoice.' },
    INVOICE_RECEIVED: { value: 'invoice-received', description: 'Amazon has the invoice.' },
    INVOICE_TRANSMITTED: { value: 'invoice-transmitted', description: 'The invoice was sent.' },
    GOODS_RECEIVED: { value: 'goods-received', description: 'Amazon counted in the last of the goods.' },
    DELIVERED: { value: 'delivered', description: 'The goods arrived.' },
    SHIPPED: { value: 'shipped', description: 'The goods left the dock.' },
    ORDERED: { value: 'ordered', description: 'Amazon ordered.' },
  } satisfies Record<string, { value: TermEventValue; description: string }>,
});

const TermsFrom = builder.enumType('TermsFrom', {
  description: 'Where payment terms come from.',
  values: {
    DOCUMENT: { value: 'document', description: 'A document states them.' },
    AGREEMENT: { value: 'agreement', description: 'An agreement of the operator’s has them.' },
    QUESTION: { value: 'question', description: 'Whoever asked gave them.' },
  } satisfies Record<string, { value: Settlement['termsFrom']; description: string }>,
});

const LegalVerdictKind = builder.enumType('LegalVerdictKind', {
  description: 'What the law says of the day on which money is due.',
  values: {
    NO_LIMIT: { value: 'no-limit', description: 'No law limits it.' },
    WITHIN: { value: 'within', description: 'It keeps the limit.' },
    TOLERATED: { value: 'tolerated', description: 'It is later, and lawful for the reason given.' },
    EXCEEDS: { value: 'exceeds', description: 'It is later than the law allows.' },
    CANNOT_TELL: { value: 'cannot-tell', description: 'The day that the limit counts from is not known.' },
  } satisfies Record<string, { value: LegalVerdict['verdict']; description: string }>,
});

const LegalLimit = builder.objectRef<LegalVerdict>('LegalLimit').implement({
  description: 'A limit set by law. It is reported and never moves a day.',
  authScopes: readInvoices,
  fields: (t) => ({
    verdict: t.expose('verdict', { type: LegalVerdictKind, description: 'The verdict.' }),
    rule: t.string({
      nullable: true,
      description: 'The law, such as fr-60-days.',
      resolve: (legal) => ('rule' in legal ? legal.rule : null),
    }),
    latest: t.field({
      type: 'Date',
      nullable: true,
      description: 'The last day the law allows.',
      resolve: (legal) => ('latest' in legal ? legal.latest : null),
    }),
    daysOver: t.int({
      nullable: true,
      description: 'How many days later it is.',
      resolve: (legal) => ('daysOver' in legal ? legal.daysOver : null),
    }),
    reason: t.string({
      nullable: true,
      description: 'Why it is tolerated, or by-roll-only where the terms keep the limit and only the move breaks it.',
      resolve: reasonOf,
    }),
    missing: t.field({
      type: TermEvent,
      nullable: true,
      description: 'The day that is not known.',
      resolve: (legal) => ('missing' in legal ? legal.missing : null),
    }),
  }),
});

function reasonOf(legal: LegalVerdict): string | null {
  switch (legal.verdict) {
    case 'tolerated':
      return legal.because;
    case 'exceeds':
      return legal.byRollOnly ? 'by-roll-only' : null;
    case 'no-limit':
    case 'within':
    case 'cannot-tell':
      return null;
    default:
      return never(legal);
  }
}

const PaymentClock = builder.objectRef<ClockRow>('PaymentClock').implement({
  description: 'The rule that says from which day the terms of a document are counted.',
  authScopes: readInvoices,
  fields: (t) => ({
    since: t.expose('since', { type: 'Date', description: 'For invoices dated this day or later.' }),
    countsFrom: t.field({
      type: [TermEvent],
      description: 'The day; of two the later.',
      resolve: ({ base }) => (base.kind === 'event' ? [base.event] : [...base.events]),
    }),
    vendorCode: t.exposeString('vendorCode', { nullable: true, description: 'For this vendor code alone.' }),
    freightTerm: t.expose('freightTerm', { type: FreightTerm, nullable: true, description: 'For this term alone.' }),
    source: t.exposeString('source', { description: 'Who says so.' }),
  }),
});

/** Null with a code where it depends on an amount that no document names. */
const amountField = {
  type: Money,
  nullable: true,
  description: 'How much. Null with a coded error where a discount leaves out what no document names.',
  resolve: ({ amount, amountsRefused }: Amounted<Pick<DuePart, 'amount'>>) =>
    amountsRefused === undefined ? (amount ?? null) : orSiteRefusal(no(amountsRefused)),
} as const;

const DueDiscountType = builder.objectRef<Amounted<DueDiscount>>('DueDiscount').implement({
  description: 'A discount for paying early.',
  authScopes: readInvoices,
  fields: (t) => ({
    percent: t.expose('percent', { type: 'Decimal', description: 'Of what it is taken from, per cent.' }),
    deadline: t.expose('adjusted', { type: 'Date', description: 'The last day on which it may be taken.' }),
    unadjusted: t.expose('unadjusted', { type: 'Date', description: 'That day before it is moved.' }),
    amount: t.field(amountField),
  }),
});

const DueInstalment = builder.objectRef<Amounted<DuePart>>('DueInstalment').implement({
  description: 'A part of the total, and when it is due. All parts together are the total.',
  authScopes: readInvoices,
  fields: (t) => ({
    percent: t.expose('percent', { type: 'Decimal', description: 'Of the total, per cent.' }),
    unadjusted: t.expose('unadjusted', { type: 'Date', description: 'By the terms alone.' }),
    adjusted: t.expose('adjusted', { type: 'Date', description: 'Moved to a day on which the site pays.' }),
    amount: t.field(amountField),
  }),
});

interface KnownDate {
  readonly event: TermEventValue;
  readonly on: CalendarDate;
}

const TermDate = builder.objectRef<KnownDate>('TermDate').implement({
  description: 'A day that is known of an invoice, where the site is.',
  authScopes: readInvoices,
  fields: (t) => ({
    event: t.expose('event', { type: TermEvent, description: 'What happened.' }),
    on: t.expose('on', { type: 'Date', description: 'When.' }),
  }),
});

/** When an invoice is due by its terms, and every fact that decided it. */
export const DueByTerms = builder.objectRef<DueByTermsShape>('DueByTerms').implement({
  description: 'When an invoice is due by its terms, and every fact that decided it.',
  authScopes: readInvoices,
  fields: (t) => ({
    unadjusted: t.field({
      type: 'Date',
      description: 'By the terms alone; of several instalments the last.',
      resolve: ({ settlement }) => settlement.unadjusted,
    }),
    adjusted: t.field({
      type: 'Date',
      description: 'Moved to a day on which the site pays.',
      resolve: ({ settlement }) => settlement.adjusted,
    }),
    termsFrom: t.field({
      type: TermsFrom,
      description: 'Where the terms come from.',
      resolve: ({ settlement }) => settlement.termsFrom,
    }),
    clock: t.field({
      type: PaymentClock,
      nullable: true,
      description: 'The rule that chose the day they count from. Null where the terms name it themselves.',
      resolve: ({ settlement }) => settlement.clock ?? null,
    }),
    dates: t.field({
      type: [TermDate],
      description: 'The days that were known.',
      resolve: ({ settlement }) =>
        Object.entries(settlement.dates).map(([event, on]) => ({ event: event as TermEventValue, on })),
    }),
    discount: t.field({
      type: DueDiscountType,
      nullable: true,
      description: 'For paying early. Null where the terms have none.',
      resolve: ({ settlement: { discount }, amountsRefused }) =>
        discount === undefined ? null : { ...discount, amountsRefused },
    }),
    instalments: t.field({
      type: [DueInstalment],
      description: 'Its parts; one where all is due at once.',
      resolve: ({ settlement: { parts }, amountsRefused }) => parts.map((part) => ({ ...part, amountsRefused })),
    }),
    legal: t.field({
      type: LegalLimit,
      description: 'The limit set by law, and whether it is kept.',
      resolve: ({ settlement }) => settlement.legal,
    }),
    calendar: t.string({
      description: 'The bank calendar and its version, such as US-FED 2026.1.',
      resolve: ({ settlement: { calendar } }) => `${calendar.id} ${calendar.version}`,
    }),
    version: t.string({
      description: 'Of the clock, agreements and limits it was found by: changes with any row.',
      resolve: ({ settlement }) => settlement.version,
    }),
    explanation: t.stringList({
      description: 'One step a line: terms, clock, base date, offset, roll, discount, limit.',
      resolve: ({ settlement }) => [...settlement.explanation],
    }),
  }),
});
