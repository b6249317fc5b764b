import type { Rounding } from '../src/domain/tax/rounding.ts';
import type { PriceBasis as PriceBasisValue } from '../src/domain/tax/tax-of.ts';
import type { Certificate, TaxRegistration as Registration } from '../src/seams/site.ts';
import type { TaxPlace as Place, TaxProfile as Profile } from '../src/seams/tax-profile.ts';
import { VendorAccount } from './account.ts';
import { builder } from './builder.ts';

export const TaxRounding = builder.enumType('TaxRounding', {
  description: 'How a fraction of the smallest coin ends. By size, so that a reversal mirrors its original.',
  values: {
    HALF_AWAY_FROM_ZERO: { value: 'half-away-from-zero', description: 'A half or more counts as one.' },
    TRUNCATE: { value: 'truncate', description: 'It is left off.' },
    CEILING: { value: 'ceiling', description: 'It counts as one.' },
  } satisfies Record<string, { value: Rounding; description: string }>,
});

export const PriceBasis = builder.enumType('PriceBasis', {
  description: 'Whether prices are without tax, or include it.',
  values: {
    NET: { value: 'net', description: 'Without tax.' },
    GROSS: { value: 'gross', description: 'With tax inside.' },
  } satisfies Record<string, { value: PriceBasisValue; description: string }>,
});

/** Kept as JSON in the account's row, in the shape of the seam's own. */
const TaxRegistration = builder.objectRef<Registration>('TaxRegistration').implement({
  description: 'A number under which a tax office knows the supplier.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    scheme: t.exposeString('scheme', { description: 'What it is a number of: EU-VAT, JP-T, CA-GST, CA-QST, CA-PST.' }),
    number: t.exposeString('number', { description: 'The number, as it is printed.' }),
    region: t.exposeString('region', {
      nullable: true,
      description: 'The region it holds in, where the scheme does not say.',
    }),
    validFrom: t.expose('validFrom', {
      type: 'Date',
      nullable: true,
      description: 'The first day, where there is one.',
    }),
    validUntil: t.expose('validUntil', {
      type: 'Date',
      nullable: true,
      description: 'The last day, where there is one.',
    }),
  }),
});

const TaxCertificate = builder.objectRef<Certificate>('TaxCertificate').implement({
  description: 'A paper of the buyer that changes a tax.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'What it is, such as resale.' }),
    number: t.exposeString('number', { nullable: true, description: 'As it must be printed on invoices.' }),
    region: t.exposeString('region', {
      nullable: true,
      description: 'The region that issued it; null where it holds for the country.',
    }),
    validFrom: t.expose('validFrom', {
      type: 'Date',
      nullable: true,
      description: 'The first day, where there is one.',
    }),
    validUntil: t.expose('validUntil', {
      type: 'Date',
      nullable: true,
      description: 'The last day, where there is one.',
    }),
  }),
});

const TaxPlace = builder.objectRef<Place>('TaxPlace').implement({
  description: 'A place as taxes know it.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    country: t.exposeString('country', { description: 'ISO 3166 alpha-2.' }),
    region: t.exposeString('region', { nullable: true, description: 'State, province or prefecture.' }),
  }),
});

const TaxProfile = builder.objectRef<Profile>('TaxProfile').implement({
  description: 'What taxes depend on and no document says, as the operator wrote it down.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'Name under which the supplier invoices.' }),
    establishedIn: t.exposeString('establishedIn', {
      nullable: true,
      description: 'Country of its establishment; null: where it is registered.',
    }),
    registrations: t.field({
      type: [TaxRegistration],
      description: 'All registrations it has; none means that it is registered nowhere.',
      resolve: ({ registrations }) => [...registrations],
    }),
    certificates: t.field({
      type: [TaxCertificate],
      description: 'What the buyer has handed in.',
      resolve: ({ certificates }) => [...certificates],
    }),
    shipsFrom: t.expose('shipsFrom', {
      type: TaxPlace,
      nullable: true,
      description: 'Where its goods leave from, when no shipment says.',
    }),
    rounding: t.expose('rounding', {
      type: TaxRounding,
      nullable: true,
      description: "Its constant choice where the law leaves one; null: the site's own.",
    }),
    priceBasis: t.expose('priceBasis', {
      type: PriceBasis,
      nullable: true,
      description: 'Whether its unit costs include tax; null: they do not.',
    }),
  }),
});

builder.prismaObjectField(VendorAccount, 'taxProfile', (t) =>
  t.field({
    type: TaxProfile,
    nullable: true,
    description: 'What taxes depend on and no document says. Null when nobody has written it down.',
    // It stands on invoices; whoever may not see those has no use for it.
    authScopes: { 'invoice:read': true },
    select: { taxProfile: true },
    resolve: ({ taxProfile }) => taxProfile as Profile | null,
  }),
);
