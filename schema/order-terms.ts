import type { StatedOrderLine } from '../src/domain/facts.ts';
import type { OrderTerms as OrderTermsValue } from '../src/domain/purchase-order.ts';
import { builder } from './builder.ts';
import { UnitCost, unitCost } from './money.ts';
import { Party } from './party.ts';
import { FreightTerm } from './terms.ts';
import { Window } from './window.ts';

const OrderedLine = builder.objectRef<StatedOrderLine>('OrderedLine').implement({
  description: 'What a version of an order asked for on one line.',
  fields: (t) => ({
    lineNumber: t.exposeString('lineNumber', { description: 'The number of the line.' }),
    asin: t.exposeString('asin', { nullable: true, description: "Amazon's product identifier." }),
    vendorSku: t.exposeString('vendorSku', { nullable: true, description: "The vendor's own product number." }),
    ordered: t.expose('ordered', { type: 'Eaches', description: 'How much, in eaches.' }),
    caseSize: t.exposeInt('caseSize', { description: 'Eaches per case; 1 when ordered in eaches.' }),
    unitCost: t.field({
      type: UnitCost,
      nullable: true,
      description: 'What Amazon agreed to pay for one unit.',
      resolve: (line) => line.unitCost && unitCost(line.unitCost.cost, line.unitCost.currency, line.costPer),
    }),
    listPrice: t.field({
      type: UnitCost,
      nullable: true,
      description: 'The list price of one unit.',
      resolve: (line) => line.listPrice && unitCost(line.listPrice.cost, line.listPrice.currency, line.costPer),
    }),
  }),
});

/** Stored by us as JSON, in the shape of the domain's own; terms carry costs as text and no amounts of money. */
export const OrderTerms = builder.objectRef<OrderTermsValue>('OrderTerms').implement({
  description: 'What a version of an order asked for.',
  fields: (t) => ({
    type: t.exposeString('type', { nullable: true, description: 'Type of the order, verbatim.' }),
    paymentMethod: t.exposeString('paymentMethod', { nullable: true, description: 'How it was to be paid, verbatim.' }),
    dealCode: t.exposeString('dealCode', { nullable: true, description: 'Code of the deal it belonged to.' }),
    vendorCode: t.exposeString('vendorCode', { nullable: true, description: "Amazon's code of the vendor." }),
    freightTerm: t.expose('freightTerm', {
      type: FreightTerm,
      nullable: true,
      description: 'Who was to pay the carrier.',
    }),
    shipWindow: t.expose('shipWindow', { type: Window, nullable: true, description: 'When it was to leave the dock.' }),
    deliveryWindow: t.expose('deliveryWindow', { type: Window, nullable: true, description: 'When it was to arrive.' }),
    shipTo: t.expose('shipTo', { type: Party, nullable: true, description: 'Where it was to go.' }),
    lines: t.field({
      type: [OrderedLine],
      description: 'Its lines, in its own order.',
      resolve: ({ lines }) => [...lines],
    }),
  }),
});
