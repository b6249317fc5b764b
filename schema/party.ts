import type { Party as PartyValue } from '../src/domain/facts.ts';
import { builder } from './builder.ts';

/** Somebody with an address, as a document named them. */
export const Party = builder.objectRef<PartyValue>('Party').implement({
  description: "A warehouse, a buyer or a payer, as Amazon's document names them. All text is verbatim.",
  fields: (t) => ({
    id: t.exposeString('id', { description: "Amazon's code: a fulfilment centre such as PHX6, or a vendor code." }),
    name: t.exposeString('name', { nullable: true, description: 'Name, where the document gives one.' }),
    addressLines: t.stringList({
      description: 'Lines of the address; empty when not given.',
      resolve: (p) => p.addressLines ?? [],
    }),
    city: t.exposeString('city', { nullable: true, description: 'City.' }),
    region: t.exposeString('region', { nullable: true, description: 'State, province or prefecture.' }),
    postalCode: t.exposeString('postalCode', { nullable: true, description: 'Postal code.' }),
    countryCode: t.exposeString('countryCode', {
      nullable: true,
      description: 'ISO 3166 alpha-2, where the document kept to it.',
    }),
    taxId: t.exposeString('taxId', { nullable: true, description: 'Tax registration number.' }),
  }),
});

/** A party stored as JSON by us, in the shape of the domain's own. */
export const partyOrNull = (stored: unknown): PartyValue | null => (stored as PartyValue | null) ?? null;
