import {
  type ChangeKind as ChangeKindValue,
  changeKinds,
  type Severity as SeverityValue,
} from '../src/domain/changes.ts';
import { builder } from './builder.ts';

/** A kind in the spelling of GraphQL's enums. */
export type KindName<Kind extends string = ChangeKindValue> = Kind extends `${infer Head}-${infer Tail}`
  ? `${Uppercase<Head>}_${KindName<Tail>}`
  : Uppercase<Kind>;

const kinds: Readonly<Record<ChangeKindValue, string>> = {
  'purchase-order-placed': 'Amazon placed an order. To be acknowledged within 24 hours.',
  'purchase-order-state-changed': "Amazon's state of an order changed.",
  'purchase-order-type-changed': 'The type of an order changed.',
  'purchase-order-cancelled': 'Amazon took the whole order back.',
  'purchase-order-uncancelled': 'Amazon wants a cancelled order after all. To be acknowledged within 24 hours.',
  'ship-window-changed': 'The span in which an order is to leave the dock changed.',
  'delivery-window-changed': 'The span in which an order is to arrive changed.',
  'ship-to-changed': 'An order goes to another fulfilment centre.',
  'freight-term-changed': 'Somebody else pays the carrier.',
  'purchase-order-amended': 'Something else of an order changed.',
  'line-added': 'An order has a new line. To be acknowledged within 24 hours.',
  'line-removed': 'An order lost a line.',
  'line-cancelled': 'Amazon took the whole quantity of a line back.',
  'line-uncancelled': 'Amazon wants a cancelled line after all.',
  'quantity-changed': 'Amazon wants more or less of a line.',
  'cost-changed': 'Amazon means to pay another cost.',
  'line-acknowledged': 'The vendor answered a line, for the first time or again.',
  'goods-received': 'Amazon counted goods in.',
  'receipt-corrected': 'Amazon corrected a count downward.',
  'shipment-announced': 'The vendor announced a shipment.',
  'shipment-status-changed': 'The status of a shipment changed.',
  'shipment-amended': 'Something else of a shipment changed.',
  'shipment-cancelled': 'A shipment was called off.',
  'invoice-issued': 'The vendor issued an invoice or a credit note.',
  'invoice-status-changed': "Amazon's status of an invoice changed.",
  'due-date-changed': 'An invoice is due on another day.',
  'invoice-amended': 'Something else of an invoice changed.',
  'payment-received': 'Amazon paid something of an invoice.',
  'payment-reversed': 'Amazon took a payment back.',
  'discount-taken': 'Amazon took another discount for paying early.',
  'deduction-taken': 'Amazon withheld money.',
  'deduction-changed': 'Amazon withheld more or less than before.',
  'deduction-reversed': 'Amazon gave withheld money back.',
};

const nameOf = (kind: ChangeKindValue): KindName => kind.replaceAll('-', '_').toUpperCase() as KindName;

export const ChangeKind = builder.enumType('ChangeKind', {
  description: 'What became different.',
  values: Object.fromEntries(
    changeKinds.map((kind) => [nameOf(kind), { value: kind, description: kinds[kind] }]),
  ) as unknown as { readonly [Kind in ChangeKindValue as KindName<Kind>]: { value: Kind; description: string } },
});

const severities: Readonly<Record<SeverityValue, { description: string }>> = {
  INFO: { description: 'The chain doing its work.' },
  NOTICE: { description: "Changes somebody's plan." },
  ALERT: { description: 'Costs money if nobody acts.' },
};

export const Severity = builder.enumType('Severity', {
  description: 'How much a change matters to whoever ships and gets paid.',
  values: severities,
});
