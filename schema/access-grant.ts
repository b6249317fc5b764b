import { VendorAccount } from './account.ts';
import { builder } from './builder.ts';
import { allRoles, type RoleName, roles } from './roles.ts';

export const Role = builder.enumType('Role', {
  description: 'What somebody works as: a name for a set of rights.',
  values: Object.fromEntries(
    allRoles.map((role) => [
      role.toUpperCase().replaceAll('-', '_'),
      { value: role, description: `${roles[role].description} Rights: ${roles[role].rights.join(', ')}.` },
    ]),
  ) as Record<string, { value: RoleName; description: string }>,
});

/** A role over accounts, as one gave it to another. */
export const AccessGrant = builder.prismaNode('AccessGrant', {
  description: 'A role over accounts, given to a service account, a member, or another organisation.',
  id: { field: 'id', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'access:read': true },
  fields: (t) => ({
    role: t.field({
      type: Role,
      nullable: true,
      description: 'The role; null when this version does not know it, and then it gives nothing.',
      resolve: ({ role }) => allRoles.find((known) => known === role) ?? null,
    }),
    by: t.relation('organisation', { description: 'Whose accounts they are.' }),
    serviceAccount: t.relation('serviceAccount', {
      nullable: true,
      description: 'The service account it is given to.',
    }),
    member: t.relation('member', { nullable: true, description: 'The member it is given to.' }),
    agency: t.relation('agency', {
      nullable: true,
      description: 'The organisation it is given to; its own roles decide which of its people and software may use it.',
    }),
    everywhere: t.boolean({
      description: 'Whether it covers every account of the organisation, those that come later too.',
      select: { accountIds: true },
      resolve: ({ accountIds }) => accountIds.length === 0,
    }),
    accounts: t.field({
      type: [VendorAccount],
      nullable: true,
      description: 'The accounts it names, of those you may see; empty when it covers all.',
      select: { accountIds: true },
      resolve: ({ accountIds }, _args, { db }) =>
        accountIds.length === 0
          ? []
          : db.vendorAccount.findMany({
              where: { accountId: { in: accountIds } },
              orderBy: { name: 'asc' },
              take: 100,
            }),
    }),
    createdAt: t.expose('createdAt', { type: 'Instant', description: 'When it was given.' }),
    createdBy: t.exposeString('createdBy', { description: 'By whom: the prefix of a key, or an issuer and subject.' }),
    expiresAt: t.expose('expiresAt', { type: 'Instant', nullable: true, description: 'When it ends by itself.' }),
    revokedAt: t.expose('revokedAt', { type: 'Instant', nullable: true, description: 'When it was taken back.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'Instant',
      nullable: true,
      description: 'When somebody whose rights may rest on it last asked, to the minute. Null: never.',
    }),
  }),
});
