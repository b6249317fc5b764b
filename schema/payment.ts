import { money } from '../src/base/money.ts';
import { builder } from './builder.ts';
import { AmountThreshold, all, among, before, ofAccounts, over, since } from './filtering.ts';
import { Money } from './money.ts';
import { orderings } from './ordering.ts';
import { pageOf } from './paging.ts';

const PaymentStatus = builder.enumType('PaymentStatus', {
  description: 'Whether a payment still stands. Ours.',
  values: {
    RECEIVED: { description: 'Money came.' },
    VOIDED: { description: 'Nothing of it is left: it was taken back.' },
  },
});

export const Payment = builder.prismaNode('Payment', {
  description: 'Money that moved. amount = allocations + unexplained, exactly.',
  id: { field: 'accountId_number_currency', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'payment:read': true },
  fields: (t) => ({
    number: t.exposeString('number', {
      description: 'The number of the remittance, by which Amazon names the payment.',
    }),
    status: t.field({
      type: PaymentStatus,
      description: 'Whether it still stands.',
      resolve: ({ status }) => (status === 'VOIDED' ? 'VOIDED' : 'RECEIVED'),
    }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Its currency.' }),
    amount: t.field({
      type: Money,
      description: 'What moved, as far as documents tell; negative when it went back.',
      resolve: (p) => money(p.amountMinor, p.currency),
    }),
    unexplained: t.field({
      type: Money,
      description: 'What no document assigns to an invoice.',
      resolve: (p) => money(p.unexplainedMinor, p.currency),
    }),
    firstSeenAt: t.expose('firstSeenAt', { type: 'Instant', description: 'When a document first showed it.' }),
    account: t.relation('account', {
      nullable: true,
      description: 'Its account.',
      authScopes: { 'account:read': true },
    }),
    allocations: t.relatedConnection(
      'allocations',
      {
        cursor: 'accountId_invoiceNumber_position',
        description: 'What it settled, by invoice.',
        query: { orderBy: [{ invoiceNumber: 'asc' }, { position: 'asc' }, { accountId: 'asc' }] },
      },
      ...pageOf('Allocation'),
    ),
  }),
});

builder.prismaObject('Allocation', {
  description: 'The part of a payment that settles one invoice.',
  authScopes: { 'payment:read': true },
  fields: (t) => ({
    invoiceNumber: t.exposeString('invoiceNumber', { description: 'The invoice it settles.' }),
    position: t.exposeInt('position', {
      description: 'Its place among the allocations of the invoice, from the first.',
    }),
    paymentNumber: t.exposeString('paymentNumber', {
      nullable: true,
      description: 'The payment it is part of; null when Amazon shows money but no remittance.',
    }),
    amount: t.field({
      type: Money,
      description: 'How much; negative when taken back.',
      resolve: (a) => money(a.amountMinor, a.currency),
    }),
    seenAt: t.expose('seenAt', { type: 'Instant', description: 'When a document showed it.' }),
    payment: t.relation('payment', { nullable: true, description: 'The payment it is part of.' }),
    invoice: t.relation('invoice', {
      nullable: true,
      description: 'The invoice it settles.',
      authScopes: { 'invoice:read': true },
    }),
  }),
});

const PaymentFilter = builder.inputType('PaymentFilter', {
  description: 'Which payments. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    numbers: t.stringList({ description: 'With one of these remittance numbers.' }),
    statuses: t.field({ type: [PaymentStatus], description: 'That stand, were voided, or both.' }),
    invoiceNumbers: t.stringList({ description: 'That settled something of one of these invoices.' }),
    seenSince: t.field({ type: 'Instant', description: 'First seen at this moment or later.' }),
    seenBefore: t.field({ type: 'Instant', description: 'First seen before this moment.' }),
    amountOver: t.field({ type: AmountThreshold, description: 'Of more than this amount.' }),
  }),
});

const order = orderings(
  'PaymentOrder',
  {
    FIRST_SEEN_AT: { column: 'firstSeenAt', of: 'the moment it was first seen' },
    NUMBER: { column: 'number', of: 'number' },
    AMOUNT: { column: 'amountMinor', of: 'amount, in minor units of whichever currency' },
  },
  ['accountId', 'number', 'currency'],
);

builder.queryField('payments', (t) =>
  t.prismaConnection(
    {
      type: Payment,
      cursor: 'accountId_number_currency',
      nullable: true,
      description: 'Payments, newest first unless you say otherwise.',
      authScopes: { 'payment:read': true },
      args: {
        filter: t.arg({ type: PaymentFilter, description: 'Which.' }),
        orderBy: t.arg({
          type: order.type,
          required: true,
          defaultValue: 'FIRST_SEEN_AT_DESC',
          description: 'In which order.',
        }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) =>
        db.payment.findMany({
          ...query,
          where: all(
            ofAccounts(filter ?? {}),
            among('number', filter?.numbers),
            among('status', filter?.statuses),
            filter?.invoiceNumbers == null
              ? {}
              : { allocations: { some: among('invoiceNumber', filter.invoiceNumbers) } },
            since('firstSeenAt', filter?.seenSince),
            before('firstSeenAt', filter?.seenBefore),
            over('amountMinor', filter?.amountOver),
          ),
          orderBy: order.orderBy(orderBy),
        }),
    },
    ...pageOf('Payment'),
  ),
);
