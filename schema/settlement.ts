import { addDays, type CalendarDate } from '../src/base/calendar-date.ts';
import { no, type Result, yes } from '../src/base/result.ts';
import { builder } from './builder.ts';
import { Invoice } from './invoice.ts';
import { type NotEnoughKnown, orSiteRefusal, siteOf, typeOfAnswer } from './site-answers.ts';
import { dateOf } from './taxable-invoice.ts';

const DueOnFrom = builder.enumType('DueOnFrom', {
  description: 'Who says when an invoice is due.',
  values: {
    AMAZON: { description: 'Amazon stated the day.' },
    TERMS: { description: "The invoice's own terms: its date and so many days." },
  },
});

interface Due {
  readonly dueOn: CalendarDate;
  readonly dueOnFrom: 'AMAZON' | 'TERMS';
}

/** When a site pays an invoice, with what it was asked about. */
export interface SettledInvoice extends Due {
  readonly site: string;
  readonly payday: CalendarDate;
}

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
  }),
});

builder.objectType(builder.objectRef<SettledInvoice>('SiteSettlement'), {
  description: 'A settlement of a site that has nothing to add to what all sites say.',
  authScopes: { 'invoice:read': true },
  interfaces: [Settlement],
});

interface DueColumns {
  readonly issuedOn: Date;
  readonly dueOn: Date | null;
  readonly terms: string | null;
  readonly netDueDays: number | null;
}

/**
 * The day an invoice is due: as Amazon states it, or else by plain terms of so many calendar days. Terms counted from
 * the end of a month or a fixed day of it are not plain.
 * @source Vendor Invoices API, `PaymentTerms.type` Basic and `netDueDays`
 */
function dueOf({ dueOn, issuedOn, terms, netDueDays }: DueColumns, site: string): Result<Due, NotEnoughKnown> {
  if (dueOn !== null) return yes({ dueOn: dateOf(dueOn), dueOnFrom: 'AMAZON' });
  if (netDueDays !== null && (terms === null || terms === 'Basic')) {
    return yes({ dueOn: addDays(dateOf(issuedOn), netDueDays), dueOnFrom: 'TERMS' });
  }
  return no({ code: 'NOT_ENOUGH_KNOWN', site, missing: 'the day it is due' });
}

builder.prismaObjectField(Invoice, 'settlement', (t) =>
  t.field({
    type: Settlement,
    nullable: true,
    description: 'When its site pays it. Null with a coded error where that cannot be said.',
    select: { issuedOn: true, dueOn: true, terms: true, netDueDays: true, account: { select: { site: true } } },
    resolve: (invoice, _args, { sites }): SettledInvoice => {
      const site = siteOf(sites, invoice.account.site);
      const due = orSiteRefusal(dueOf(invoice, site.code));
      return { ...due, site: site.code, payday: orSiteRefusal(site.payday(due.dueOn)) };
    },
  }),
);
