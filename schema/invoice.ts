import { money } from '../src/base/money.ts';
import { builder } from './builder.ts';
import { AmountThreshold, all, among, before, ofAccounts, over, since } from './filtering.ts';
import { accountIdOf } from './ids.ts';
import { InvoiceMoney } from './invoice-money.ts';
import { Money, moneyOrNull } from './money.ts';
import { orderings } from './ordering.ts';
import { pageOf } from './paging.ts';

export const InvoiceDocument = builder.enumType('InvoiceDocument', {
  description: 'What a document claims.',
  values: {
    INVOICE: { description: 'Money for goods.' },
    CREDIT_NOTE: { description: 'Less money for an earlier invoice.' },
  },
});

interface Terms {
  readonly terms: string | null;
  readonly discountPercent: { toFixed(): string } | null;
  readonly discountDueDays: number | null;
  readonly netDueDays: number | null;
}

const PaymentTerms = builder.objectRef<Terms>('PaymentTerms').implement({
  description: 'When an invoice is to be paid, as its document states it.',
  fields: (t) => ({
    text: t.exposeString('terms', {
      nullable: true,
      description: 'Basic, EndOfMonth, Proximo, or text such as NET30; verbatim.',
    }),
    discountPercent: t.expose('discountPercent', {
      type: 'Decimal',
      nullable: true,
      description: 'Taken off for paying early, per cent.',
    }),
    discountDueDays: t.exposeInt('discountDueDays', {
      nullable: true,
      description: 'Calendar days within which paying is early.',
    }),
    netDueDays: t.exposeInt('netDueDays', { nullable: true, description: 'Calendar days after which it is due.' }),
  }),
});

export const Invoice = builder.prismaNode('Invoice', {
  description: "The vendor's claim for money, or its reduction.",
  id: { field: 'accountId_number', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    number: t.exposeString('number', { description: "The vendor's number; unique within the account." }),
    document: t.field({
      type: InvoiceDocument,
      description: 'Invoice or credit note.',
      resolve: ({ document }) => (document === 'CREDIT_NOTE' ? 'CREDIT_NOTE' : 'INVOICE'),
    }),
    status: t.exposeString('status', {
      nullable: true,
      description:
        "Amazon's status: IN_PROGRESS, REJECTED, PARTIALLY_PAID, PAID; verbatim. Null until Amazon shows it.",
    }),
    issuedOn: t.expose('issuedOn', { type: 'Date', description: 'The date on the invoice.' }),
    receivedAt: t.expose('receivedAt', {
      type: 'Instant',
      nullable: true,
      description: 'Since when Amazon has it; null until Amazon shows it.',
    }),
    dueOn: t.expose('dueOn', { type: 'Date', nullable: true, description: 'The day it is due, as Amazon states it.' }),
    terms: t.field({ type: PaymentTerms, description: 'When it is to be paid, as stated.', resolve: (i) => i }),
    vendorCode: t.exposeString('vendorCode', { nullable: true, description: "Amazon's code of the vendor." }),
    payeeCode: t.exposeString('payeeCode', { nullable: true, description: "Amazon's code of whoever is paid." }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The one currency of all its amounts.' }),
    net: t.field({
      type: Money,
      nullable: true,
      description: 'Without taxes.',
      resolve: (i) => moneyOrNull(i.netMinor, i.currency),
    }),
    tax: t.field({
      type: Money,
      nullable: true,
      description: 'Taxes.',
      resolve: (i) => moneyOrNull(i.taxMinor, i.currency),
    }),
    total: t.field({
      type: Money,
      description: 'All that is claimed, taxes included; negative on a credit note.',
      resolve: (i) => money(i.totalMinor, i.currency),
    }),
    queued: t.field({
      type: Money,
      description: 'What Amazon has approved and put in line for payment; not paid yet, so part of open.',
      resolve: (i) => money(i.queuedMinor, i.currency),
    }),
    money: t.field({ type: InvoiceMoney, description: 'What became of the total.', resolve: (i) => i }),
    referencedInvoiceNumbers: t.exposeStringList('referencedInvoiceNumbers', {
      description: 'On a credit note: the invoices it reduces.',
    }),
    shortageNumbers: t.exposeStringList('shortageNumbers', {
      description: 'Shortage claims that Amazon opened against it.',
    }),
    account: t.relation('account', {
      nullable: true,
      description: 'Its account.',
      authScopes: { 'account:read': true },
    }),
    lines: t.relatedConnection(
      'lines',
      {
        cursor: 'accountId_invoiceNumber_lineNumber',
        description: 'Its lines by number.',
        query: {
          orderBy: [{ position: 'asc' }, { lineNumber: 'asc' }, { accountId: 'asc' }, { invoiceNumber: 'asc' }],
        },
      },
      ...pageOf('InvoiceLine'),
    ),
    taxes: t.relation('taxes', {
      description: 'Taxes as stated, of single lines and of the whole; at most 250.',
      query: { orderBy: { position: 'asc' }, take: 250 },
    }),
    allocations: t.relation('allocations', {
      nullable: true,
      description: 'Which payments settled it, and how far; at most 100.',
      authScopes: { 'payment:read': true },
      query: { orderBy: { position: 'asc' }, take: 100 },
    }),
    deductions: t.relation('deductions', {
      nullable: true,
      description: 'What was withheld because of it, by number; at most 100.',
      authScopes: { 'deduction:read': true },
      query: { orderBy: { number: 'asc' }, take: 100 },
    }),
  }),
});

export const InvoiceFilter = builder.inputType('InvoiceFilter', {
  description: 'Which invoices. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    numbers: t.stringList({ description: 'With one of these numbers.' }),
    documents: t.field({ type: [InvoiceDocument], description: 'Invoices, credit notes, or both.' }),
    statuses: t.stringList({ description: "With one of Amazon's statuses, verbatim." }),
    orderNumbers: t.stringList({ description: 'With a line for one of these orders.' }),
    asins: t.stringList({ description: 'With a line of one of these ASINs.' }),
    vendorCodes: t.stringList({ description: "Of one of Amazon's vendor codes." }),
    issuedSince: t.field({ type: 'Date', description: 'Dated this day or later.' }),
    issuedBefore: t.field({ type: 'Date', description: 'Dated before this day.' }),
    dueBefore: t.field({ type: 'Date', description: 'Due before this day. With unpaid: overdue on this day.' }),
    dueSince: t.field({ type: 'Date', description: 'Due this day or later.' }),
    unpaid: t.boolean({ description: 'True: some of it is open. False: nothing is.' }),
    openOver: t.field({ type: AmountThreshold, description: 'With more than this amount open.' }),
  }),
});

const order = orderings(
  'InvoiceOrder',
  {
    ISSUED_ON: { column: 'issuedOn', of: 'date' },
    DUE_ON: { column: 'dueOn', nullable: true, of: 'due date' },
    NUMBER: { column: 'number', of: 'number' },
    OPEN: { column: 'openMinor', of: 'the amount still open, in minor units of whichever currency' },
  },
  ['accountId', 'number'],
);

builder.queryFields((t) => ({
  invoice: t.prismaField({
    type: Invoice,
    nullable: true,
    description: 'One invoice by its number; null when the account has none of it.',
    authScopes: { 'invoice:read': true },
    args: {
      account: t.arg.id({ required: true, description: 'Its account.' }),
      number: t.arg.string({ required: true, description: "The vendor's number." }),
    },
    resolve: (query, _root, { account, number }, { db }) =>
      db.invoice.findUnique({
        ...query,
        where: { accountId_number: { accountId: accountIdOf(account, 'account'), number } },
      }),
  }),
  invoices: t.prismaConnection(
    {
      type: Invoice,
      cursor: 'accountId_number',
      nullable: true,
      description: 'Invoices and credit notes, newest first unless you say otherwise.',
      authScopes: { 'invoice:read': true },
      args: {
        filter: t.arg({ type: InvoiceFilter, description: 'Which.' }),
        orderBy: t.arg({
          type: order.type,
          required: true,
          defaultValue: 'ISSUED_ON_DESC',
          description: 'In which order.',
        }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) =>
        db.invoice.findMany({ ...query, where: wantedInvoices(filter ?? {}), orderBy: order.orderBy(orderBy) }),
    },
    ...pageOf('Invoice'),
  ),
}));

/** The rows a filter leaves. */
export const wantedInvoices = (f: typeof InvoiceFilter.$inferInput): object =>
  all(
    ofAccounts(f),
    among('number', f.numbers),
    among('document', f.documents),
    among('status', f.statuses),
    among('vendorCode', f.vendorCodes),
    f.orderNumbers == null ? {} : { lines: { some: among('orderNumber', f.orderNumbers) } },
    f.asins == null ? {} : { lines: { some: among('asin', f.asins) } },
    since('issuedOn', f.issuedSince),
    before('issuedOn', f.issuedBefore),
    since('dueOn', f.dueSince),
    before('dueOn', f.dueBefore),
    f.unpaid == null ? {} : { openMinor: f.unpaid ? { gt: 0n } : { lte: 0n } },
    over('openMinor', f.openOver),
  );
