import type { LineState as LineStateValue } from '../src/domain/line-state.ts';
import { builder } from './builder.ts';
import { all, among, ofAccounts, since } from './filtering.ts';
import { OrderMoney, UnitCost, unitCost } from './money.ts';
import { orderings } from './ordering.ts';
import { pageOf } from './paging.ts';
import { OrderQuantities } from './quantities.ts';
import { LineState } from './terms.ts';

const CountedIn = builder.enumType('CountedIn', {
  description: 'How a document counted. Everything here is in eaches; this remembers what was written.',
  values: {
    EACHES: { description: 'In single sellable units.' },
    CASES: { description: 'In cases of `caseSize` eaches.' },
  },
});

export const OrderLine = builder.prismaNode('OrderLine', {
  description: 'One line of an order, and everything that happened to it.',
  id: { field: 'accountId_orderNumber_lineNumber', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'order:read': true },
  fields: (t) => ({
    orderNumber: t.exposeString('orderNumber', { description: 'The number of its order.' }),
    lineNumber: t.exposeString('lineNumber', { description: "Amazon's item sequence number, without leading zeros." }),
    asin: t.exposeString('asin', { nullable: true, description: "Amazon's product identifier." }),
    vendorSku: t.exposeString('vendorSku', { nullable: true, description: "The vendor's own product number." }),
    state: t.field({
      type: LineState,
      description: 'The furthest it has come. Ours.',
      resolve: ({ state }) => state as LineStateValue,
    }),
    removed: t.exposeBoolean('removed', { description: 'Whether Amazon took the line out of the order.' }),
    cancelled: t.exposeBoolean('cancelled', { description: 'Whether Amazon took the whole quantity back.' }),
    closed: t.exposeBoolean('closed', { description: 'Whether Amazon waits for nothing more of it.' }),
    countedIn: t.field({
      type: CountedIn,
      description: 'How the order counted it.',
      resolve: ({ countedIn }) => (countedIn === 'CASES' ? 'CASES' : 'EACHES'),
    }),
    caseSize: t.exposeInt('caseSize', { description: 'Eaches per case; 1 when ordered in eaches.' }),
    backorderAllowed: t.exposeBoolean('backorderAllowed', {
      nullable: true,
      description: 'Whether Amazon takes it later; null when it does not say.',
    }),
    unitCost: t.field({
      type: UnitCost,
      nullable: true,
      description: 'What Amazon agreed to pay for one unit.',
      resolve: (l) => unitCost(l.unitCost, l.currency, l.costPer),
    }),
    listPrice: t.field({
      type: UnitCost,
      nullable: true,
      description: 'The list price of one unit, as the order states it.',
      resolve: (l) => unitCost(l.listPrice, l.currency, l.costPer),
    }),
    quantities: t.field({
      type: OrderQuantities,
      description: 'Its running quantities, in eaches.',
      resolve: (l) => ({ ...l, awaited: !l.closed && !l.cancelled && !l.removed }),
    }),
    money: t.field({ type: OrderMoney, description: 'Its running money.', resolve: (l) => l }),
    lastReceivedAt: t.expose('lastReceivedAt', {
      type: 'Instant',
      nullable: true,
      description: 'When Amazon last counted some of it in.',
    }),
    order: t.relation('order', { description: 'The order it belongs to.' }),
    acknowledgements: t.relation('acknowledgements', {
      description: "The vendor's answers, oldest first; at most 100.",
      query: { orderBy: { position: 'asc' }, take: 100 },
    }),
    receipts: t.relation('receipts', {
      nullable: true,
      description: 'What Amazon counted in, oldest first; at most 100.',
      authScopes: { 'receipt:read': true },
      query: { orderBy: { position: 'asc' }, take: 100 },
    }),
    shipmentLines: t.relation('shipmentLines', {
      nullable: true,
      description: 'What was shipped for it, by shipment; at most 100.',
      authScopes: { 'shipment:read': true },
      query: { orderBy: [{ shipmentIdentifier: 'asc' }, { position: 'asc' }], take: 100 },
    }),
    invoiceLines: t.relation('invoiceLines', {
      nullable: true,
      description: 'What was invoiced and credited for it, by invoice; at most 100.',
      authScopes: { 'invoice:read': true },
      query: { orderBy: [{ invoiceNumber: 'asc' }, { position: 'asc' }], take: 100 },
    }),
  }),
});

const OrderLineFilter = builder.inputType('OrderLineFilter', {
  description: 'Which lines. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    states: t.field({ type: [LineState], description: 'In one of these states.' }),
    orderNumbers: t.stringList({ description: 'Of one of these orders.' }),
    asins: t.stringList({ description: 'Of one of these ASINs.' }),
    vendorCodes: t.stringList({ description: "Of orders placed with one of Amazon's vendor codes." }),
    orderedSince: t.field({ type: 'Instant', description: 'Of orders placed at this moment or later.' }),
    receivedNotInvoiced: t.boolean({ description: 'True: less was invoiced than received. False: all of it was.' }),
    invoicedNotReceived: t.boolean({ description: 'True: more was invoiced than received. False: no more was.' }),
    shippedNotReceived: t.boolean({ description: 'True: less was received than shipped. False: all of it was.' }),
    unpaid: t.boolean({ description: 'True: some of what was invoiced is open. False: nothing is.' }),
  }),
});

const order = orderings(
  'OrderLineOrder',
  {
    ORDER_NUMBER: { column: 'orderNumber', of: 'number of the order' },
    ASIN: { column: 'asin', nullable: true, of: 'ASIN' },
    LAST_RECEIVED_AT: { column: 'lastReceivedAt', nullable: true, of: 'the moment some of it was last counted in' },
    OPEN: { column: 'openMinor', of: 'the amount still open, in minor units of whichever currency' },
  },
  ['accountId', 'orderNumber', 'lineNumber'],
);

builder.queryField('orderLines', (t) =>
  t.prismaConnection(
    {
      type: OrderLine,
      cursor: 'accountId_orderNumber_lineNumber',
      nullable: true,
      description: 'Lines of all orders, by order unless you say otherwise.',
      authScopes: { 'order:read': true },
      args: {
        filter: t.arg({ type: OrderLineFilter, description: 'Which.' }),
        orderBy: t.arg({
          type: order.type,
          required: true,
          defaultValue: 'ORDER_NUMBER_ASC',
          description: 'In which order.',
        }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) => {
        const { received, shipped } = db.orderLine.fields;
        const { accounts, sites, ...f } = filter ?? {};
        return db.orderLine.findMany({
          ...query,
          where: all(
            ofAccounts({ accounts }),
            sites == null ? {} : { order: { account: { site: { in: sites } } } },
            among('state', f.states),
            among('orderNumber', f.orderNumbers),
            among('asin', f.asins),
            f.vendorCodes == null ? {} : { order: among('vendorCode', f.vendorCodes) },
            f.orderedSince == null ? {} : { order: since('orderedAt', f.orderedSince) },
            f.receivedNotInvoiced == null
              ? {}
              : { invoiced: f.receivedNotInvoiced ? { lt: received } : { gte: received } },
            f.invoicedNotReceived == null
              ? {}
              : { invoiced: f.invoicedNotReceived ? { gt: received } : { lte: received } },
            f.shippedNotReceived == null ? {} : { received: f.shippedNotReceived ? { lt: shipped } : { gte: shipped } },
            f.unpaid == null ? {} : { openMinor: f.unpaid ? { gt: 0n } : { lte: 0n } },
          ),
          orderBy: order.orderBy(orderBy),
        });
      },
    },
    ...pageOf('OrderLine'),
  ),
);
