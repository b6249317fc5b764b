import { money } from '../src/base/money.ts';
import { builder } from './builder.ts';
import { AmountThreshold, all, among, before, ofAccounts, over, since } from './filtering.ts';
import { Money } from './money.ts';
import { orderings } from './ordering.ts';
import { pageOf } from './paging.ts';

const kinds = {
  SHORTAGE: { description: 'Invoiced, but not found on receipts.' },
  PRICE: { description: 'Invoiced above the agreed cost.' },
  CHARGEBACK: { description: 'A fee for how goods were ordered, labelled, packed or shipped.' },
  CO_OP: { description: 'Agreed allowances: marketing, freight, damage.' },
  RETURN: { description: 'Goods sent back.' },
  PROVISION: { description: 'Held back for returns or credits that may come.' },
  OTHER: { description: 'A reason Amazon names that fits none of these.' },
  UNKNOWN: { description: 'Amazon names no reason.' },
} as const;

export const DeductionKind = builder.enumType('DeductionKind', {
  description: 'Why money was withheld. Ours, from what Amazon states.',
  values: kinds,
});

const DeductionSource = builder.enumType('DeductionSource', {
  description: 'Where a deduction shows.',
  values: {
    SETTLEMENT: { description: 'In the settlement of an invoice, which says how much was withheld from it.' },
    DOCUMENT: { description: 'In a document that Amazon wrote about it.' },
  },
});

export const Deduction = builder.prismaNode('Deduction', {
  description: 'An amount withheld from a payment, always with a reason.',
  id: { field: 'accountId_number', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'deduction:read': true },
  fields: (t) => ({
    number: t.exposeString('number', {
      description: "Amazon's number of the document, or the invoice's number and the reason.",
    }),
    kind: t.field({
      type: DeductionKind,
      description: 'Why. Ours.',
      resolve: ({ kind }) => (kind in kinds ? (kind as keyof typeof kinds) : 'UNKNOWN'),
    }),
    source: t.field({
      type: DeductionSource,
      description: 'Where it shows.',
      resolve: ({ source }) => (source === 'DOCUMENT' ? 'DOCUMENT' : 'SETTLEMENT'),
    }),
    status: t.exposeString('status', { description: "Amazon's status: PARTIALLY_DEDUCTED, DEDUCTED, …; verbatim." }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Its currency.' }),
    amount: t.field({
      type: Money,
      description: 'What Amazon means to take; negative when it gives back.',
      resolve: (d) => money(d.amountMinor, d.currency),
    }),
    deducted: t.field({
      type: Money,
      description: 'What it took so far.',
      resolve: (d) => money(d.deductedMinor, d.currency),
    }),
    reasons: t.exposeStringList('reasons', { description: "Amazon's reasons, verbatim." }),
    statedInvoiceNumber: t.exposeString('statedInvoiceNumber', {
      nullable: true,
      description: 'The invoice it names, known to us or not.',
    }),
    restates: t.exposeString('restates', {
      nullable: true,
      description:
        'Number of the deduction that this document states once more, as a claim does for what a settlement shows as ' +
        'withheld. Do not add the two up; null for an amount of its own.',
    }),
    issuedOn: t.expose('issuedOn', { type: 'Date', description: 'The date on it.' }),
    dueOn: t.expose('dueOn', { type: 'Date', nullable: true, description: 'The day it falls due.' }),
    paymentNumbers: t.exposeStringList('paymentNumbers', { description: 'The remittances it was taken from.' }),
    account: t.relation('account', {
      nullable: true,
      description: 'Its account.',
      authScopes: { 'account:read': true },
    }),
    invoice: t.relation('invoice', {
      nullable: true,
      description: 'The invoice it was taken from; null when it names none that is known.',
      authScopes: { 'invoice:read': true },
    }),
  }),
});

const DeductionFilter = builder.inputType('DeductionFilter', {
  description: 'Which deductions. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    numbers: t.stringList({ description: 'With one of these numbers.' }),
    kinds: t.field({ type: [DeductionKind], description: 'For one of these reasons.' }),
    statuses: t.stringList({ description: "With one of Amazon's statuses, verbatim." }),
    invoiceNumbers: t.stringList({ description: 'Naming one of these invoices.' }),
    issuedSince: t.field({ type: 'Date', description: 'Dated this day or later.' }),
    issuedBefore: t.field({ type: 'Date', description: 'Dated before this day.' }),
    amountOver: t.field({ type: AmountThreshold, description: 'Of more than this amount.' }),
  }),
});

const order = orderings(
  'DeductionOrder',
  {
    ISSUED_ON: { column: 'issuedOn', of: 'date' },
    AMOUNT: { column: 'amountMinor', of: 'amount, in minor units of whichever currency' },
    NUMBER: { column: 'number', of: 'number' },
  },
  ['accountId', 'number'],
);

builder.queryField('deductions', (t) =>
  t.prismaConnection(
    {
      type: Deduction,
      cursor: 'accountId_number',
      nullable: true,
      description: 'Deductions, newest first unless you say otherwise.',
      authScopes: { 'deduction:read': true },
      args: {
        filter: t.arg({ type: DeductionFilter, description: 'Which.' }),
        orderBy: t.arg({
          type: order.type,
          required: true,
          defaultValue: 'ISSUED_ON_DESC',
          description: 'In which order.',
        }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) =>
        db.deduction.findMany({
          ...query,
          where: all(
            ofAccounts(filter ?? {}),
            among('number', filter?.numbers),
            among('kind', filter?.kinds),
            among('status', filter?.statuses),
            among('statedInvoiceNumber', filter?.invoiceNumbers),
            since('issuedOn', filter?.issuedSince),
            before('issuedOn', filter?.issuedBefore),
            over('amountMinor', filter?.amountOver),
          ),
          orderBy: order.orderBy(orderBy),
        }),
    },
    ...pageOf('Deduction'),
  ),
);
