import { builder } from './builder.ts';
import { all, among, ofAccounts } from './filtering.ts';
import { orderings } from './ordering.ts';
import { pageOf } from './paging.ts';

export const Product = builder.prismaNode('Product', {
  description: 'What Amazon buys from an account, by ASIN.',
  id: { field: 'accountId_asin', description: 'Opaque id, the same for ever.' },
  nullable: true,
  authScopes: { 'account:read': true },
  fields: (t) => ({
    asin: t.exposeString('asin', { description: "Amazon's product identifier, ten characters." }),
    vendorSku: t.exposeString('vendorSku', {
      nullable: true,
      description: "The vendor's own product number, as last seen.",
    }),
    title: t.exposeString('title', { nullable: true, description: 'Its name, as last seen on a document.' }),
    account: t.relation('account', { description: 'The account that sells it to Amazon.' }),
  }),
});

const ProductFilter = builder.inputType('ProductFilter', {
  description: 'Which products. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    asins: t.stringList({ description: 'With one of these ASINs.' }),
    vendorSkus: t.stringList({ description: "With one of the vendor's own product numbers." }),
  }),
});

const order = orderings(
  'ProductOrder',
  {
    ASIN: { column: 'asin', of: 'ASIN' },
    VENDOR_SKU: { column: 'vendorSku', nullable: true, of: "vendor's product number" },
  },
  ['accountId', 'asin'],
);

builder.queryField('products', (t) =>
  t.prismaConnection(
    {
      type: Product,
      cursor: 'accountId_asin',
      nullable: true,
      description: 'Products, by ASIN unless you say otherwise.',
      authScopes: { 'account:read': true },
      args: {
        filter: t.arg({ type: ProductFilter, description: 'Which.' }),
        orderBy: t.arg({ type: order.type, required: true, defaultValue: 'ASIN_ASC', description: 'In which order.' }),
      },
      resolve: (query, _root, { filter, orderBy }, { db }) =>
        db.product.findMany({
          ...query,
          where: all(ofAccounts(filter ?? {}), among('asin', filter?.asins), among('vendorSku', filter?.vendorSkus)),
          orderBy: order.orderBy(orderBy),
        }),
    },
    ...pageOf('Product'),
  ),
);
