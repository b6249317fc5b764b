import { builder } from './builder.ts';

builder.prismaObject('Acknowledgement', {
  description: 'One answer of the vendor to one line. A later answer replaces earlier ones, which stay as history.',
  authScopes: { 'order:read': true },
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Its place among the answers to the line, from the first.' }),
    at: t.expose('at', { type: 'Instant', description: 'When the vendor answered.' }),
    code: t.exposeString('code', { description: 'Accepted, Backordered or Rejected; verbatim.' }),
    quantity: t.expose('quantity', { type: 'Eaches', description: 'How much it is about, in eaches.' }),
    rejectionReason: t.exposeString('rejectionReason', {
      nullable: true,
      description: 'Why, when rejected: TemporarilyUnavailable, InvalidProductIdentifier, ObsoleteProduct; verbatim.',
    }),
    scheduledShipAt: t.expose('scheduledShipAt', {
      type: 'Instant',
      nullable: true,
      description: 'When the vendor means to ship it.',
    }),
    scheduledDeliveryAt: t.expose('scheduledDeliveryAt', {
      type: 'Instant',
      nullable: true,
      description: 'When the vendor means it to arrive.',
    }),
    standing: t.exposeBoolean('standing', { description: 'Whether it still stands, or a later answer replaced it.' }),
    line: t.relation('line', { description: 'The line it answers.' }),
  }),
});
