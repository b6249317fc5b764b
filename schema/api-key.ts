import { builder } from './builder.ts';

/** A key without its secret, which nobody keeps. */
export const ApiKey = builder.prismaNode('ApiKey', {
  description: 'A key by which a service account proves that it is it. Its text was shown once, when it was made.',
  id: { field: 'id', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'access:read': true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For people to tell keys apart.' }),
    prefix: t.exposeString('prefix', { description: 'How its text begins.' }),
    rights: t.exposeStringList('scopes', { description: 'The most it may do, whatever its service account may.' }),
    allowedAddresses: t.exposeStringList('allowedAddresses', {
      description: 'Blocks of addresses it may be used from, such as 203.0.113.0/24; empty: anywhere.',
    }),
    serviceAccount: t.relation('serviceAccount', { description: 'Whose it is.' }),
    createdAt: t.expose('createdAt', { type: 'Instant', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'Instant', nullable: true, description: 'When it ends by itself.' }),
    revokedAt: t.expose('revokedAt', { type: 'Instant', nullable: true, description: 'When it was ended.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'Instant',
      nullable: true,
      description: 'When it was last used, to the minute. Null: never.',
    }),
  }),
});
