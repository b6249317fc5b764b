import { outstanding } from '../src/domain/outstanding.ts';
import { builder } from './builder.ts';

/** A row that carries the running quantities of an order or a line, in eaches. */
export interface QuantityTally {
  readonly ordered: number;
  readonly accepted: number;
  readonly backordered: number;
  readonly rejected: number;
  readonly shipped: number;
  readonly received: number;
  readonly invoiced: number;
  /** Whether more may still arrive. */
  readonly awaited: boolean;
}

export const OrderQuantities = builder.objectRef<QuantityTally>('OrderQuantities').implement({
  description: 'Running quantities of an order or a line, in eaches, as all documents together say.',
  fields: (t) => ({
    ordered: t.expose('ordered', { type: 'Eaches', description: 'What Amazon wants now, after every change.' }),
    accepted: t.expose('accepted', { type: 'Eaches', description: 'What the vendor said it will deliver.' }),
    backordered: t.expose('backordered', {
      type: 'Eaches',
      description: 'What the vendor said it will deliver later.',
    }),
    rejected: t.expose('rejected', { type: 'Eaches', description: 'What the vendor said it will not deliver.' }),
    shipped: t.expose('shipped', { type: 'Eaches', description: 'What left the dock, all shipments together.' }),
    received: t.expose('received', { type: 'Eaches', description: 'What Amazon counted in, corrections included.' }),
    invoiced: t.expose('invoiced', {
      type: 'Eaches',
      description: 'What the vendor invoiced, credit notes taken off.',
    }),
    outstanding: t.field({
      type: 'Eaches',
      description: 'Ordered, not rejected and not yet received. 0 once the order is closed or the line cancelled.',
      resolve: outstanding,
    }),
  }),
});
