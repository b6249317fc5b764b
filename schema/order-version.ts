import type { OrderTerms as OrderTermsValue } from '../src/domain/purchase-order.ts';
import { builder } from './builder.ts';
import { OrderDifference } from './change.ts';
import { OrderTerms } from './order-terms.ts';
import type { PlacedDifference } from './placed-difference.ts';

builder.prismaObject('PurchaseOrderVersion', {
  description: 'One state of an order as Amazon showed it. Amazon keeps only the newest.',
  authScopes: { 'order:read': true },
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Its number; the first is 1.' }),
    changedAt: t.expose('changedAt', { type: 'Instant', description: 'When Amazon changed the order into this.' }),
    differences: t.field({
      type: [OrderDifference],
      description:
        'What differs from the version before: the order as a whole first, then line by line. None for the first.',
      // Stored by us in the shape of the domain's own; the differences of versions carry no amounts of money.
      resolve: ({ differences }) => differences as unknown as PlacedDifference[],
    }),
    terms: t.field({
      type: OrderTerms,
      description: 'What the order asked for in this version.',
      resolve: ({ terms }) => terms as unknown as OrderTermsValue,
    }),
    order: t.relation('order', { description: 'The order, as it is now.' }),
  }),
});
