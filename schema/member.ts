import { builder } from './builder.ts';

/** A person of an organisation. */
export const Member = builder.prismaNode('Member', {
  description: 'A person of an organisation, known by what their token issuer calls them.',
  id: { field: 'id', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'access:read': true },
  fields: (t) => ({
    issuer: t.exposeString('issuer', { description: 'Who says who they are: the `iss` of their tokens.' }),
    subject: t.exposeString('subject', { description: 'What the issuer calls them: the `sub` of their tokens.' }),
    name: t.exposeString('name', { nullable: true, description: 'Their name, for other people.' }),
    createdAt: t.expose('createdAt', { type: 'Instant', description: 'When they were added.' }),
    removedAt: t.expose('removedAt', {
      type: 'Instant',
      nullable: true,
      description: 'When they were removed, with all they could do. Null while they belong.',
    }),
    grants: t.relation('grants', {
      description: 'What was given to them, newest first; at most 100.',
      query: { orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: 100 },
    }),
  }),
});
