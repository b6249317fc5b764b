import type { FieldMap } from '@pothos/core';
import { invariant } from '../src/base/invariant.ts';
import type { ChangeBatch, ChangeFilter as LogFilter, LoggedChange } from '../src/change-log/change-log.ts';
import { builder, type Types } from './builder.ts';
import { Change } from './change.ts';
import { feedArguments, feedComplexity, followLog } from './change-feed.ts';
import { ChangeFilter, logFilter } from './change-filter.ts';
import { Invoice } from './invoice.ts';
import { Payment } from './payment.ts';
import { PurchaseOrder } from './purchase-order.ts';
import type { Scope } from './scopes.ts';

type EventFields = PothosSchemaTypes.ObjectFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<Types>, LoggedChange>;

/**
 * A subscription to one part of the log, with the noun that each change is about beside it. The log, its order, its
 * cursors and its heartbeat are those of `changes`: a cursor of one goes on in the other.
 *
 * @param right  needed beside the right to the log
 * @param within what of the log belongs to it, whatever else is asked
 * @param live   the nouns, as they are at the moment of the batch
 */
function chainEvents(
  {
    name,
    event,
    about,
    right,
    within,
  }: Readonly<Record<'name' | 'event' | 'about', string>> & {
    readonly right: Scope;
    readonly within: LogFilter;
  },
  live: (t: EventFields) => FieldMap,
): void {
  const Event = builder.objectRef<LoggedChange>(event).implement({
    description: `${about}: what became different, and what it is part of.`,
    authScopes: { 'change:read': true },
    fields: (t) => ({
      change: t.field({
        type: Change,
        description: 'The entry of the log, with before and after, its place and its number.',
        resolve: (change) => change,
      }),
      ...live(t),
    }),
  });
  const Batch = builder.objectRef<ChangeBatch>(`${event}Batch`).implement({
    description: 'Some events, oldest first, and where to go on.',
    authScopes: { 'change:read': true },
    fields: (t) => ({
      events: t.field({
        type: [Event],
        description: 'The events. May be empty: the cursor moves on even when nothing of the kind happened.',
        resolve: ({ changes }) => [...changes],
      }),
      cursor: t.expose('cursor', {
        type: 'Cursor',
        description: 'Where to go on: here, in `changes` or in an export.',
      }),
      caughtUp: t.exposeBoolean('caughtUp', { description: 'Whether this reached the end of the log as it stood.' }),
    }),
  });
  builder.subscriptionField(name, (t) =>
    t.field({
      type: Batch,
      description: `${about}, in order, without gaps, then live. Reconnect with the last cursor and nothing is missed or repeated.`,
      authScopes: { 'change:read': true, [right]: true },
      complexity: feedComplexity,
      args: { ...feedArguments, filter: t.arg({ type: ChangeFilter, description: 'Which of them.' }) },
      subscribe: (_root, { filter, ...request }, context) =>
        followLog(context, request, both(logFilter(filter), within)),
      resolve: (batch) => {
        invariant(batch !== undefined, 'an event of the feed is a batch');
        return batch as ChangeBatch;
      },
    }),
  );
}

/** What passes both filters. */
function both(asked: LogFilter, { kinds, ...within }: LogFilter): LogFilter {
  if (kinds === undefined) return { ...asked, ...within };
  return { ...asked, ...within, kinds: kinds.filter((kind) => asked.kinds?.includes(kind) ?? true) };
}

chainEvents(
  {
    name: 'purchaseOrderChanged',
    event: 'PurchaseOrderEvent',
    about: 'What happens to orders and their lines, from placing to receipt',
    right: 'order:read',
    within: { subjects: ['purchase-order'] },
  },
  (t) => ({
    purchaseOrder: t.prismaField({
      type: PurchaseOrder,
      nullable: true,
      description: 'The order as it is now.',
      resolve: (query, { accountId, subject }, _args, { db }) =>
        db.purchaseOrder.findUnique({ ...query, where: { accountId_number: { accountId, number: subject.key } } }),
    }),
  }),
);

const invoiceOf = (t: EventFields) =>
  t.prismaField({
    type: Invoice,
    nullable: true,
    description: 'The invoice as it is now. Null without the right to see it.',
    authScopes: { 'invoice:read': true },
    resolve: (query, { accountId, subject }, _args, { db }) =>
      db.invoice.findUnique({ ...query, where: { accountId_number: { accountId, number: subject.key } } }),
  });

chainEvents(
  {
    name: 'invoiceChanged',
    event: 'InvoiceEvent',
    about: 'What happens to invoices and credit notes, payments and deductions of them included',
    right: 'invoice:read',
    within: { subjects: ['invoice'] },
  },
  (t) => ({ invoice: invoiceOf(t) }),
);

chainEvents(
  {
    name: 'paymentReceived',
    event: 'PaymentEvent',
    about: 'Money that came for an invoice',
    right: 'payment:read',
    within: { subjects: ['invoice'], kinds: ['payment-received'] },
  },
  (t) => ({
    invoice: invoiceOf(t),
    payment: t.prismaField({
      type: Payment,
      nullable: true,
      description: 'The payment as it is now; null when Amazon shows money but no remittance.',
      resolve: (query, { accountId, paymentNumber, difference }, _args, { db }) => {
        invariant(difference.kind === 'payment-received', 'only received payments are asked for');
        if (paymentNumber === undefined) return null;
        const key = { accountId, number: paymentNumber, currency: difference.amount.currency };
        return db.payment.findUnique({ ...query, where: { accountId_number_currency: key } });
      },
    }),
  }),
);
