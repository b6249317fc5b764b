import { builder } from './builder.ts';

/** Software that acts for an organisation. */
export const ServiceAccount = builder.prismaNode('ServiceAccount', {
  description:
    'Software that acts for an organisation, such as an ERP. Its grants say what it may do, its keys that it is it.',
  id: { field: 'id', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'access:read': true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, unique in the organisation.' }),
    createdAt: t.expose('createdAt', { type: 'Instant', description: 'When it was made.' }),
    disabledAt: t.expose('disabledAt', {
      type: 'Instant',
      nullable: true,
      description: 'When it was ended, with all its keys. Null while it may act.',
    }),
    keys: t.relation('keys', {
      description: 'Its keys, newest first; at most 100.',
      query: { orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: 100 },
    }),
    grants: t.relation('grants', {
      description: 'What was given to it, newest first; at most 100.',
      query: { orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: 100 },
    }),
  }),
});
