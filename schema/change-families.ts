import type { FieldMap } from '@pothos/core';
import { never } from '../src/base/invariant.ts';
import type { UnitCost as UnitCostValue } from '../src/base/money.ts';
import type { LoggedChange } from '../src/change-log/change-log.ts';
import type { Acknowledged, ChangeKind, Difference } from '../src/domain/changes.ts';
import { builder, type Types } from './builder.ts';
import { Change, OrderDifference, registerKinds } from './change.ts';
import { InvoiceDocument } from './invoice.ts';
import { Money, UnitCost, unitCost } from './money.ts';
import type { PlacedDifference } from './placed-difference.ts';
import { FreightTerm } from './terms.ts';
import { Window } from './window.ts';

type Of<Kind extends ChangeKind> = Extract<Difference, { readonly kind: Kind }>;

/** What the fields of a family read: an entry of the log, or a difference between versions, of these kinds. */
interface Carrier<Kind extends ChangeKind> {
  readonly difference: Of<Kind>;
}

type Builder<Kind extends ChangeKind> = PothosSchemaTypes.ObjectFieldBuilder<
  PothosSchemaTypes.ExtendDefaultTypes<Types>,
  Carrier<Kind>
>;

/**
 * Kinds that carry the same values are one type. Where versions of orders differ by them, a second type carries the
 * same fields without a place in the log.
 *
 * Fields of different types have different names (`quantityBefore`, `costBefore`), so that one query can ask for all:
 * GraphQL refuses equal names of unequal type, even in fragments that never meet.
 */
function family<Kind extends ChangeKind>(
  name: string,
  kinds: readonly Kind[],
  description: string,
  fields: (t: Builder<Kind>) => FieldMap,
  difference?: string,
): void {
  registerKinds(kinds, name, difference);
  builder.objectRef<LoggedChange & Carrier<Kind>>(name).implement({
    description,
    interfaces: [Change],
    authScopes: { 'change:read': true },
    fields: fields as never,
  });
  if (difference !== undefined) {
    builder.objectRef<PlacedDifference & Carrier<Kind>>(difference).implement({
      description: `${description} Between two versions of an order.`,
      interfaces: [OrderDifference],
      authScopes: { 'order:read': true },
      fields: fields as never,
    });
  }
}

family('PurchaseOrderPlaced', ['purchase-order-placed'], 'Amazon placed an order.', (t) => ({
  lineCount: t.int({ description: 'How many lines it has.', resolve: (c) => c.difference.lines }),
  ordered: t.field({
    type: 'Eaches',
    description: 'All it asks for, in eaches.',
    resolve: (c) => c.difference.ordered,
  }),
}));

family(
  'QuantityChanged',
  [
    'quantity-changed',
    'line-added',
    'line-removed',
    'line-cancelled',
    'line-uncancelled',
    'purchase-order-cancelled',
    'purchase-order-uncancelled',
  ],
  'Amazon wants another quantity: of a line, or of the order as a whole when there is no line.',
  (t) => ({
    quantityBefore: t.field({
      type: 'Eaches',
      description: 'What Amazon wanted before, in eaches; 0 when nothing.',
      resolve: (c) => quantities(c.difference).before,
    }),
    quantityAfter: t.field({
      type: 'Eaches',
      description: 'What Amazon wants now, in eaches; 0 when nothing.',
      resolve: (c) => quantities(c.difference).after,
    }),
  }),
  'QuantityDifference',
);

family(
  'StatusChanged',
  ['purchase-order-state-changed', 'shipment-status-changed', 'invoice-status-changed'],
  "Amazon's word for where an order, a shipment or an invoice stands changed.",
  (t) => ({
    statusBefore: t.string({
      nullable: true,
      description: "Amazon's word before, verbatim.",
      resolve: (c) => c.difference.before,
    }),
    statusAfter: t.string({
      nullable: true,
      description: "Amazon's word now, verbatim.",
      resolve: (c) => c.difference.after,
    }),
  }),
  'StatusDifference',
);

family(
  'PurchaseOrderTypeChanged',
  ['purchase-order-type-changed'],
  'The type of an order changed.',
  (t) => ({
    typeBefore: t.string({
      nullable: true,
      description: 'The type before, verbatim.',
      resolve: (c) => c.difference.before,
    }),
    typeAfter: t.string({ nullable: true, description: 'The type now, verbatim.', resolve: (c) => c.difference.after }),
  }),
  'PurchaseOrderTypeDifference',
);

family(
  'WindowChanged',
  ['ship-window-changed', 'delivery-window-changed'],
  'The span in which an order is to leave the dock, or to arrive, changed.',
  (t) => ({
    windowBefore: t.field({
      type: Window,
      nullable: true,
      description: 'The span before.',
      resolve: (c) => c.difference.before,
    }),
    windowAfter: t.field({
      type: Window,
      nullable: true,
      description: 'The span now.',
      resolve: (c) => c.difference.after,
    }),
  }),
  'WindowDifference',
);

family(
  'ShipToChanged',
  ['ship-to-changed'],
  'An order goes to another fulfilment centre.',
  (t) => ({
    shipToBefore: t.string({
      nullable: true,
      description: 'Code of the fulfilment centre before.',
      resolve: (c) => c.difference.before,
    }),
    shipToAfter: t.string({
      nullable: true,
      description: 'Code of the fulfilment centre now.',
      resolve: (c) => c.difference.after,
    }),
  }),
  'ShipToDifference',
);

family(
  'FreightTermChanged',
  ['freight-term-changed'],
  'Somebody else pays the carrier, so another window counts.',
  (t) => ({
    freightTermBefore: t.field({
      type: FreightTerm,
      nullable: true,
      description: 'Who paid before.',
      resolve: (c) => c.difference.before,
    }),
    freightTermAfter: t.field({
      type: FreightTerm,
      nullable: true,
      description: 'Who pays now.',
      resolve: (c) => c.difference.after,
    }),
  }),
  'FreightTermDifference',
);

family(
  'CostChanged',
  ['cost-changed'],
  'Amazon means to pay another cost for a line.',
  (t) => ({
    costBefore: t.field({
      type: UnitCost,
      nullable: true,
      description: 'The cost before.',
      resolve: (c) => cost(c.difference.before),
    }),
    costAfter: t.field({
      type: UnitCost,
      nullable: true,
      description: 'The cost now.',
      resolve: (c) => cost(c.difference.after),
    }),
  }),
  'CostDifference',
);

family(
  'Amended',
  ['purchase-order-amended', 'shipment-amended', 'invoice-amended'],
  'Something changed that has no type of its own.',
  (t) => ({
    members: t.stringList({
      description: 'What changed, by name: `billTo`, `lines.listPrice`.',
      resolve: (c) => c.difference.members,
    }),
  }),
  'AmendedDifference',
);

const AcknowledgedQuantities = builder.objectRef<Acknowledged>('AcknowledgedQuantities').implement({
  description: 'What the vendor answered for a line, in eaches.',
  fields: (t) => ({
    accepted: t.expose('accepted', { type: 'Eaches', description: 'It will deliver.' }),
    backordered: t.expose('backordered', { type: 'Eaches', description: 'It will deliver later.' }),
    rejected: t.expose('rejected', { type: 'Eaches', description: 'It will not deliver.' }),
  }),
});

family('LineAcknowledged', ['line-acknowledged'], 'The vendor answered a line, for the first time or again.', (t) => ({
  answerBefore: t.field({
    type: AcknowledgedQuantities,
    description: 'Its answer before; all 0 when there was none.',
    resolve: (c) => c.difference.before,
  }),
  answerAfter: t.field({
    type: AcknowledgedQuantities,
    description: 'Its answer now.',
    resolve: (c) => c.difference.after,
  }),
}));

family(
  'GoodsReceived',
  ['goods-received', 'receipt-corrected'],
  'Amazon counted goods of a line in, or corrected its count downward.',
  (t) => ({
    received: t.field({
      type: 'Eaches',
      description: 'How many, in eaches; negative for a correction.',
      resolve: (c) => c.difference.quantity,
    }),
    runningTotal: t.field({
      type: 'Eaches',
      description: 'All that is counted in of the line now, in eaches.',
      resolve: (c) => c.difference.runningTotal,
    }),
  }),
);

family('ShipmentAnnounced', ['shipment-announced'], 'The vendor announced a shipment.', (t) => ({
  shipped: t.field({
    type: 'Eaches',
    description: 'What it carries in all, in eaches.',
    resolve: (c) => c.difference.shipped,
  }),
}));

family('ShipmentCancelled', ['shipment-cancelled'], 'A shipment was called off.', (t) => ({
  shipped: t.field({
    type: 'Eaches',
    description: 'What it was to carry, in eaches.',
    resolve: (c) => c.difference.shipped,
  }),
}));

family('InvoiceIssued', ['invoice-issued'], 'The vendor issued an invoice or a credit note.', (t) => ({
  document: t.field({ type: InvoiceDocument, description: 'Which of the two.', resolve: (c) => c.difference.document }),
  total: t.field({
    type: Money,
    description: 'All it claims, taxes included; negative on a credit note.',
    resolve: (c) => c.difference.total,
  }),
}));

family('DueDateChanged', ['due-date-changed'], 'An invoice is due on another day.', (t) => ({
  dueOnBefore: t.field({
    type: 'Date',
    nullable: true,
    description: 'The day before.',
    resolve: (c) => c.difference.before,
  }),
  dueOnAfter: t.field({
    type: 'Date',
    nullable: true,
    description: 'The day now.',
    resolve: (c) => c.difference.after,
  }),
}));

family('PaymentReceived', ['payment-received'], 'Amazon paid something of an invoice.', (t) => ({
  amount: t.field({ type: Money, description: 'How much.', resolve: (c) => c.difference.amount }),
}));

family('PaymentReversed', ['payment-reversed'], 'Amazon took back what it had paid of an invoice.', (t) => ({
  amount: t.field({ type: Money, description: 'How much.', resolve: (c) => c.difference.amount }),
}));

family('DiscountTaken', ['discount-taken'], 'Amazon took another discount for paying early.', (t) => ({
  discountBefore: t.field({
    type: Money,
    description: 'All that was taken before.',
    resolve: (c) => c.difference.before,
  }),
  discountAfter: t.field({ type: Money, description: 'All that is taken now.', resolve: (c) => c.difference.after }),
}));

family('DeductionTaken', ['deduction-taken'], 'Amazon withheld money.', (t) => ({
  amount: t.field({ type: Money, description: 'How much.', resolve: (c) => c.difference.amount }),
  reason: t.string({
    description: "Amazon's reason, verbatim, or the kind of the deduction.",
    resolve: (c) => c.difference.reason,
  }),
}));

family('DeductionReversed', ['deduction-reversed'], 'Amazon gave withheld money back.', (t) => ({
  amount: t.field({ type: Money, description: 'How much.', resolve: (c) => c.difference.amount }),
  reason: t.string({
    description: "Amazon's reason, verbatim, or the kind of the deduction.",
    resolve: (c) => c.difference.reason,
  }),
}));

family('DeductionChanged', ['deduction-changed'], 'Amazon withholds more or less than before.', (t) => ({
  deductedBefore: t.field({
    type: Money,
    description: 'What it withheld before.',
    resolve: (c) => c.difference.before,
  }),
  deductedAfter: t.field({ type: Money, description: 'What it withholds now.', resolve: (c) => c.difference.after }),
  reason: t.string({
    description: "Amazon's reason, verbatim, or the kind of the deduction.",
    resolve: (c) => c.difference.reason,
  }),
}));

const cost = (value: UnitCostValue | undefined) =>
  value === undefined ? null : unitCost(value.cost, value.currency, null);

type QuantityKind =
  | 'quantity-changed'
  | 'line-added'
  | 'line-removed'
  | 'line-cancelled'
  | 'line-uncancelled'
  | 'purchase-order-cancelled'
  | 'purchase-order-uncancelled';

/** What came from nothing has no before; what went has no after. */
function quantities(difference: Of<QuantityKind>): { before: number; after: number } {
  switch (difference.kind) {
    case 'quantity-changed':
      return { before: difference.before, after: difference.after };
    case 'line-added':
      return { before: 0, after: difference.ordered };
    case 'line-removed':
    case 'line-cancelled':
    case 'purchase-order-cancelled':
      return { before: difference.before, after: 0 };
    case 'line-uncancelled':
    case 'purchase-order-uncancelled':
      return { before: 0, after: difference.after };
    default:
      return never(difference);
  }
}
