import { randomUUID } from 'node:crypto';
import { isAddressBlock } from '../src/base/address-block.ts';
import { accountsToGive, keyRights } from './access-giving.ts';
import { AccessGrant, Role } from './access-grant.ts';
import { ApiKey } from './api-key.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { type IdentifiedType, keyOf } from './ids.ts';
import { Member } from './member.ts';
import { pageOf } from './paging.ts';
import { badInput } from './refused.ts';
import { Refused } from './refused-type.ts';
import { ServiceAccount } from './service-account.ts';

/** Newest first, for the lists below. */
const newestFirst = [{ createdAt: 'desc' }, { id: 'asc' }] as const;
/** A service account has one key in use and, while it changes over, the next one. */
const mostKeys = 2;

builder.queryFields((t) => ({
  serviceAccounts: t.prismaConnection(
    {
      type: ServiceAccount,
      cursor: 'id',
      nullable: true,
      description: 'Software that acts for your organisation, newest first.',
      authScopes: { 'access:read': true },
      resolve: (query, _root, _args, { db }) => db.serviceAccount.findMany({ ...query, orderBy: [...newestFirst] }),
    },
    ...pageOf('ServiceAccount'),
  ),
  members: t.prismaConnection(
    {
      type: Member,
      cursor: 'id',
      nullable: true,
      description: 'People of your organisation, newest first.',
      authScopes: { 'access:read': true },
      resolve: (query, _root, _args, { db }) => db.member.findMany({ ...query, orderBy: [...newestFirst] }),
    },
    ...pageOf('Member'),
  ),
  accessGrants: t.prismaConnection(
    {
      type: AccessGrant,
      cursor: 'id',
      nullable: true,
      description: 'Grants your organisation gave, and those it holds as an agency, newest first.',
      authScopes: { 'access:read': true },
      resolve: (query, _root, _args, { db }) => db.accessGrant.findMany({ ...query, orderBy: [...newestFirst] }),
    },
    ...pageOf('AccessGrant'),
  ),
}));

const RoleOver = builder.inputType('RoleOver', {
  description: 'A role, and over which accounts.',
  fields: (t) => ({
    role: t.field({ type: Role, required: true, description: 'Which role.' }),
    accounts: t.idList({
      description: 'Accounts of your organisation. Left out: all of them, those that come later too.',
    }),
    expiresAt: t.field({ type: 'Instant', description: 'When it ends by itself. Left out: when it is taken back.' }),
  }),
});

const GrantTo = builder.inputType('GrantTo', {
  isOneOf: true,
  description: 'To whom.',
  fields: (t) => ({
    serviceAccount: t.id({ description: 'To software of your organisation.' }),
    member: t.id({ description: 'To a person of your organisation.' }),
    agency: t.string({ description: 'To another organisation of this installation, by its name.' }),
  }),
});

interface MadeKey {
  readonly text: string;
  readonly id: string;
}

const ApiKeyCreated = builder.objectRef<MadeKey>('ApiKeyCreated').implement({
  description: 'A new key.',
  authScopes: { 'access:write': true },
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The key itself. It is shown this once; what we keep is its hash.' }),
    apiKey: t.prismaField({
      type: ApiKey,
      description: 'What is kept of it.',
      resolve: (query, { id }, _args, { db }) => db.apiKey.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

const orRefused = (name: string) => ({
  types: [Refused],
  directResult: true as const,
  union: { name: `${name}Result`, description: 'What came of it.' },
});
const write = { 'access:write': true } as const;

builder.mutationFields((t) => ({
  createServiceAccount: t.prismaField({
    type: ServiceAccount,
    nullable: true,
    description: 'Make a service account with a first role. It can do nothing before it has a key.',
    authScopes: write,
    errors: orRefused('CreateServiceAccount'),
    args: {
      name: t.arg.string({ required: true, description: 'Its name, unique in the organisation.' }),
      may: t.arg({ type: RoleOver, required: true, description: 'What it may do.' }),
    },
    resolve: async (query, _root, { name, may }, context) => {
      const organisationId = organisationOf(context);
      const taken = await context.db.serviceAccount.findFirst({
        where: { organisationId, name },
        select: { id: true },
      });
      if (name.trim() === '' || name.length > 200) throw badInput('name', 'one to 200 characters');
      if (taken !== null) throw new Refused('NAME_TAKEN', `there is a service account "${name}" already`);
      const accountIds = await accountsToGive(may, context);
      const id = randomUUID();
      await context.db.serviceAccount.create({ data: { id, organisationId, name, createdAt: context.access.now() } });
      await give(context, { role: may.role, expiresAt: may.expiresAt, accountIds, to: { serviceAccountId: id } });
      return context.db.serviceAccount.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  disableServiceAccount: t.prismaField({
    type: ServiceAccount,
    nullable: true,
    description: 'End a service account with all its keys, for good. What is open with them ends within seconds.',
    authScopes: write,
    errors: orRefused('DisableServiceAccount'),
    args: { id: t.arg.id({ required: true, description: 'Which.' }) },
    resolve: async (query, _root, { id }, context) => {
      const own = await holder(context, 'ServiceAccount', id);
      await context.db.serviceAccount.updateMany({
        where: { id: own, disabledAt: null },
        data: { disabledAt: context.access.now() },
      });
      return context.db.serviceAccount.findUniqueOrThrow({ ...query, where: { id: own } });
    },
  }),
  createApiKey: t.field({
    type: ApiKeyCreated,
    nullable: true,
    description: 'Make a key for a service account: a second one to change over to, never a third.',
    authScopes: write,
    errors: orRefused('CreateApiKey'),
    args: {
      serviceAccount: t.arg.id({ required: true, description: 'Whose.' }),
      name: t.arg.string({ required: true, description: 'For people to tell keys apart.' }),
      rights: t.arg.stringList({
        description: 'The most it may do, such as order:read. Left out: all its account may.',
      }),
      allowedAddresses: t.arg.stringList({
        description: 'Blocks of addresses it may be used from, such as 203.0.113.0/24. Left out: anywhere.',
      }),
      expiresAt: t.arg({ type: 'Instant', description: 'When it ends by itself. Left out: when it is revoked.' }),
    },
    resolve: async (_root, { serviceAccount, name, rights, allowedAddresses, expiresAt }, context) => {
      const { db, access } = context;
      const serviceAccountId = await holder(context, 'ServiceAccount', serviceAccount);
      const wrong = allowedAddresses?.find((block) => !isAddressBlock(block));
      if (wrong !== undefined) throw badInput('allowedAddresses', `not a block of addresses: ${wrong}`);
      const now = access.now();
      const active = await db.apiKey.count({
        where: { serviceAccountId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      });
      if (active >= mostKeys) {
        throw new Refused('TWO_KEYS_ACTIVE', 'it has two keys already: revoke the one that is not used any more');
      }
      const { text, prefix, secretHash } = access.newKey();
      const id = randomUUID();
      await db.apiKey.create({
        data: {
          id,
          organisationId: organisationOf(context),
          serviceAccountId,
          name,
          prefix,
          secretHash,
          scopes: keyRights(rights, access),
          allowedAddresses: allowedAddresses ?? [],
          createdAt: now,
          expiresAt: expiresAt ?? null,
        },
      });
      return { text, id };
    },
  }),
  revokeApiKey: t.prismaField({
    type: ApiKey,
    nullable: true,
    description: 'End a key for good. What is open with it ends within seconds. Safe to repeat.',
    authScopes: write,
    errors: orRefused('RevokeApiKey'),
    args: { id: t.arg.id({ required: true, description: 'Which.' }) },
    resolve: async (query, _root, { id }, context) => {
      const own = await holder(context, 'ApiKey', id);
      await context.db.apiKey.updateMany({
        where: { id: own, revokedAt: null },
        data: { revokedAt: context.access.now() },
      });
      return context.db.apiKey.findUniqueOrThrow({ ...query, where: { id: own } });
    },
  }),
  addMember: t.prismaField({
    type: Member,
    nullable: true,
    description: 'Add a person, by what their token issuer calls them, with a first role.',
    authScopes: write,
    errors: orRefused('AddMember'),
    args: {
      issuer: t.arg.string({ required: true, description: 'The `iss` of their tokens.' }),
      subject: t.arg.string({ required: true, description: 'The `sub` of their tokens.' }),
      name: t.arg.string({ description: 'Their name, for other people.' }),
      may: t.arg({ type: RoleOver, required: true, description: 'What they may do.' }),
    },
    resolve: async (query, _root, { issuer, subject, name, may }, context) => {
      const organisationId = organisationOf(context);
      const known = await context.db.member.findFirst({
        where: { organisationId, issuer, subject },
        select: { id: true },
      });
      if (known !== null) throw new Refused('NAME_TAKEN', 'they are known here already, perhaps as a former member');
      const accountIds = await accountsToGive(may, context);
      const id = randomUUID();
      await context.db.member.create({
        data: { id, organisationId, issuer, subject, name: name ?? null, createdAt: context.access.now() },
      });
      await give(context, { role: may.role, expiresAt: may.expiresAt, accountIds, to: { memberId: id } });
      return context.db.member.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  removeMember: t.prismaField({
    type: Member,
    nullable: true,
    description: 'Remove a person, for good. What they have open ends within seconds.',
    authScopes: write,
    errors: orRefused('RemoveMember'),
    args: { id: t.arg.id({ required: true, description: 'Who.' }) },
    resolve: async (query, _root, { id }, context) => {
      const own = await holder(context, 'Member', id);
      await context.db.member.updateMany({
        where: { id: own, removedAt: null },
        data: { removedAt: context.access.now() },
      });
      return context.db.member.findUniqueOrThrow({ ...query, where: { id: own } });
    },
  }),
  grantAccess: t.prismaField({
    type: AccessGrant,
    nullable: true,
    description: 'Give a role over accounts of your organisation to software, to a person, or to another organisation.',
    authScopes: write,
    errors: orRefused('GrantAccess'),
    args: {
      to: t.arg({ type: GrantTo, required: true, description: 'To whom.' }),
      may: t.arg({ type: RoleOver, required: true, description: 'What they may do.' }),
    },
    resolve: async (query, _root, { to, may }, context) => {
      const accountIds = await accountsToGive(may, context);
      const id = await give(context, {
        role: may.role,
        expiresAt: may.expiresAt,
        accountIds,
        to: await receiverOf(to, context),
      });
      return context.db.accessGrant.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  revokeAccess: t.prismaField({
    type: AccessGrant,
    nullable: true,
    description: 'Take a grant back. What rests on it ends within seconds. Safe to repeat.',
    authScopes: write,
    errors: orRefused('RevokeAccess'),
    args: { id: t.arg.id({ required: true, description: 'Which grant.' }) },
    resolve: async (query, _root, { id }, context) => {
      const own = await holder(context, 'AccessGrant', id);
      await context.db.accessGrant.updateMany({
        where: { id: own, revokedAt: null },
        data: { revokedAt: context.access.now() },
      });
      return context.db.accessGrant.findUniqueOrThrow({ ...query, where: { id: own } });
    },
  }),
}));

type Receiver = { readonly serviceAccountId: string } | { readonly memberId: string } | { readonly agencyId: string };

async function give(
  context: Context,
  grant: {
    readonly role: string;
    readonly expiresAt: string | null | undefined;
    readonly accountIds: readonly string[];
    readonly to: Receiver;
  },
): Promise<string> {
  const id = randomUUID();
  await context.db.accessGrant.create({
    data: {
      id,
      organisationId: organisationOf(context),
      ...grant.to,
      role: grant.role,
      accountIds: [...grant.accountIds],
      createdAt: context.access.now(),
      createdBy: context.access.actor,
      expiresAt: grant.expiresAt ?? null,
    },
  });
  return id;
}

async function receiverOf(to: typeof GrantTo.$inferInput, context: Context): Promise<Receiver> {
  if (to.serviceAccount != null)
    return { serviceAccountId: await holder(context, 'ServiceAccount', to.serviceAccount) };
  if (to.member != null) return { memberId: await holder(context, 'Member', to.member) };
  const agencyId = await context.access.organisationNamed(to.agency ?? '');
  if (agencyId === undefined || agencyId === context.tenant.organisationId) {
    throw new Refused('ORGANISATION_NOT_FOUND', 'name another organisation of this installation');
  }
  return { agencyId };
}

/** The key of something of one's own organisation; anybody else's is not found, as what never was. */
async function holder(
  context: Context,
  type: IdentifiedType & ('ServiceAccount' | 'Member' | 'ApiKey' | 'AccessGrant'),
  id: string,
): Promise<string> {
  const [key = ''] = keyOf(type, id, 'id');
  const where = { id: key, organisationId: organisationOf(context) };
  const { db } = context;
  const found = await {
    ServiceAccount: () => db.serviceAccount.findFirst({ where, select: { id: true } }),
    Member: () => db.member.findFirst({ where, select: { id: true } }),
    ApiKey: () => db.apiKey.findFirst({ where, select: { id: true } }),
    AccessGrant: () => db.accessGrant.findFirst({ where, select: { id: true } }),
  }[type]();
  if (found === null) throw new Refused('HOLDER_NOT_FOUND', 'your organisation has none of this id');
  return key;
}

function organisationOf({ tenant }: Context): string {
  if (tenant.organisationId === undefined) throw new Refused('ORGANISATION_NOT_FOUND', 'you act for no organisation');
  return tenant.organisationId;
}
