import { invariant } from '../src/base/invariant.ts';
import type { LoggedChange } from '../src/change-log/change-log.ts';
import type { ChangeKind as ChangeKindValue } from '../src/domain/changes.ts';
import { VendorAccount } from './account.ts';
import { builder } from './builder.ts';
import { ChangeKind, Severity } from './change-kinds.ts';
import { encodeId, type IdentifiedType } from './ids.ts';
import type { PlacedDifference } from './placed-difference.ts';

/** The thing a change is about, by the type and key of its id. The line, where it is about one. */
export function subjectId({ accountId, subject, lineNumber }: LoggedChange): { type: IdentifiedType; id: string } {
  const composite = (type: IdentifiedType, ...parts: string[]) => ({ type, id: JSON.stringify([accountId, ...parts]) });
  switch (subject.kind) {
    case 'purchase-order':
      return lineNumber === undefined
        ? composite('PurchaseOrder', subject.key)
        : composite('OrderLine', subject.key, lineNumber);
    case 'shipment':
      return composite('Shipment', subject.key);
    case 'invoice':
      return composite('Invoice', subject.key);
    case 'deduction':
      return composite('Deduction', subject.key);
  }
}

/** What every entry of the log has. */
export const Change = builder.interfaceRef<LoggedChange>('Change').implement({
  description:
    'An entry of the log: one thing that became different. Entries are never altered or removed; a correction is an entry of its own.',
  authScopes: { 'change:read': true },
  resolveType: (change) => changeTypeOf(change.difference.kind),
  fields: (t) => ({
    id: t.id({
      description: 'Opaque id, the same for ever.',
      resolve: ({ accountId, id }) => encodeId('Change', [accountId, id.toString()]),
    }),
    accountId: t.id({
      description: 'Id of the account it happened in, whose numbers `sequence` counts.',
      resolve: ({ accountId }) => encodeId('VendorAccount', [accountId]),
    }),
    cursor: t.expose('cursor', { type: 'Cursor', description: 'Its place in the log: go on from here.' }),
    sequence: t.expose('sequence', {
      type: 'Sequence',
      description:
        'Its number within the account: 1, 2, 3, … without a hole. Whoever counts knows that nothing is missing.',
    }),
    kind: t.field({
      type: ChangeKind,
      description: 'What became different.',
      resolve: ({ difference }) => difference.kind,
    }),
    severity: t.expose('severity', { type: Severity, description: 'How much it matters.' }),
    occurredAt: t.expose('occurredAt', { type: 'Instant', description: 'When it happened, as the document says.' }),
    recordedAt: t.expose('recordedAt', { type: 'Instant', description: 'When we recorded it.' }),
    actBy: t.expose('actBy', {
      type: 'Instant',
      nullable: true,
      description: 'The moment by which somebody must act, where the chain sets one.',
    }),
    orderNumber: t.exposeString('orderNumber', { nullable: true, description: 'The order it is about.' }),
    lineNumber: t.exposeString('lineNumber', { nullable: true, description: 'The line it is about.' }),
    asin: t.exposeString('asin', { nullable: true, description: 'The product it is about.' }),
    shipmentIdentifier: t.exposeString('shipmentIdentifier', {
      nullable: true,
      description: 'The shipment it is about.',
    }),
    invoiceNumber: t.exposeString('invoiceNumber', { nullable: true, description: 'The invoice it is about.' }),
    paymentNumber: t.exposeString('paymentNumber', { nullable: true, description: 'The payment it is about.' }),
    deductionNumber: t.exposeString('deductionNumber', { nullable: true, description: 'The deduction it is about.' }),
    account: t.prismaField({
      type: VendorAccount,
      nullable: true,
      description: 'The account it happened in.',
      authScopes: { 'account:read': true },
      resolve: (query, { accountId }, _args, { db }) => db.vendorAccount.findUnique({ ...query, where: { accountId } }),
    }),
    node: t.node({
      description:
        'The order, line, shipment, invoice or deduction it is about, as it is now. Null without the right to see it.',
      id: (change) => subjectId(change),
    }),
  }),
});

/** What every difference between two versions of an order has. */
export const OrderDifference = builder.interfaceRef<PlacedDifference>('OrderDifference').implement({
  description: 'One thing by which a version of an order differs from the one before.',
  resolveType: ({ difference }) => differenceTypeOf(difference.kind),
  fields: (t) => ({
    kind: t.field({
      type: ChangeKind,
      description: 'What became different.',
      resolve: ({ difference }) => difference.kind,
    }),
    lineNumber: t.exposeString('lineNumber', {
      nullable: true,
      description: 'The line it is about; null for the order as a whole.',
    }),
    asin: t.exposeString('asin', { nullable: true, description: 'The product of that line.' }),
  }),
});

const changeTypes = new Map<ChangeKindValue, string>();
const differenceTypes = new Map<ChangeKindValue, string>();

/** Say which types stand for these kinds. Each kind has one. */
export function registerKinds(kinds: readonly ChangeKindValue[], change: string, difference?: string): void {
  for (const kind of kinds) {
    invariant(!changeTypes.has(kind), `the kind ${kind} belongs to one type`);
    changeTypes.set(kind, change);
    if (difference !== undefined) differenceTypes.set(kind, difference);
  }
}

export function changeTypeOf(kind: ChangeKindValue): string {
  const type = changeTypes.get(kind);
  invariant(type !== undefined, `the kind ${kind} has a type`);
  return type;
}

export function differenceTypeOf(kind: ChangeKindValue): string {
  const type = differenceTypes.get(kind);
  invariant(type !== undefined, `the kind ${kind} is one that versions of orders differ by`);
  return type;
}
