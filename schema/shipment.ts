import { builder } from './builder.ts';
import { all, among, InstantRange, ofAccounts, since } from './filtering.ts';
import { accountIdOf } from './ids.ts';
import { orderings } from './ordering.ts';
import { pageOf } from './paging.ts';
import { Party, partyOrNull } from './party.ts';

export const Shipment = builder.prismaNode('Shipment', {
  description: 'What left the dock, as the ASN and the transport describe it.',
  id: { field: 'accountId_identifier', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'shipment:read': true },
  fields: (t) => ({
    identifier: t.exposeString('identifier', { description: "The vendor's identifier of the shipment." }),
    status: t.exposeString('status', {
      nullable: true,
      description: 'Created, TransportationRequested, CarrierAssigned, Shipped; verbatim.',
    }),
    cancelled: t.exposeBoolean('cancelled', { description: 'Whether it was called off.' }),
    vendorCode: t.exposeString('vendorCode', { nullable: true, description: "Amazon's code of the vendor." }),
    amazonReferenceNumber: t.exposeString('amazonReferenceNumber', {
      nullable: true,
      description: "Amazon's reference number (ARN).",
    }),
    freightTerm: t.exposeString('freightTerm', { nullable: true, description: 'Collect or Prepaid, verbatim.' }),
    shipFrom: t.field({
      type: Party,
      nullable: true,
      description: 'Where it left.',
      resolve: (s) => partyOrNull(s.shipFrom),
    }),
    shipTo: t.field({
      type: Party,
      nullable: true,
      description: 'Where it goes.',
      resolve: (s) => partyOrNull(s.shipTo),
    }),
    createdAt: t.expose('createdAt', { type: 'Instant', nullable: true, description: 'When it was announced.' }),
    shippedAt: t.expose('shippedAt', { type: 'Instant', nullable: true, description: 'When it left the dock.' }),
    estimatedDeliveryAt: t.expose('estimatedDeliveryAt', {
      type: 'Instant',
      nullable: true,
      description: 'When it is meant to arrive.',
    }),
    deliveredAt: t.expose('deliveredAt', { type: 'Instant', nullable: true, description: 'When it arrived.' }),
    carrierScac: t.exposeString('carrierScac', { nullable: true, description: "The carrier's standard alpha code." }),
    carrierName: t.exposeString('carrierName', { nullable: true, description: 'The carrier.' }),
    billOfLading: t.exposeString('billOfLading', { nullable: true, description: 'Number of the bill of lading.' }),
    proNumber: t.exposeString('proNumber', { nullable: true, description: "The carrier's progressive number." }),
    mode: t.exposeString('mode', {
      nullable: true,
      description: 'TruckLoad, LessThanTruckLoad, SmallParcel; verbatim.',
    }),
    cartonCount: t.exposeInt('cartonCount', { nullable: true, description: 'How many cartons, as stated.' }),
    palletCount: t.exposeInt('palletCount', { nullable: true, description: 'How many pallets, as stated.' }),
    shipped: t.expose('shipped', { type: 'Eaches', description: 'What it carries in all, in eaches.' }),
    account: t.relation('account', {
      nullable: true,
      description: 'Its account.',
      authScopes: { 'account:read': true },
    }),
    lines: t.relatedConnection(
      'lines',
      {
        cursor: 'accountId_shipmentIdentifier_position',
        description: 'What it carries, by line of order.',
        query: { orderBy: [{ position: 'asc' }, { accountId: 'asc' }, { shipmentIdentifier: 'asc' }] },
      },
      ...pageOf('ShipmentLine'),
    ),
    containers: t.relatedConnection(
      'containers',
      {
        cursor: 'accountId_shipmentIdentifier_sequence',
        description: 'Its cartons and pallets.',
        query: { orderBy: [{ sequence: 'asc' }, { accountId: 'asc' }, { shipmentIdentifier: 'asc' }] },
      },
      ...pageOf('Container'),
    ),
  }),
});

builder.prismaObject('ShipmentLine', {
  description: 'What a shipment carries for one line of an order.',
  authScopes: { 'shipment:read': true },
  fields: (t) => ({
    shipmentIdentifier: t.exposeString('shipmentIdentifier', { description: 'The shipment that carries it.' }),
    position: t.exposeInt('position', { description: 'Its place in the shipment, from the first.' }),
    orderNumber: t.exposeString('orderNumber', { nullable: true, description: 'The order it fills, when stated.' }),
    statedLineNumber: t.exposeString('statedLineNumber', {
      nullable: true,
      description: 'The line number as the shipment stated it.',
    }),
    asin: t.exposeString('asin', { nullable: true, description: "Amazon's product identifier." }),
    vendorSku: t.exposeString('vendorSku', { nullable: true, description: "The vendor's own product number." }),
    shipped: t.expose('shipped', { type: 'Eaches', description: 'How much, in eaches.' }),
    shipment: t.relation('shipment', { description: 'The shipment that carries it.' }),
    orderLine: t.relation('orderLine', {
      nullable: true,
      description: 'The line it fills; null until that is known.',
      authScopes: { 'order:read': true },
    }),
  }),
});

const ShipmentFilter = builder.inputType('ShipmentFilter', {
  description: 'Which shipments. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    identifiers: t.stringList({ description: 'With one of these identifiers.' }),
    statuses: t.stringList({ description: 'With one of these statuses, verbatim.' }),
    orderNumbers: t.stringList({ description: 'Carrying something for one of these orders.' }),
    asins: t.stringList({ description: 'Carrying one of these ASINs.' }),
    vendorCodes: t.stringList({ description: "Of one of Amazon's vendor codes." }),
    shipped: t.field({ type: InstantRange, description: 'That left the dock in this span.' }),
    createdSince: t.field({ type: 'Instant', description: 'Announced at this moment or later.' }),
    lateOn: t.field({
      type: 'Instant',
      description:
        'Meant to arrive before this moment, and not known to have arrived by then. Cancelled ones are never late.',
    }),
    cancelled: t.boolean({ description: 'True: only those called off. False: none of them.' }),
    sscc: t.string({ description: 'With the carton or pallet of this serial shipping container code, digits only.' }),
  }),
});

const order = orderings(
  'ShipmentOrder',
  {
    SHIPPED_AT: { column: 'shippedAt', nullable: true, of: 'the moment it left the dock' },
    CREATED_AT: { column: 'createdAt', nullable: true, of: 'the moment it was announced' },
    ESTIMATED_DELIVERY_AT: { column: 'estimatedDeliveryAt', nullable: true, of: 'the moment it is meant to arrive' },
  },
  ['accountId', 'identifier'],
);

builder.queryFields((t) => ({
  shipment: t.prismaField({
    type: Shipment,
    nullable: true,
    description: 'One shipment by its identifier; null when the account has none of it.',
    authScopes: { 'shipment:read': true },
    args: {
      account: t.arg.id({ required: true, description: 'Its account.' }),
      identifier: t.arg.string({ required: true, description: "The vendor's identifier." }),
    },
    resolve: (query, _root, { account, identifier }, { db }) =>
      db.shipment.findUnique({
        ...query,
        where: { accountId_identifier: { accountId: accountIdOf(account, 'account'), identifier } },
      }),
  }),
  shipments: t.prismaConnection(
    {
      type: Shipment,
      cursor: 'accountId_identifier',
      nullable: true,
      description: 'Shipments, newest first unless you say otherwise.',
      authScopes: { 'shipment:read': true },
      args: {
        filter: t.arg({ type: ShipmentFilter, description: 'Which.' }),
        orderBy: t.arg({
          type: order.type,
          required: true,
          defaultValue: 'SHIPPED_AT_DESC',
          description: 'In which order.',
        }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) =>
        db.shipment.findMany({ ...query, where: wanted(filter ?? {}), orderBy: order.orderBy(orderBy) }),
    },
    ...pageOf('Shipment'),
  ),
}));

const wanted = (f: typeof ShipmentFilter.$inferInput): object =>
  all(
    ofAccounts(f),
    among('identifier', f.identifiers),
    among('status', f.statuses),
    among('vendorCode', f.vendorCodes),
    f.orderNumbers == null ? {} : { lines: { some: among('orderNumber', f.orderNumbers) } },
    f.asins == null ? {} : { lines: { some: among('asin', f.asins) } },
    f.sscc == null ? {} : { containers: { some: { sscc: f.sscc } } },
    f.shipped?.from == null ? {} : { shippedAt: { gte: f.shipped.from } },
    f.shipped?.to == null ? {} : { shippedAt: { lte: f.shipped.to } },
    since('createdAt', f.createdSince),
    f.lateOn == null
      ? {}
      : {
          cancelled: false,
          estimatedDeliveryAt: { lt: f.lateOn },
          OR: [{ deliveredAt: null }, { deliveredAt: { gte: f.lateOn } }],
        },
    f.cancelled == null ? {} : { cancelled: f.cancelled },
  );
