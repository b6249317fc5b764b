import type { CalendarDate } from '../src/base/calendar-date.ts';
import { type Result, yes } from '../src/base/result.ts';
import type { SiteRefusal } from '../src/seams/site.ts';
import { builder } from './builder.ts';
import { DueByTerms, type DueByTermsShape } from './due-by-terms.ts';
import { Invoice } from './invoice.ts';
import { limits } from './limits.ts';
import { type AskedSettlement, askSettlement, type EarlierSettlement, settlementHistory } from './settled-invoice.ts';
import { orSiteRefusal, siteOf, typeOfAnswer } from './site-answers.ts';
import { dateOf } from './taxable-invoice.ts';

const DueOnFrom = builder.enumType('DueOnFrom', {
  description: 'Who says when an invoice is due.',
  values: {
    AMAZON: { description: 'Amazon stated the day.' },
    TERMS: { description: 'Its terms, counted by the rules of its site; see byTerms.' },
  },
});

/** When a site pays an invoice, with what it was asked about. */
export interface SettledInvoice {
  readonly site: string;
  readonly dueOn: CalendarDate;
  readonly dueOnFrom: 'AMAZON' | 'TERMS';
  readonly payday: CalendarDate;
  readonly asked: AskedSettlement;
  readonly history: () => readonly EarlierSettlement[];
}

const SettlementRevision = builder.objectRef<EarlierSettlement>('SettlementRevision').implement({
  description: 'When an invoice was due by its terms, as far as days had been told.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    since: t.expose('since', {
      type: 'Instant',
      nullable: true,
      description: 'From when on it was so; null for what the date of the invoice says by itself.',
    }),
    byTerms: t.field({ type: DueByTerms, description: 'What was so.', resolve: ({ settlement }) => ({ settlement }) }),
  }),
});

export const Settlement = builder.interfaceRef<SettledInvoice>('Settlement').implement({
  description: 'When the site of an invoice pays it.',
  resolveType: typeOfAnswer('SiteSettlement') as never,
  fields: (t) => ({
    dueOn: t.expose('dueOn', { type: 'Date', description: 'The day it is due, before it is moved to a payday.' }),
    dueOnFrom: t.expose('dueOnFrom', { type: DueOnFrom, description: 'Who says so.' }),
    payday: t.expose('payday', {
      type: 'Date',
      description: 'The first day on or after that on which the site really pays.',
    }),
    moved: t.boolean({
      description: 'Whether the payday is later than the day it is due.',
      resolve: ({ dueOn, payday }) => payday > dueOn,
    }),
    byTerms: t.field({
      type: DueByTerms,
      nullable: true,
      description:
        'When it is due by its terms, whatever Amazon states. Null with a coded error where that cannot be said, such as TERM_DATE_MISSING until the goods are received.',
      resolve: ({ asked }) => shapeOf(asked),
    }),
    history: t.field({
      type: [SettlementRevision],
      description: 'What was due by its terms as its days were told, oldest first; the last one holds.',
      resolve: ({ history }) => [...history()],
    }),
  }),
});

function shapeOf({ answer, amountsRefused }: AskedSettlement): DueByTermsShape {
  const settlement = orSiteRefusal(answer);
  return amountsRefused === undefined ? { settlement } : { settlement, amountsRefused };
}

builder.objectType(builder.objectRef<SettledInvoice>('SiteSettlement'), {
  description: 'A settlement of a site that has nothing to add to what all sites say.',
  authScopes: { 'invoice:read': true },
  interfaces: [Settlement],
});

/** The day an invoice is due: as Amazon states it, or else by its terms. */
function dueOf(
  stated: Date | null,
  { answer }: AskedSettlement,
): Result<Pick<SettledInvoice, 'dueOn' | 'dueOnFrom'>, SiteRefusal> {
  if (stated !== null) return yes({ dueOn: dateOf(stated), dueOnFrom: 'AMAZON' });
  return answer.ok ? yes({ dueOn: answer.value.unadjusted, dueOnFrom: 'TERMS' }) : answer;
}

builder.prismaObjectField(Invoice, 'settlement', (t) =>
  t.field({
    type: Settlement,
    nullable: true,
    description: 'When its site pays it. Null with a coded error where that cannot be said.',
    // Its lines, what they charge, whose orders those are, and when they came in.
    complexity: { field: 1 + 4 * limits.listEstimate, multiplier: 1 },
    select: {
      issuedOn: true,
      receivedAt: true,
      dueOn: true,
      terms: true,
      discountPercent: true,
      discountDueDays: true,
      netDueDays: true,
      vendorCode: true,
      currency: true,
      totalMinor: true,
      taxMinor: true,
      account: { select: { site: true, timeZone: true, marketplaceId: true } },
      lines: {
        select: {
          invoiced: true,
          netMinor: true,
          orderLine: {
            select: {
              invoiced: true,
              order: { select: { freightTerm: true } },
              receipts: { select: { receivedAt: true, correction: true } },
            },
          },
        },
      },
    },
    resolve: (invoice, _args, { sites }): SettledInvoice => {
      const site = siteOf(sites, invoice.account.site);
      const asked = askSettlement(invoice, site);
      const due = orSiteRefusal(dueOf(invoice.dueOn, asked));
      const payday = orSiteRefusal(site.payday(due.dueOn));
      return { ...due, site: site.code, payday, asked, history: () => settlementHistory(invoice, site) };
    },
  }),
);
