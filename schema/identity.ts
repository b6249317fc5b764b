import type { Marketplace } from '../src/seams/site.ts';
import { VendorAccount } from './account.ts';
import { builder } from './builder.ts';
import { orSiteRefusal, typeOfAnswer } from './site-answers.ts';

/** A site and one of its stores. */
export interface IdentifiedStore {
  readonly site: string;
  readonly name: string;
  readonly marketplace: Marketplace;
}

export const Identity = builder.interfaceRef<IdentifiedStore>('Identity').implement({
  description: "Where an account's orders come from: the site, and the store of it.",
  resolveType: typeOfAnswer('SiteIdentity') as never,
  fields: (t) => ({
    site: t.exposeString('site', { description: 'Code of the site, such as EU.' }),
    name: t.exposeString('name', { description: 'Its name, for a person.' }),
    marketplaceId: t.string({ description: "Amazon's id of the store.", resolve: ({ marketplace }) => marketplace.id }),
    country: t.string({
      description: 'Country of the store, ISO 3166 alpha-2.',
      resolve: ({ marketplace }) => marketplace.country,
    }),
  }),
});

builder.objectType(builder.objectRef<IdentifiedStore>('SiteIdentity'), {
  description: 'An identity of a site that has nothing to add to what all sites say.',
  authScopes: { 'account:read': true },
  interfaces: [Identity],
});

builder.prismaObjectField(VendorAccount, 'identity', (t) =>
  t.field({
    type: Identity,
    nullable: true,
    description: 'Its site and store, as the installed site knows them. Null with a coded error when none does.',
    select: { marketplaceId: true },
    resolve: ({ marketplaceId }, _args, { sites }): IdentifiedStore => {
      const { site, marketplace } = orSiteRefusal(sites.marketplace(marketplaceId));
      return { site: site.code, name: site.name, marketplace };
    },
  }),
);
