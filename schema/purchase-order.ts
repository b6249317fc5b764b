import type { ImportTerms as ImportTermsValue } from '../src/domain/facts.ts';
import type { LineState as LineStateValue } from '../src/domain/line-state.ts';
import { builder } from './builder.ts';
import {
  AmountThreshold,
  all,
  among,
  before,
  InstantRange,
  ofAccounts,
  over,
  overlapping,
  since,
} from './filtering.ts';
import { accountIdOf } from './ids.ts';
import { OrderMoney } from './money.ts';
import { orderings } from './ordering.ts';
import { pageOf } from './paging.ts';
import { Party, partyOrNull } from './party.ts';
import { OrderQuantities } from './quantities.ts';
import { FreightTerm, LineState } from './terms.ts';
import { Window, windowOrNull } from './window.ts';

const ImportTerms = builder.objectRef<ImportTermsValue>('ImportTerms').implement({
  description: 'Terms of an import order, verbatim.',
  fields: (t) => ({
    methodOfPayment: t.exposeString('methodOfPayment', {
      nullable: true,
      description: 'Who pays for transport, as Amazon words it.',
    }),
    incoterm: t.exposeString('incoterm', { nullable: true, description: 'International commercial term.' }),
    portOfDelivery: t.exposeString('portOfDelivery', {
      nullable: true,
      description: 'The port where goods are handed over.',
    }),
    containers: t.exposeString('containers', { nullable: true, description: 'Types and numbers of containers.' }),
    instructions: t.exposeString('instructions', { nullable: true, description: 'What else is to be done.' }),
  }),
});

export const PurchaseOrder = builder.prismaNode('PurchaseOrder', {
  description: "Amazon's request to buy, as it stands now. Amazon keeps only the newest version; here are all of them.",
  id: { field: 'accountId_number', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'order:read': true },
  fields: (t) => ({
    number: t.exposeString('number', {
      description: "Amazon's number, eight letters and digits; unique within the account.",
    }),
    version: t.exposeInt('version', {
      description: 'How many different versions Amazon has shown so far; the first is 1.',
    }),
    state: t.field({
      type: LineState,
      description: 'The furthest it has come. Ours.',
      resolve: ({ state }) => state as LineStateValue,
    }),
    amazonState: t.exposeString('amazonState', {
      nullable: true,
      description: "Amazon's state: New, Acknowledged, Closed; verbatim.",
    }),
    amazonStatus: t.exposeString('amazonStatus', {
      nullable: true,
      description: "Amazon's status: OPEN, CLOSED; verbatim.",
    }),
    type: t.exposeString('type', {
      nullable: true,
      description: 'RegularOrder, ConsignedOrder, NewProductIntroduction, RushOrder; verbatim.',
    }),
    paymentMethod: t.exposeString('paymentMethod', {
      nullable: true,
      description: 'Invoice, Consignment, CreditCard, Prepaid; verbatim.',
    }),
    dealCode: t.exposeString('dealCode', { nullable: true, description: 'Code of the deal it belongs to.' }),
    vendorCode: t.exposeString('vendorCode', {
      nullable: true,
      description: "Amazon's code of the vendor it is placed with.",
    }),
    freightTerm: t.field({
      type: FreightTerm,
      nullable: true,
      description: 'Who pays the carrier. Null when no document says so.',
      resolve: ({ freightTerm }) => (freightTerm === 'PREPAID' || freightTerm === 'COLLECT' ? freightTerm : null),
    }),
    orderedAt: t.expose('orderedAt', { type: 'Instant', nullable: true, description: 'When Amazon placed it.' }),
    changedAt: t.expose('changedAt', {
      type: 'Instant',
      description: 'When Amazon, or the chain behind it, last changed it.',
    }),
    shipWindow: t.field({
      type: Window,
      nullable: true,
      description: 'When it is to leave the dock; counts when Amazon fetches.',
      resolve: (o) => windowOrNull(o.shipWindowFrom, o.shipWindowTo),
    }),
    deliveryWindow: t.field({
      type: Window,
      nullable: true,
      description: 'When it is to arrive; counts when the vendor ships.',
      resolve: (o) => windowOrNull(o.deliveryWindowFrom, o.deliveryWindowTo),
    }),
    shipTo: t.field({
      type: Party,
      nullable: true,
      description: 'Where it is to go.',
      resolve: (o) => partyOrNull(o.shipTo),
    }),
    billTo: t.field({
      type: Party,
      nullable: true,
      description: 'Whom to invoice.',
      resolve: (o) => partyOrNull(o.billTo),
    }),
    buyer: t.field({ type: Party, nullable: true, description: 'Who buys.', resolve: (o) => partyOrNull(o.buyer) }),
    importTerms: t.field({
      type: ImportTerms,
      nullable: true,
      description: 'Terms of an import order; null for others.',
      resolve: ({ importTerms }) => (importTerms as ImportTermsValue | null) ?? null,
    }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The one currency of all its amounts.' }),
    lineCount: t.exposeInt('lineCount', { description: 'How many lines it has, removed ones not counted.' }),
    quantities: t.field({
      type: OrderQuantities,
      description: 'Quantities of all lines together, in eaches.',
      resolve: (o) => ({ ...o, awaited: o.amazonState !== 'Closed' && o.amazonStatus !== 'CLOSED' }),
    }),
    money: t.field({ type: OrderMoney, description: 'Money of all lines together.', resolve: (o) => o }),
    account: t.relation('account', {
      nullable: true,
      description: 'The account it was placed with.',
      authScopes: { 'account:read': true },
    }),
    lines: t.relatedConnection(
      'lines',
      {
        cursor: 'accountId_orderNumber_lineNumber',
        description: 'Its lines by number, removed ones included.',
        query: { orderBy: [{ position: 'asc' }, { lineNumber: 'asc' }, { accountId: 'asc' }, { orderNumber: 'asc' }] },
      },
      ...pageOf('PurchaseOrderLine'),
    ),
    versions: t.relation('versions', {
      description: 'Every version Amazon has shown, oldest first, each with its differences from the one before.',
      query: { orderBy: { version: 'asc' }, take: 250 },
    }),
  }),
});

const PurchaseOrderFilter = builder.inputType('PurchaseOrderFilter', {
  description: 'Which orders. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    states: t.field({ type: [LineState], description: 'In one of these states.' }),
    amazonStates: t.stringList({ description: "In one of Amazon's states, verbatim." }),
    numbers: t.stringList({ description: 'With one of these numbers.' }),
    asins: t.stringList({ description: 'With a line of one of these ASINs.' }),
    vendorCodes: t.stringList({ description: "Placed with one of Amazon's vendor codes." }),
    shipToIds: t.stringList({ description: 'Going to one of these fulfilment centres.' }),
    shipWindow: t.field({ type: InstantRange, description: 'Whose ship window overlaps this one.' }),
    deliveryWindow: t.field({ type: InstantRange, description: 'Whose delivery window overlaps this one.' }),
    windowEndsBefore: t.field({
      type: 'Instant',
      description: 'Whose ship window, or without one its delivery window, ends before this moment.',
    }),
    orderedSince: t.field({ type: 'Instant', description: 'Placed at this moment or later.' }),
    orderedBefore: t.field({ type: 'Instant', description: 'Placed before this moment.' }),
    changedSince: t.field({ type: 'Instant', description: 'Changed at this moment or later.' }),
    openOver: t.field({ type: AmountThreshold, description: 'With more than this amount invoiced and still open.' }),
    notFullyShipped: t.boolean({ description: 'True: less was shipped than accepted. False: all of it was.' }),
    notFullyReceived: t.boolean({ description: 'True: less was received than shipped. False: all of it was.' }),
    notFullyInvoiced: t.boolean({ description: 'True: less was invoiced than received. False: all of it was.' }),
  }),
});

const order = orderings(
  'PurchaseOrderOrder',
  {
    ORDERED_AT: { column: 'orderedAt', nullable: true, of: 'the moment it was placed' },
    CHANGED_AT: { column: 'changedAt', of: 'the moment it last changed' },
    SHIP_WINDOW_TO: { column: 'shipWindowTo', nullable: true, of: 'the end of its ship window' },
    DELIVERY_WINDOW_TO: { column: 'deliveryWindowTo', nullable: true, of: 'the end of its delivery window' },
    NUMBER: { column: 'number', of: 'number' },
    OPEN: { column: 'openMinor', of: 'the amount still open, in minor units of whichever currency' },
  },
  ['accountId', 'number'],
);

builder.queryFields((t) => ({
  purchaseOrder: t.prismaField({
    type: PurchaseOrder,
    nullable: true,
    description: 'One order by its number; null when the account has none of it.',
    authScopes: { 'order:read': true },
    args: {
      account: t.arg.id({ required: true, description: 'Its account.' }),
      number: t.arg.string({ required: true, description: "Amazon's number." }),
    },
    resolve: (query, _root, { account, number }, { db }) =>
      db.purchaseOrder.findUnique({
        ...query,
        where: { accountId_number: { accountId: accountIdOf(account, 'account'), number } },
      }),
  }),
  purchaseOrders: t.prismaConnection(
    {
      type: PurchaseOrder,
      cursor: 'accountId_number',
      nullable: true,
      description: 'Orders, newest first unless you say otherwise.',
      authScopes: { 'order:read': true },
      args: {
        filter: t.arg({ type: PurchaseOrderFilter, description: 'Which.' }),
        orderBy: t.arg({
          type: order.type,
          required: true,
          defaultValue: 'ORDERED_AT_DESC',
          description: 'In which order.',
        }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) =>
        db.purchaseOrder.findMany({
          ...query,
          where: wanted(filter ?? {}, db.purchaseOrder.fields),
          orderBy: order.orderBy(orderBy),
        }),
    },
    ...pageOf('PurchaseOrder'),
  ),
}));

type Wanted = typeof PurchaseOrderFilter.$inferInput;

function wanted(f: Wanted, columns: { readonly [Name in 'accepted' | 'shipped' | 'received']: object }): object {
  return all(
    ofAccounts(f),
    among('state', f.states),
    among('amazonState', f.amazonStates),
    among('number', f.numbers),
    among('vendorCode', f.vendorCodes),
    among('shipToId', f.shipToIds),
    f.asins == null ? {} : { lines: { some: { asin: { in: [...f.asins] } } } },
    overlapping(['shipWindowFrom', 'shipWindowTo'], f.shipWindow),
    overlapping(['deliveryWindowFrom', 'deliveryWindowTo'], f.deliveryWindow),
    f.windowEndsBefore == null
      ? {}
      : {
          OR: [
            before('shipWindowTo', f.windowEndsBefore),
            { shipWindowTo: null, ...before('deliveryWindowTo', f.windowEndsBefore) },
          ],
        },
    since('orderedAt', f.orderedSince),
    before('orderedAt', f.orderedBefore),
    since('changedAt', f.changedSince),
    over('openMinor', f.openOver),
    less('shipped', columns.accepted, f.notFullyShipped),
    less('received', columns.shipped, f.notFullyReceived),
    less('invoiced', columns.received, f.notFullyInvoiced),
  );
}

/** Compare two columns of one row. */
const less = (column: string, than: object, wantedLess: boolean | null | undefined): object =>
  wantedLess == null ? {} : { [column]: wantedLess ? { lt: than } : { gte: than } };
