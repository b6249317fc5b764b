import { builder } from './builder.ts';
import { all, among, before, ofAccounts, since } from './filtering.ts';
import { orderings } from './ordering.ts';
import { pageOf } from './paging.ts';

const Receipt = builder.prismaObject('Receipt', {
  description: 'What Amazon counted in at one time: the difference of two running totals.',
  authScopes: { 'receipt:read': true },
  fields: (t) => ({
    orderNumber: t.exposeString('orderNumber', { description: 'The order it fills.' }),
    lineNumber: t.exposeString('lineNumber', { description: 'The line it fills.' }),
    position: t.exposeInt('position', { description: 'Its place among the receipts of the line, from the first.' }),
    quantity: t.expose('quantity', {
      type: 'Eaches',
      description: 'What was counted in, in eaches; negative when a count was corrected downward.',
    }),
    runningTotal: t.expose('runningTotal', {
      type: 'Eaches',
      description: 'All that was counted in of the line so far, in eaches.',
    }),
    correction: t.exposeBoolean('correction', { description: 'Whether it corrects an earlier count downward.' }),
    receivedAt: t.expose('receivedAt', { type: 'Instant', description: 'When Amazon counted, as far as it says.' }),
    line: t.relation('line', {
      nullable: true,
      description: 'The line it fills.',
      authScopes: { 'order:read': true },
    }),
    account: t.relation('account', {
      nullable: true,
      description: 'Its account.',
      authScopes: { 'account:read': true },
    }),
  }),
});

const ReceiptFilter = builder.inputType('ReceiptFilter', {
  description: 'Which receipts. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    orderNumbers: t.stringList({ description: 'Of one of these orders.' }),
    asins: t.stringList({ description: 'Of one of these ASINs.' }),
    receivedSince: t.field({ type: 'Instant', description: 'Counted at this moment or later.' }),
    receivedBefore: t.field({ type: 'Instant', description: 'Counted before this moment.' }),
    corrections: t.boolean({ description: 'True: only corrections downward. False: none of them.' }),
  }),
});

const order = orderings('ReceiptOrder', { RECEIVED_AT: { column: 'receivedAt', of: 'the moment it was counted' } }, [
  'accountId',
  'orderNumber',
  'lineNumber',
  'position',
]);

builder.queryField('receipts', (t) =>
  t.prismaConnection(
    {
      type: Receipt,
      cursor: 'accountId_orderNumber_lineNumber_position',
      nullable: true,
      description: 'Receipts, newest first unless you say otherwise.',
      authScopes: { 'receipt:read': true },
      args: {
        filter: t.arg({ type: ReceiptFilter, description: 'Which.' }),
        orderBy: t.arg({
          type: order.type,
          required: true,
          defaultValue: 'RECEIVED_AT_DESC',
          description: 'In which order.',
        }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) =>
        db.receipt.findMany({
          ...query,
          where: all(
            ofAccounts(filter ?? {}),
            among('orderNumber', filter?.orderNumbers),
            filter?.asins == null ? {} : { line: among('asin', filter.asins) },
            since('receivedAt', filter?.receivedSince),
            before('receivedAt', filter?.receivedBefore),
            filter?.corrections == null ? {} : { correction: filter.corrections },
          ),
          orderBy: order.orderBy(orderBy),
        }),
    },
    ...pageOf('Receipt'),
  ),
);
