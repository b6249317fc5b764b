import { builder } from './builder.ts';
import { among } from './filtering.ts';
import { accountIdOf } from './ids.ts';
import { orderings } from './ordering.ts';
import { pageOf } from './paging.ts';
import { allScopes } from './scopes.ts';

export const Organisation = builder.prismaObject('Organisation', {
  description: 'A brand owner or an agency: whoever owns vendor accounts and keys.',
  authScopes: { 'account:read': true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, unique in this installation.' }),
    createdAt: t.expose('createdAt', { type: 'Instant', description: 'When it was set up here.' }),
  }),
});

export const VendorAccount = builder.prismaNode('VendorAccount', {
  description: 'One vendor group at one Amazon store. Everything else belongs to exactly one account.',
  id: { field: 'accountId', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'account:read': true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, unique in the organisation.' }),
    site: t.exposeString('site', { description: 'Where Amazon buys: US, CA, EU, JP.' }),
    marketplaceId: t.exposeString('marketplaceId', { description: "Amazon's id of the store, verbatim." }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency the store buys in.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA name of the zone in which its calendar days begin.' }),
    vendorCodes: t.exposeStringList('vendorCodes', { description: "Amazon's codes for this vendor, verbatim." }),
    paymentTerms: t.exposeString('paymentTerms', {
      nullable: true,
      description: 'The agreed terms as text, such as NET60.',
    }),
    connector: t.exposeString('connector', {
      nullable: true,
      description: 'How its documents arrive, such as sp-api.',
    }),
    createdAt: t.expose('createdAt', { type: 'Instant', description: 'When it was set up here.' }),
    organisation: t.relation('organisation', { description: 'Who owns it.' }),
    connectors: t.relation('cursors', {
      description: 'Where each connector stands in its source.',
      query: { orderBy: { connector: 'asc' } },
    }),
  }),
});

builder.prismaObject('ConnectorCursor', {
  name: 'ConnectorState',
  description: 'Where a connector stands in its source.',
  authScopes: { 'account:read': true },
  fields: (t) => ({
    connector: t.exposeString('connector', { description: 'Which connector, such as sp-api.' }),
    progress: t.int({
      description: 'How far the first import is, per cent. 100 when it is done.',
      resolve: ({ progress }) => Math.floor(Math.min(Math.max(progress, 0), 1) * 100),
    }),
    updatedAt: t.expose('updatedAt', { type: 'Instant', description: 'When it last brought something, or looked.' }),
    caughtUpAt: t.expose('caughtUpAt', {
      type: 'Instant',
      nullable: true,
      description: 'When it last caught up with Amazon; null while the first import runs.',
    }),
    problem: t.exposeString('problem', {
      nullable: true,
      description: 'Why it stopped, for a person. Null while it runs well.',
    }),
  }),
});

interface ViewerShape {
  readonly organisationId: string | undefined;
}

const Viewer = builder.objectRef<ViewerShape>('Viewer').implement({
  description: 'Who is asking: the organisation of the key or token, and what it may do.',
  fields: (t) => ({
    organisation: t.prismaField({
      type: 'Organisation',
      nullable: true,
      description: 'The organisation; null without account:read.',
      authScopes: { 'account:read': true },
      resolve: (query, { organisationId }, _args, { db }) =>
        organisationId === undefined ? null : db.organisation.findUnique({ ...query, where: { id: organisationId } }),
    }),
    rights: t.stringList({
      description: 'The rights of this key or token, such as order:read, in a fixed order.',
      resolve: (_viewer, _args, { scopes }) => allScopes.filter((scope) => scopes.has(scope)),
    }),
  }),
});

const order = orderings(
  'VendorAccountOrder',
  { NAME: { column: 'name', of: 'name' }, SITE: { column: 'site', of: 'site' } },
  ['accountId'],
);

const VendorAccountFilter = builder.inputType('VendorAccountFilter', {
  description: 'Which accounts. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    sites: t.stringList({ description: 'At one of these sites: US, CA, EU, JP.' }),
    names: t.stringList({ description: 'With one of these names.' }),
    vendorCodes: t.stringList({ description: "With at least one of Amazon's vendor codes." }),
  }),
});

builder.queryFields((t) => ({
  viewer: t.field({
    type: Viewer,
    description: 'Who is asking, and with which rights.',
    authScopes: { $any: Object.fromEntries(allScopes.map((scope) => [scope, true])) },
    resolve: (_root, _args, { tenant }) => ({ organisationId: tenant.organisationId }),
  }),
  account: t.prismaField({
    type: VendorAccount,
    nullable: true,
    description: 'One vendor account.',
    authScopes: { 'account:read': true },
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (query, _root, { id }, { db }) =>
      db.vendorAccount.findUnique({ ...query, where: { accountId: accountIdOf(id, 'id') } }),
  }),
  accounts: t.prismaConnection(
    {
      type: VendorAccount,
      cursor: 'accountId',
      nullable: true,
      description: 'Vendor accounts, by name unless you say otherwise.',
      authScopes: { 'account:read': true },
      args: {
        filter: t.arg({ type: VendorAccountFilter, description: 'Which.' }),
        orderBy: t.arg({ type: order.type, required: true, defaultValue: 'NAME_ASC', description: 'In which order.' }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) =>
        db.vendorAccount.findMany({
          ...query,
          where: {
            ...among('site', filter?.sites),
            ...among('name', filter?.names),
            ...(filter?.vendorCodes == null ? {} : { vendorCodes: { hasSome: filter.vendorCodes } }),
          },
          orderBy: order.orderBy(orderBy),
        }),
    },
    ...pageOf('VendorAccount'),
  ),
}));
