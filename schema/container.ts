import { builder } from './builder.ts';

const ContainerKind = builder.enumType('ContainerKind', {
  description: 'What goods are packed in.',
  values: {
    CARTON: { description: 'A carton.' },
    PALLET: { description: 'A pallet; cartons may stand on it.' },
  },
});

const ContainerIdentifier = builder
  .objectRef<{ readonly type: string; readonly value: string }>('ContainerIdentifier')
  .implement({
    description: 'A number on a carton or pallet, as the ASN states it.',
    fields: (t) => ({
      type: t.exposeString('type', { description: 'SSCC, AMZNCC, GTIN, …; verbatim.' }),
      value: t.exposeString('value', { description: 'The number, verbatim.' }),
    }),
  });

builder.prismaObject('Container', {
  description: 'A carton or pallet of a shipment.',
  authScopes: { 'shipment:read': true },
  fields: (t) => ({
    kind: t.field({
      type: ContainerKind,
      description: 'Carton or pallet.',
      resolve: ({ kind }) => (kind === 'PALLET' ? 'PALLET' : 'CARTON'),
    }),
    sequence: t.exposeString('sequence', { description: 'Its own number within the shipment.' }),
    sscc: t.exposeString('sscc', {
      nullable: true,
      description: 'Serial shipping container code, 18 digits, where it has one.',
    }),
    identifiers: t.field({
      type: [ContainerIdentifier],
      description: 'Every number on it, as stated.',
      resolve: ({ identifiers }) => identifiers as unknown as { type: string; value: string }[],
    }),
    trackingNumber: t.exposeString('trackingNumber', { nullable: true, description: "The carrier's tracking number." }),
    parentSequence: t.exposeString('parentSequence', {
      nullable: true,
      description: 'The number of the pallet it stands on.',
    }),
    shipment: t.relation('shipment', { description: 'The shipment it is part of.' }),
    items: t.relation('items', {
      description: 'What is packed directly in it; at most 250.',
      query: { orderBy: { position: 'asc' }, take: 250 },
    }),
  }),
});

builder.prismaObject('PackedItem', {
  description: 'What is packed in a carton or pallet.',
  authScopes: { 'shipment:read': true },
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Its place in the container, from the first.' }),
    orderNumber: t.exposeString('orderNumber', { nullable: true, description: 'The order it fills, when stated.' }),
    statedLineNumber: t.exposeString('statedLineNumber', {
      nullable: true,
      description: 'The line number as the shipment stated it.',
    }),
    asin: t.exposeString('asin', { nullable: true, description: "Amazon's product identifier." }),
    vendorSku: t.exposeString('vendorSku', { nullable: true, description: "The vendor's own product number." }),
    packed: t.expose('packed', { type: 'Eaches', description: 'How much, in eaches.' }),
    lotNumber: t.exposeString('lotNumber', { nullable: true, description: 'Number of the lot.' }),
    expiresOn: t.expose('expiresOn', { type: 'Date', nullable: true, description: 'The last day it can be sold.' }),
    manufacturedOn: t.expose('manufacturedOn', { type: 'Date', nullable: true, description: 'The day it was made.' }),
  }),
});
